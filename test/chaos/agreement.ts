import { type Face, isFinal, type Sighting } from './sightings.js';
import { type StoredRow } from './store.js';

/** What the store may say of a retry although no face had it: a successful retry names its original itself. */
export type Retries = ReadonlyMap<string, ReadonlySet<string>>;

/** What differs between a stored execution and what n8n showed of it; empty when they agree. */
export function differences(row: StoredRow, face: Face, retries: Retries = new Map()): string[] {
  const startedAt = face.startedAt ?? face.stoppedAt;
  const finishedAt = isFinal(face.status) ? face.stoppedAt : null;
  const compared: [string, unknown, unknown][] = [
    ['workflow', row.workflow, face.workflowId],
    ['status', row.status, sameFailure(row, face) ? row.status : face.status],
    ['mode', row.mode, face.mode],
    // Without any time of its own it lies where it was first seen.
    ['started_at', startedAt === null ? null : row.started_at.toISOString(), startedAt],
    ['finished_at', row.finished_at?.toISOString() ?? null, finishedAt],
    ['execution_time_ms', row.execution_time_ms, durationOf(face.startedAt, finishedAt)],
    ['retry_of', row.retry_of, face.retryOf],
  ];
  const differing = compared.filter(([, stored, shown]) => stored !== shown);
  const texts = differing.map(([name, stored, shown]) => `${name} is ${String(stored)} and not ${String(shown)}`);
  if (row.retry_success_id !== face.retrySuccessId && retries.get(row.id)?.has(row.retry_success_id ?? '') !== true) {
    texts.push(`retry_success_id is ${String(row.retry_success_id)} and not ${String(face.retrySuccessId)}`);
  }
  return texts;
}

/** Whether the row is that execution as it was shown at any time since it must have been read. */
export function isSighting(row: StoredRow, { faces, certain }: Sighting, retries: Retries, listTellsStatus: boolean): boolean {
  const possible = faces.slice(Math.max(certain, 0));
  if (row.status === 'vanished') {
    // It was open when it was seen last, or gone before anybody could ask how it ended.
    return possible
      .filter(({ status }) => !isFinal(status) || (status !== 'success' && !listTellsStatus))
      .some((face) => differences({ ...row, status: 'unknown' }, { ...face, status: 'unknown' }, retries).length === 0);
  }
  return possible.some((face) => differences(row, face, retries).length === 0);
}

/** Old versions tell error and crashed apart in the failure's detail only, which may be gone. */
function sameFailure(row: StoredRow, face: Face): boolean {
  return row.status === 'error' && face.status === 'crashed' && row.detail_state === 'unavailable';
}

/** Milliseconds as the database gives them; `null` when it has not ended or the clocks make it negative. */
function durationOf(startedAt: string | null, finishedAt: string | null): string | null {
  if (startedAt === null || finishedAt === null) return null;
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return ms < 0 ? null : String(ms);
}
