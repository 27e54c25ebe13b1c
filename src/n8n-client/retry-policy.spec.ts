import fc from 'fast-check';
import { N8nError } from './n8n-error.js';
import { nextDelay, type RetryLimits } from './retry-policy.js';

const limits: RetryLimits = { maxTries: 4, baseMs: 1000, maxRetryAfterMs: 120_000, maxTotalWaitMs: 150_000 };
const failure = new N8nError('server_error', 'x', { status: 500 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('nextDelay', () => {
  it('grows exponentially, with full jitter', () => {
    const longest = [1, 2, 3].map((tries) => nextDelay({ tries, waitedMs: 0, error: failure }, limits, 0.999999));
    expect(longest).toEqual([999, 1999, 3999]);
    expect(nextDelay({ tries: 3, waitedMs: 0, error: failure }, limits, 0)).toBe(0);
  });

  it('gives up after the last try', () => {
    expect(nextDelay({ tries: 4, waitedMs: 0, error: failure }, limits, 0.5)).toBeNull();
  });

  it('gives up at once on what a retry cannot change', () => {
    for (const code of [
      'bad_key',
      'forbidden',
      'not_found',
      'not_n8n',
      'bad_request',
      'too_large',
      'blocked_address',
      'tls',
    ] as const) {
      expect(nextDelay({ tries: 1, waitedMs: 0, error: new N8nError(code, 'x') }, limits, 0.5)).toBeNull();
    }
  });

  it('does not argue with its own circuit, budget or caller', () => {
    for (const code of ['circuit_open', 'budget_exhausted', 'aborted'] as const) {
      expect(nextDelay({ tries: 1, waitedMs: 0, error: new N8nError(code, 'x') }, limits, 0.5)).toBeNull();
    }
  });

  it('never undercuts Retry-After and never waits for a longer one than allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), random, (retryAfterMs, jitter) => {
        const error = new N8nError('rate_limited', 'x', { status: 429, retryAfterMs });
        const delay = nextDelay({ tries: 1, waitedMs: 0, error }, limits, jitter);
        if (retryAfterMs > limits.maxRetryAfterMs) expect(delay).toBeNull();
        else expect(delay).toBeGreaterThanOrEqual(retryAfterMs);
      }),
    );
  });

  it('keeps tries and the sum of waits of any run of failures within bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ asked: fc.option(fc.nat(200_000)), jitter: random }), { minLength: 50, maxLength: 50 }),
        (run) => {
          let waitedMs = 0;
          let tries = 0;
          for (const { asked, jitter } of run) {
            tries += 1;
            const error = new N8nError('rate_limited', 'x', { retryAfterMs: asked });
            const delay = nextDelay({ tries, waitedMs, error }, limits, jitter);
            if (delay === null) break;
            waitedMs += delay;
          }
          expect(tries).toBeLessThanOrEqual(limits.maxTries);
          expect(waitedMs).toBeLessThanOrEqual(limits.maxTotalWaitMs);
        },
      ),
    );
  });
});
