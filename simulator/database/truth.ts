import { type Dialect } from '../dialect.js';
import { type Json, type Removal } from '../vocabulary.js';
import { type Database } from './database.js';
import { type Failure } from './failures.js';

/** One execution as n8n knew it, whether or not its API still shows it. Times are ISO 8601 in UTC. */
export interface TruthRow {
  id: string;
  workflowId: string;
  status: string;
  mode: string;
  createdAt: string;
  startedAt: string | null;
  stoppedAt: string | null;
  waitTill: string | null;
  retryOf: string | null;
  retrySuccessId: string | null;
  failure: Failure | null;
  /** In the list without a status filter now. */
  visible: boolean;
  gone: { reason: Removal; at: string } | null;
  /** Rows added with `addRaw`: what the API answers instead of the fields above. */
  raw: Json | null;
}

export interface Loss {
  id: string;
  workflowId: string;
  createdAt: string;
  startedAt: string | null;
  reason: Removal;
  at: string;
}

/** Every execution that has or had a row after it ended, and those that have not ended, oldest first. */
export function* truthRows(database: Database, dialect: Dialect): Generator<TruthRow> {
  const { executions } = database;
  for (let id = executions.firstId; id <= executions.lastId; id++) {
    if (executions.removalOf(id)?.reason !== 'unsaved') yield truthRow(database, dialect, id);
  }
}

export function truthRow(database: Database, dialect: Dialect, id: number): TruthRow {
  const { executions, workflows } = database;
  const row = executions.read(id);
  const raw = database.raw.get(id) ?? null;
  const removal = executions.removalOf(id);
  return {
    id: textOr(raw?.id, String(id)),
    workflowId: textOr(raw?.workflowId, workflows.at(row.workflow).id),
    status: textOr(raw?.status, row.status),
    mode: textOr(raw?.mode, row.mode),
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt: isoOrNull(row.startedAt),
    stoppedAt: isoOrNull(row.stoppedAt),
    waitTill: isoOrNull(row.waitTill),
    retryOf: row.retryOf === 0 ? null : String(row.retryOf),
    retrySuccessId: row.retrySuccessId === 0 ? null : String(row.retrySuccessId),
    failure: database.failureOf(id),
    visible: removal === null && isInDefaultList(shownStatus(database, id), dialect),
    gone: removal === null ? null : { reason: removal.reason, at: new Date(removal.at).toISOString() },
    raw,
  };
}

/** What will never be seen (again): pruned, deleted with its workflow, or not saved. */
export function lossesOf({ executions, workflows }: Database): Loss[] {
  const losses: Loss[] = [];
  for (let id = executions.firstId; id <= executions.lastId; id++) {
    const removal = executions.removalOf(id);
    if (removal === null) continue;
    const { workflow, createdAt, startedAt } = executions.read(id);
    losses.push({
      id: String(id),
      workflowId: workflows.at(workflow).id,
      createdAt: new Date(createdAt).toISOString(),
      startedAt: isoOrNull(startedAt),
      reason: removal.reason,
      at: new Date(removal.at).toISOString(),
    });
  }
  return losses;
}

/** Running executions are left out of the list without a filter; before 2.36 or so, waiting ones are too. */
export function isInDefaultList(status: string, dialect: Dialect): boolean {
  return status !== 'running' && status !== 'new' && (status !== 'waiting' || dialect.listsWaiting);
}

export function shownStatus({ executions, raw }: Database, id: number): string {
  const status = raw.size === 0 ? undefined : raw.get(id)?.status;
  return typeof status === 'string' ? status : executions.statusOf(id);
}

export function isoOrNull(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
}
