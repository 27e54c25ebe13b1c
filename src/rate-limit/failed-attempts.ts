import { Inject, Injectable } from '@nestjs/common';
import { forgetOldest, TooManyRequestsError } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Caller } from './caller.js';
import { COUNTERS, type Counters } from './counters.js';

const WINDOW_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * Stops an address that shows bad keys again and again: for the rest of the minute nobody from there is let in but with keys
 * that were good there before, so that others behind the same address go on.
 */
@Injectable()
export class FailedAttempts {
  private readonly stoppedUntil = new Map<string, number>();
  private readonly goodBefore = new Set<string>();

  constructor(
    @Inject(COUNTERS) private readonly counters: Counters,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'failedAuthPerMinute'>,
  ) {}

  /** For how many ms more the caller's address is stopped, 0 when it is not or when the key is known from there. */
  stoppedFor(caller: Caller): number {
    const until = this.stoppedUntil.get(caller.ip);
    if (until === undefined || caller.presented === null || this.goodBefore.has(pairOf(caller))) return 0;
    return Math.max(0, until - performance.now());
  }

  /** @throws TooManyRequestsError when the caller is stopped */
  refuseStopped(caller: Caller): void {
    const left = this.stoppedFor(caller);
    if (left > 0) throw this.refusal(left);
  }

  refusal(leftMs: number): TooManyRequestsError {
    const seconds = Math.ceil(leftMs / 1000);
    const message = `Too many requests with a bad key from this address. Mend the key, and try again in ${seconds} s.`;
    return new TooManyRequestsError('too_many_failed_attempts', message, seconds);
  }

  succeeded(caller: Caller): void {
    const pair = pairOf(caller);
    if (this.goodBefore.has(pair)) return;
    this.goodBefore.add(pair);
    forgetOldest(this.goodBefore, MOST_REMEMBERED);
  }

  /** @throws TooManyRequestsError when this was one too many */
  async failed(caller: Caller): Promise<void> {
    // A key that was revoked is no longer good.
    this.goodBefore.delete(pairOf(caller));
    const { failedAuthPerMinute } = this.config;
    if (failedAuthPerMinute === 0) return;
    const { count, ttlMs } = await this.counters.hit(`failed:${caller.ip}`, WINDOW_MS);
    if (count <= failedAuthPerMinute) return;
    this.stoppedUntil.set(caller.ip, performance.now() + ttlMs);
    forgetOldest(this.stoppedUntil, MOST_REMEMBERED);
    throw this.refusal(ttlMs);
  }
}

function pairOf({ ip, presented }: Caller): string {
  return `${ip} ${presented?.hash}`;
}
