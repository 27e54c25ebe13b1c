/** Statuses after which n8n never changes an execution's outcome again. */
export const FINAL_STATUSES = ['success', 'error', 'crashed', 'canceled'] as const;

/** Our own status of an open execution that n8n no longer knows. It may still become final when it shows up again. */
export const VANISHED = 'vanished';

const FINAL: ReadonlySet<string> = new Set(FINAL_STATUSES);

/** True for success, error, crashed and canceled. */
export function isFinal(status: string): boolean {
  return FINAL.has(status);
}

/** True for what counts as failed: error and crashed. */
export function isFailure(status: string): boolean {
  return status === 'error' || status === 'crashed';
}

/** True for what n8n itself calls open; a status that could not be determined says nothing. */
export function isShownOpen(status: string): boolean {
  return status === 'running' || status === 'waiting';
}
