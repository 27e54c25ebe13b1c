import fc from 'fast-check';
import { nextSyncAt, paceOf, smoothedRate, windowHoursOf } from './pace.js';

const quiet = { arrivalPerHour: 10, visibleRows: 10_000, visibleHours: 336, prunes: true };

describe('the interval of a client', () => {
  it('is the configured one while the instance remembers for long', () => {
    expect(paceOf(quiet, 15)).toMatchObject({ intervalMinutes: 15, windowHours: 336, tooSlow: false });
    expect(paceOf({ arrivalPerHour: null, visibleRows: null, visibleHours: null, prunes: false }, 15).intervalMinutes).toBe(15);
  });

  it('is half of what the instance remembers when that is short', () => {
    // 500 executions at 3,000 an hour are gone after 10 minutes.
    expect(paceOf({ ...quiet, visibleRows: 500, arrivalPerHour: 3_000 }, 15)).toMatchObject({
      intervalMinutes: 5,
      tooSlow: false,
    });
  });

  it('is never shorter than a minute, and says when that is too slow', () => {
    expect(paceOf({ ...quiet, visibleRows: 100, arrivalPerHour: 60_000 }, 15)).toMatchObject({
      intervalMinutes: 1,
      tooSlow: true,
    });
  });

  it('believes in no window smaller than that of the smallest plan before something was seen to go', () => {
    expect(windowHoursOf({ arrivalPerHour: 2_500, visibleRows: 3, visibleHours: 0.1, prunes: false })).toBe(1);
    expect(windowHoursOf({ arrivalPerHour: 2_500, visibleRows: 1_250, visibleHours: 0.5, prunes: true })).toBe(0.5);
  });

  it('uses at most half of the window, and lies between a minute and the configured one', () => {
    const facts = fc.record({
      arrivalPerHour: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      visibleRows: fc.option(fc.nat(100_000)),
      visibleHours: fc.option(fc.double({ min: 0, max: 2_000, noNaN: true })),
      prunes: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 1440 }), (known, configured) => {
        const { intervalMinutes, windowHours, tooSlow } = paceOf(known, configured);
        expect(intervalMinutes).toBeGreaterThanOrEqual(1);
        expect(intervalMinutes).toBeLessThanOrEqual(configured);
        expect(intervalMinutes <= (windowHours * 60) / 2 || intervalMinutes === 1).toBe(true);
        expect(tooSlow).toBe(windowHours * 30 < 1);
      }),
    );
  });

  it('follows a burst at once and a quiet time within hours', () => {
    expect(smoothedRate(10, 5_000, 0.25)).toBe(5_000);
    let rate = 5_000;
    for (let n = 0; n < 48; n += 1) rate = smoothedRate(rate, 10, 0.25);
    expect(rate).toBeLessThan(30);
  });
});

describe('the time of the next sync', () => {
  it('is later than now and at most one interval away, and one interval apart from then on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 2, max: 1440 }),
        fc.nat(1e9),
        (client, minutes, seconds) => {
          const now = new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
          const next = nextSyncAt(now, minutes, client);
          expect(next.getTime()).toBeGreaterThan(now.getTime() - 1);
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(minutes * 60_000);
          const after = nextSyncAt(new Date(next.getTime() + 1_000), minutes, client);
          expect(Math.abs(after.getTime() - next.getTime() - minutes * 60_000)).toBeLessThan(2);
        },
      ),
    );
  });

  it('spreads clients evenly over the interval', () => {
    const now = new Date('2026-03-01T00:00:00Z');
    const perMinute = new Map<number, number>();
    for (let client = 1; client <= 150; client += 1) {
      const minute = Math.floor((nextSyncAt(now, 15, client).getTime() - now.getTime()) / 60_000) % 15;
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    for (const n of perMinute.values()) expect(n).toBeLessThanOrEqual(13);
    expect(perMinute.size).toBe(15);
  });
});
