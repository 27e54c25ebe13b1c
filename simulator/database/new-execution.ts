import { type Json, type Mode, type Outcome } from '../vocabulary.js';
import { type Database } from './database.js';
import { type Failure } from './failures.js';

export interface NewExecution {
  workflowId: string;
  /** Default `webhook`. */
  mode?: Mode;
  /** Default now. In the future: the execution is `new` (queued) until then. */
  startedAt?: Date | number;
  /** Default 1000. */
  durationMs?: number;
  /** Default `success`. */
  outcome?: Outcome;
  /** What the error says; chosen by the id and the workflow's nodes when left out. */
  failure?: Partial<Failure>;
  waitTill?: Date | number;
  lastLegMs?: number;
  retryOf?: string;
}

/** n8n creates the row a few milliseconds before it starts the workflow. */
const creationLeadMs = 4;

/** Gives the execution its id and plans its life; nothing has happened yet. */
export function prepareExecution(database: Database, wanted: NewExecution, now: number): number {
  const workflow = database.workflows.get(wanted.workflowId);
  const startedAt = wanted.startedAt === undefined ? now : Number(wanted.startedAt);
  const id = database.executions.append({
    workflow: workflow.index,
    status: 'new',
    mode: wanted.mode ?? 'webhook',
    createdAt: Math.min(startedAt - creationLeadMs, now),
    startedAt: Number.NaN,
    stoppedAt: Number.NaN,
    waitTill: Number.NaN,
    retryOf: wanted.retryOf === undefined ? 0 : Number(wanted.retryOf),
    retrySuccessId: 0,
    failure: 0,
  });
  if (wanted.failure !== undefined) setFailure(database, id, wanted.failure);
  database.plans.set(id, {
    id,
    due: startedAt,
    step: 'begin',
    durationMs: wanted.durationMs ?? 1000,
    outcome: wanted.outcome ?? 'success',
    waitTill: wanted.waitTill === undefined ? Number.NaN : Number(wanted.waitTill),
    lastLegMs: wanted.lastLegMs ?? 100,
  });
  return id;
}

function setFailure(database: Database, id: number, failure: Partial<Failure>): void {
  const workflow = database.workflows.at(database.executions.workflowOf(id));
  const last = workflow.nodes.at(-1)?.name ?? null;
  const node = failure.node === undefined ? last : failure.node;
  const defaults = { name: 'NodeOperationError', message: 'The service refused the request', node, lastNode: node ?? last };
  database.customFailures.set(id, { ...defaults, ...failure });
}

/** A finished execution whose row the API answers with the given fields instead of its own. */
export function prepareRaw(database: Database, row: Json, now: number): number {
  const known = typeof row.workflowId === 'string' ? database.workflows.find(row.workflowId) : undefined;
  const workflow = known ?? database.workflows.list()[0] ?? database.workflows.add({ name: 'Odd rows' }, now);
  const id = database.executions.append({
    workflow: workflow.index,
    status: 'success',
    mode: 'webhook',
    createdAt: now - 1000 - creationLeadMs,
    startedAt: timeIn(row, 'startedAt', now - 1000),
    stoppedAt: timeIn(row, 'stoppedAt', now),
    waitTill: Number.NaN,
    retryOf: 0,
    retrySuccessId: 0,
    failure: 0,
  });
  database.setRaw(id, row);
  return id;
}

/** What filters and pruning go by; text that is no date counts as null. */
function timeIn(row: Json, name: string, fallback: number): number {
  const value = row[name];
  if (value === undefined) return fallback;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
