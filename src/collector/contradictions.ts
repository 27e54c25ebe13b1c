import { contradicts } from './epochs.js';
import { type StoredExecution } from './executions.repository.js';
import { type KnownExecution } from './known-execution.js';
import { isFinal } from './statuses.js';

/** Ids that are stored as final and that n8n now shows as another execution. */
export function contradictions(
  page: readonly KnownExecution[],
  stored: ReadonlyMap<string, Pick<StoredExecution, 'workflowId' | 'mode' | 'stoppedAt' | 'isFinal'>>,
): string[] {
  return page.filter((row) => isContradiction(row, stored.get(row.id))).map((row) => row.id);
}

/** Ids that are stored as final and that n8n shows just so: the database is the same one, down to there. */
export function agreements(
  page: readonly KnownExecution[],
  stored: ReadonlyMap<string, Pick<StoredExecution, 'workflowId' | 'mode' | 'stoppedAt' | 'isFinal'>>,
): string[] {
  return page
    .filter((row) => {
      const known = stored.get(row.id);
      return known?.isFinal === true && isFinal(row.status) && !isContradiction(row, known);
    })
    .map((row) => row.id);
}

function isContradiction(
  row: KnownExecution,
  known: Pick<StoredExecution, 'workflowId' | 'mode' | 'stoppedAt' | 'isFinal'> | undefined,
): boolean {
  if (known?.isFinal !== true) return false;
  const shown = { workflowId: row.workflowId, mode: row.mode, stoppedAt: row.stoppedAt?.getTime() ?? null };
  return contradicts(known, shown, isFinal(row.status));
}
