import fc from 'fast-check';
import { burstOf, detailsAvailable, fullBucket, type RequestKind, take } from './token-bucket.js';

const rates = fc.integer({ min: 1, max: 1000 });
const steps = fc.array(fc.record({ kind: fc.constantFrom<RequestKind>('list', 'detail'), pause: fc.nat(5000) }), {
  maxLength: 300,
});

/** Asks for every request in turn, at its time, without waiting; counts what was let through. */
function replay(rate: number, run: readonly { kind: RequestKind; pause: number }[]) {
  let now = 0;
  let bucket = fullBucket(rate, now);
  const granted = { list: 0, detail: 0, check: 0 };
  for (const { kind, pause } of run) {
    now += pause;
    const answer = take(bucket, kind, rate, now);
    bucket = answer.state;
    if (answer.waitMs === 0) granted[kind] += 1;
  }
  return { granted, minutes: now / 60_000, bucket };
}

describe('token bucket', () => {
  it('allows a burst of two and a half minutes, then the steady rate', () => {
    const run = Array.from({ length: 400 }, () => ({ kind: 'list' as const, pause: 0 }));
    const { granted, bucket } = replay(120, run);
    expect(granted.list).toBe(300);
    expect(take(bucket, 'list', 120, 0).waitMs).toBe(500);
  });

  it('never lets more through than burst and rate allow, and details at most half of that', () => {
    fc.assert(
      fc.property(rates, steps, (rate, run) => {
        const { granted, minutes } = replay(rate, run);
        expect(granted.list + granted.detail).toBeLessThanOrEqual(burstOf(rate) + rate * minutes + 1e-6);
        expect(granted.detail).toBeLessThanOrEqual(Math.max(1, burstOf(rate) / 2) + (rate / 2) * minutes + 1e-6);
      }),
    );
  });

  it('lets a request through after the wait that it named', () => {
    fc.assert(
      fc.property(rates, steps, fc.constantFrom<RequestKind>('list', 'detail'), (rate, run, kind) => {
        const { bucket } = replay(rate, run);
        const { state, waitMs } = take(bucket, kind, rate, bucket.at);
        // One more millisecond covers the rounding of the shares.
        if (waitMs > 0) expect(take(state, kind, rate, state.at + waitMs + 1).waitMs).toBe(0);
      }),
    );
  });

  it('leaves the lists their half when details ask for everything', () => {
    const run = Array.from({ length: 400 }, () => ({ kind: 'detail' as const, pause: 0 }));
    const { granted, bucket } = replay(120, run);
    expect(granted.detail).toBe(150);
    expect(detailsAvailable(bucket, 120, 0)).toBe(0);
    expect(take(bucket, 'list', 120, 0).waitMs).toBe(0);
  });

  it('lets a connection check pass an empty bucket, and makes the others pay for it', () => {
    const run = Array.from({ length: 300 }, () => ({ kind: 'list' as const, pause: 0 }));
    const { bucket } = replay(120, run);
    const check = take(bucket, 'check', 120, 0);
    expect(check.waitMs).toBe(0);
    expect(take(check.state, 'list', 120, 0).waitMs).toBe(1000);
  });

  it('gains nothing from a clock that jumps back', () => {
    const empty = { tokens: 0, detailTokens: 0, at: 10_000 };
    expect(take(empty, 'list', 60, 0).waitMs).toBe(1000);
  });

  it('treats a budget below one request a minute as one', () => {
    expect(take(fullBucket(0, 0), 'list', 0, 0).waitMs).toBe(0);
    expect(take({ tokens: 0, detailTokens: 0, at: 0 }, 'list', -5, 0).waitMs).toBe(60_000);
  });
});
