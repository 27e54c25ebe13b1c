import { type N8nError, type N8nErrorCode } from './n8n-error.js';

/** Bounds of one call's retries, milliseconds. */
export interface RetryLimits {
  maxTries: number;
  baseMs: number;
  maxRetryAfterMs: number;
  maxTotalWaitMs: number;
}

/** Where a call stands after a failed try. */
export interface RetryState {
  /** Tries made so far, at least 1. */
  tries: number;
  waitedMs: number;
  error: N8nError;
}

/** Longest step of the backoff, so that a high number of tries does not mean hours. */
const MAX_STEP_MS = 30_000;

/** Answers of this process, not of n8n: trying again at once cannot change them. */
const OWN_ANSWERS: ReadonlySet<N8nErrorCode> = new Set<N8nErrorCode>(['circuit_open', 'budget_exhausted', 'aborted']);

/**
 * Milliseconds to wait before the next try, or `null` to give up. Exponential backoff with full jitter; a `Retry-After` is
 * never undercut, and one that is longer than allowed ends the call instead of blocking it.
 * @param random [0, 1)
 */
export function nextDelay(state: RetryState, limits: RetryLimits, random: number): number | null {
  const { error, tries, waitedMs } = state;
  if (!error.retryable || OWN_ANSWERS.has(error.code) || tries >= limits.maxTries) return null;
  const asked = error.retryAfterMs ?? 0;
  if (asked > limits.maxRetryAfterMs) return null;
  const step = Math.min(MAX_STEP_MS, limits.baseMs * 2 ** (tries - 1));
  const delay = asked + Math.floor(random * step);
  return waitedMs + delay > limits.maxTotalWaitMs ? null : delay;
}
