/** What a request is for: `detail` may use half of the budget, `check` is a person waiting and never queues for budget. */
export type RequestKind = 'list' | 'detail' | 'check';

/** Tokens left, as of `at` (epoch milliseconds). */
export interface BucketState {
  readonly tokens: number;
  /** Part of the budget that failure details may still use. */
  readonly detailTokens: number;
  readonly at: number;
}

/** Either the request may go (`waitMs` 0, one token taken) or it should ask again in `waitMs` (nothing taken). */
export interface BucketAnswer {
  readonly state: BucketState;
  readonly waitMs: number;
}

const BURST = 2.5;
const DETAIL_SHARE = 0.5;
/** How far connection checks may overdraw: without a floor a loop of them would silence the client for hours. */
const MAX_DEBT = -10;

/** Most requests at once after a long silence. */
export function burstOf(requestsPerMinute: number): number {
  return Math.max(1, BURST * rate(requestsPerMinute));
}

/** A full bucket. */
export function fullBucket(requestsPerMinute: number, now: number): BucketState {
  return { tokens: burstOf(requestsPerMinute), detailTokens: detailBurst(requestsPerMinute), at: now };
}

/** Fills the bucket up to `now`. The rate may differ from call to call; a clock that jumps back adds nothing. */
function refill(state: BucketState, requestsPerMinute: number, now: number): BucketState {
  const minutes = Math.max(0, now - state.at) / 60_000;
  const gained = minutes * rate(requestsPerMinute);
  return {
    tokens: Math.min(burstOf(requestsPerMinute), state.tokens + gained),
    detailTokens: Math.min(detailBurst(requestsPerMinute), state.detailTokens + gained * DETAIL_SHARE),
    at: now,
  };
}

/** Takes one token for a request of this kind, or says how long to wait. */
export function take(state: BucketState, kind: RequestKind, requestsPerMinute: number, now: number): BucketAnswer {
  const full = refill(state, requestsPerMinute, now);
  const perMs = rate(requestsPerMinute) / 60_000;
  if (kind === 'check') return { state: { ...full, tokens: Math.max(MAX_DEBT, full.tokens - 1) }, waitMs: 0 };
  const missing = Math.max(0, 1 - full.tokens) / perMs;
  if (kind === 'list') {
    return missing > 0 ? { state: full, waitMs: Math.ceil(missing) } : { state: { ...full, tokens: full.tokens - 1 }, waitMs: 0 };
  }
  const missingDetail = Math.max(0, 1 - full.detailTokens) / (perMs * DETAIL_SHARE);
  const wait = Math.max(missing, missingDetail);
  if (wait > 0) return { state: full, waitMs: Math.ceil(wait) };
  return { state: { ...full, tokens: full.tokens - 1, detailTokens: full.detailTokens - 1 }, waitMs: 0 };
}

/** Failure details that could be fetched right now without waiting. */
export function detailsAvailable(state: BucketState, requestsPerMinute: number, now: number): number {
  const full = refill(state, requestsPerMinute, now);
  return Math.max(0, Math.floor(Math.min(full.tokens, full.detailTokens)));
}

function detailBurst(requestsPerMinute: number): number {
  return Math.max(1, burstOf(requestsPerMinute) * DETAIL_SHARE);
}

function rate(requestsPerMinute: number): number {
  return Math.max(1, requestsPerMinute);
}
