import { type N8nErrorCode } from './n8n-error.js';
import { type RequestKind } from './token-bucket.js';

/** What is remembered about one instance's health. */
export interface CircuitState {
  /** Calls that failed in a row, each after all its tries. */
  readonly failures: number;
  /** Epoch milliseconds; 0 = never opened. */
  readonly openUntil: number;
}

/** `trial`: the pause is over, one careful try without retries may show whether the instance is back. */
export type CircuitGate = 'closed' | 'open' | 'trial';

/** The same for keeping: it survives a restart. `openUntil` `null` = not open. */
export interface CircuitSnapshot {
  failures: number;
  openUntil: Date | null;
}

export const CLOSED: CircuitState = { failures: 0, openUntil: 0 };

const THRESHOLD = 3;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

const CONNECTION_FAILURES: ReadonlySet<N8nErrorCode> = new Set<N8nErrorCode>(['dns', 'refused', 'tls', 'network']);

/** Whether a request may go out. */
export function gate(state: CircuitState, now: number): CircuitGate {
  if (state.failures < THRESHOLD) return 'closed';
  const left = state.openUntil - now;
  // Longer than any pause: the clock was put back since.
  return left > 0 && left <= LONGEST_PAUSE_MS ? 'open' : 'trial';
}

/** After a call that n8n answered, with whatever status below 500. */
export function succeeded(): CircuitState {
  return CLOSED;
}

/** After a failed call: opens at the third in a row, then for twice as long each time, up to a quarter of an hour. */
export function failed(state: CircuitState, now: number): CircuitState {
  const failures = state.failures + 1;
  if (failures < THRESHOLD) return { failures, openUntil: 0 };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, failures - THRESHOLD));
  return { failures, openUntil: now + pause };
}

/**
 * Whether this failure speaks about the instance's health. A failure detail that is slow or makes n8n answer 500 speaks only
 * about that one payload.
 */
export function countsAsFailure(code: N8nErrorCode, kind: RequestKind): boolean {
  if (CONNECTION_FAILURES.has(code)) return true;
  return kind !== 'detail' && (code === 'timeout' || code === 'server_error');
}

/** What to keep of a circuit. */
export function snapshotOf({ failures, openUntil }: CircuitState): CircuitSnapshot {
  return { failures, openUntil: openUntil === 0 ? null : new Date(openUntil) };
}

/** A kept circuit, as far as it makes sense: no clock of another process can close an instance off for longer than a pause. */
export function restored({ failures, openUntil }: CircuitSnapshot, now: number): CircuitState {
  if (!Number.isSafeInteger(failures) || failures <= 0) return CLOSED;
  const until = openUntil === null || Number.isNaN(openUntil.getTime()) ? 0 : openUntil.getTime();
  return { failures, openUntil: Math.min(until, now + LONGEST_PAUSE_MS) };
}
