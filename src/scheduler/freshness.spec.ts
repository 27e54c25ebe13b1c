import { freshnessOf } from './freshness.js';

const now = new Date('2026-03-18T12:00:00Z');
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

describe('the freshness of a client', () => {
  it.each([
    [0, 'fresh'],
    [22.5, 'fresh'],
    [23, 'late'],
    [60, 'late'],
    [61, 'stale'],
    [10_000, 'stale'],
  ])('that was synced %s minutes ago at an interval of 15 is %s', (age, status) => {
    const facts = { executionsSyncedAt: minutesAgo(age), consecutiveFailures: 0, syncIntervalMinutes: null };
    expect(freshnessOf(facts, 15, now)).toEqual({ status, ageSeconds: age * 60 });
  });

  it('goes by its own interval', () => {
    const facts = { executionsSyncedAt: minutesAgo(61), consecutiveFailures: 0, syncIntervalMinutes: 60 };
    expect(freshnessOf(facts, 15, now).status).toBe('fresh');
  });

  it('is failing when the newest attempt failed, however young the data', () => {
    const facts = { executionsSyncedAt: minutesAgo(1), consecutiveFailures: 1, syncIntervalMinutes: null };
    expect(freshnessOf(facts, 15, now)).toEqual({ status: 'failing', ageSeconds: 60 });
  });

  it.each([
    [0, 'never'],
    [3, 'failing'],
  ])('is, before the first sync and after %d failed attempts, %s', (consecutiveFailures, status) => {
    const facts = { executionsSyncedAt: null, consecutiveFailures, syncIntervalMinutes: null };
    expect(freshnessOf(facts, 15, now)).toEqual({ status, ageSeconds: null });
  });

  it('is not negative when clocks differ', () => {
    const facts = { executionsSyncedAt: minutesAgo(-1), consecutiveFailures: 0, syncIntervalMinutes: null };
    expect(freshnessOf(facts, 15, now)).toEqual({ status: 'fresh', ageSeconds: 0 });
  });
});
