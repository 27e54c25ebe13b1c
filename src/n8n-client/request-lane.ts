import { InstanceHealth } from './instance-health.js';
import { N8nError } from './n8n-error.js';
import { type ResolvedOptions } from './n8n-client.options.js';
import { type N8nTarget, type RequestCounts } from './n8n.types.js';
import { PageSizes } from './page-sizes.js';
import { type BucketState, detailsAvailable, fullBucket, type RequestKind, take } from './token-bucket.js';
import { Turnstile } from './turnstile.js';

/** The requests of one client: one at a time, within the budget, and none while the instance asked for silence or is down. */
export class RequestLane {
  readonly health: InstanceHealth;
  private readonly turnstile = new Turnstile();
  private readonly sent: RequestCounts = { list: 0, detail: 0, check: 0 };
  private bucket: BucketState;
  private sizes = new PageSizes();

  constructor(
    private target: N8nTarget,
    private readonly options: ResolvedOptions,
  ) {
    this.health = new InstanceHealth(() => this.now(), options.maxRetryAfterMs);
    this.bucket = fullBucket(target.requestsPerMinute, this.now());
  }

  /** Page sizes of the instance in use. */
  get pages(): PageSizes {
    return this.sizes;
  }

  /** Requests that were sent since the start. */
  get requestCounts(): RequestCounts {
    return { ...this.sent };
  }

  /** Adopts a changed budget; another address starts with a clean record. Connection checks may try an address: not for them. */
  retarget(target: N8nTarget): void {
    if (target.baseUrl !== this.target.baseUrl) {
      this.health.reset();
      this.sizes = new PageSizes();
    }
    this.target = target;
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
          this.sent[kind] += 1;
          if (kind !== 'check') this.health.asked();
          return await request();
        }
      } catch (error) {
        // A check may try another address: its Retry-After says nothing about this one.
        if (error instanceof N8nError && kind !== 'check') this.health.heed(error);
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
    if (target.baseUrl === this.target.baseUrl) this.health.record(kind, error);
  }

  /** 0: go, a token is taken. Else milliseconds to wait. Connection checks ask the instance itself instead of its record. */
  private admit(kind: RequestKind): number {
    const silence = kind === 'check' ? 0 : this.health.silence();
    if (silence > 0) return silence;
    const answer = take(this.bucket, kind, this.target.requestsPerMinute, this.now());
    this.bucket = answer.state;
    if (kind === 'detail' && answer.waitMs > this.options.maxBudgetWaitMs) throw budgetExhausted(answer.waitMs);
    return answer.waitMs;
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}

function budgetExhausted(ms: number): N8nError {
  const text = `Failure details have used their half of the request budget; there is room again in ${Math.ceil(ms / 1000)} s.`;
  return new N8nError('budget_exhausted', text, { retryAfterMs: ms });
}
