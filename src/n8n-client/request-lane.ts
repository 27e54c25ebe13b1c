import { type CircuitGate, CLOSED, countsAsFailure, failed, gate, succeeded } from './circuit.js';
import { N8nError } from './n8n-error.js';
import { type ResolvedOptions } from './n8n-client.options.js';
import { type N8nTarget } from './n8n.types.js';
import { type BucketState, detailsAvailable, fullBucket, type RequestKind, take } from './token-bucket.js';
import { Turnstile } from './turnstile.js';

/** Longest silence that one `Retry-After` can impose on a client: a wrong header must not stop it for days. */
const MAX_PAUSE_MS = 60 * 60_000;

/** The requests of one client: one at a time, within the budget, and none while the instance asked for silence or is down. */
export class RequestLane {
  private readonly turnstile = new Turnstile();
  private bucket: BucketState;
  private circuit = CLOSED;
  private pausedUntil = 0;
  private sent = 0;

  constructor(
    private target: N8nTarget,
    private readonly options: ResolvedOptions,
  ) {
    this.bucket = fullBucket(target.requestsPerMinute, this.now());
  }

  /** Requests that were sent since the start. */
  get requestCount(): number {
    return this.sent;
  }

  /** Adopts a changed budget; another address starts with a clean record. Connection checks may try an address: not for them. */
  retarget(target: N8nTarget): void {
    if (target.baseUrl !== this.target.baseUrl) {
      this.circuit = CLOSED;
      this.pausedUntil = 0;
    }
    this.target = target;
  }

  /** Whether requests may go out at all right now. */
  gate(): CircuitGate {
    return gate(this.circuit, this.now());
  }

  /** Failure details that need not wait for budget. */
  detailsAvailable(): number {
    return detailsAvailable(this.bucket, this.target.requestsPerMinute, this.now());
  }

  /**
   * Runs one request when it is its turn and the budget has room.
   * @throws N8nError `circuit_open`, `rate_limited`, `budget_exhausted` (nothing sent), `aborted`, or what `request` throws
   */
  async run<T>(kind: RequestKind, signal: AbortSignal, request: () => Promise<T>): Promise<T> {
    for (;;) {
      const leave = await this.turnstile.enter(signal, kind === 'check');
      let waitMs: number;
      try {
        waitMs = this.admit(kind);
        if (waitMs === 0) {
          this.sent += 1;
          return await request();
        }
      } catch (error) {
        // A check may try another address: its Retry-After says nothing about this one.
        if (error instanceof N8nError && kind !== 'check') this.heed(error);
        throw error;
      } finally {
        leave();
      }
      // Outside the turn: a failure detail that waits for its share must not hold up the lists.
      await this.options.sleep(waitMs, signal);
    }
  }

  /** Remembers how a call ended, after all its tries. `target` is the one it was made to. */
  record(kind: RequestKind, target: N8nTarget, error: N8nError | null): void {
    if (target.baseUrl !== this.target.baseUrl) return;
    // A person has seen it answer: an earlier request for silence is over.
    if (error === null && kind === 'check') this.pausedUntil = 0;
    if (error === null || (error.status !== null && error.status < 500)) this.circuit = succeeded();
    else if (kind !== 'check' && countsAsFailure(error.code, kind)) this.circuit = failed(this.circuit, this.now());
  }

  /** 0: go, a token is taken. Else milliseconds to wait. Connection checks ask the instance itself instead of its record. */
  private admit(kind: RequestKind): number {
    const now = this.now();
    if (kind !== 'check') {
      const pause = Math.max(0, this.pausedUntil - now);
      if (pause > this.options.maxRetryAfterMs) throw paused(pause);
      if (pause > 0) return pause;
      if (gate(this.circuit, now) === 'open') throw circuitOpen(this.circuit.openUntil - now);
    }
    const answer = take(this.bucket, kind, this.target.requestsPerMinute, now);
    this.bucket = answer.state;
    if (kind === 'detail' && answer.waitMs > this.options.maxBudgetWaitMs) throw budgetExhausted(answer.waitMs);
    return answer.waitMs;
  }

  private heed(error: N8nError): void {
    if (error.status === null || error.retryAfterMs === null) return;
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + Math.min(MAX_PAUSE_MS, error.retryAfterMs));
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}

function paused(ms: number): N8nError {
  return new N8nError('rate_limited', `The instance asked for silence for another ${seconds(ms)} s.`, { retryAfterMs: ms });
}

function circuitOpen(ms: number): N8nError {
  const text = `The instance failed several times in a row and is left alone for another ${seconds(ms)} s.`;
  return new N8nError('circuit_open', text, { retryAfterMs: ms });
}

function budgetExhausted(ms: number): N8nError {
  const text = `Failure details have used their half of the request budget; there is room again in ${seconds(ms)} s.`;
  return new N8nError('budget_exhausted', text, { retryAfterMs: ms });
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
