import { type N8nExecution } from '../n8n-client/index.js';
import { classify, type CompiledRules, type WorkflowFacts } from '../production-filter/index.js';
import { isFailure, isFinal } from './statuses.js';

/** An execution as it is stored, before the database adds what it knows already. */
export interface ExecutionRow {
  id: string;
  startedAt: Date;
  workflowId: number;
  status: string;
  mode: string;
  finishedAt: Date | null;
  waitTill: Date | null;
  executionTimeMs: number | null;
  isProduction: boolean;
  filterReason: string;
  retryOf: string | null;
  retrySuccessId: string | null;
  detailState: 'none' | 'pending';
}

/** What `toExecutionRow` needs to know beside the execution itself. */
export interface RowContext {
  workflowId: number;
  workflow: WorkflowFacts;
  rules: CompiledRules;
  /** Start of an execution that n8n shows without any time at all. */
  seenAt: Date;
}

/**
 * n8n's row as ours. `startedAt` null (canceled in the queue, failed activation) becomes `stoppedAt`, else the time first seen.
 * Open executions have no end yet, although n8n gives waiting ones the end of their last leg.
 */
export function toExecutionRow(execution: N8nExecution & { status: string }, context: RowContext): ExecutionRow {
  const final = isFinal(execution.status);
  const finishedAt = final ? execution.stoppedAt : null;
  const startedAt = execution.startedAt ?? execution.stoppedAt ?? context.seenAt;
  const durationMs = execution.startedAt === null ? null : durationOf(execution.startedAt, finishedAt);
  const verdict = classify(
    { mode: execution.mode, status: execution.status, startedAt, durationMs, testIndicator: null },
    context.workflow,
    context.rules,
  );
  return {
    id: execution.id,
    startedAt,
    workflowId: context.workflowId,
    status: execution.status,
    mode: execution.mode,
    finishedAt,
    waitTill: execution.waitTill,
    executionTimeMs: durationMs,
    isProduction: verdict.production,
    filterReason: verdict.reason,
    retryOf: execution.retryOf,
    retrySuccessId: execution.retrySuccessId,
    detailState: isFailure(execution.status) ? 'pending' : 'none',
  };
}

/** Milliseconds, or `null` when it has not ended or the clocks make it negative. */
export function durationOf(startedAt: Date, finishedAt: Date | null): number | null {
  if (finishedAt === null) return null;
  const ms = finishedAt.getTime() - startedAt.getTime();
  return ms < 0 ? null : ms;
}
