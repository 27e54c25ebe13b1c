import fc from 'fast-check';
import { emptyFigures, type Figures } from './figures.js';
import { seriesTrend, seriesTrends, trendsBetween } from './trends.js';

const period = (successful: number, failed: number, averageMs: number, savedHours: number): Figures => ({
  ...emptyFigures,
  successful,
  failed,
  timed: successful + failed,
  totalExecutionTimeMs: BigInt((successful + failed) * averageMs),
  successesWithValue: successful,
  timeSavedMs: BigInt(savedHours * 3_600_000),
});

describe('a period against the one before', () => {
  it('changes in percent, the rate in points, and faster is positive', () => {
    expect(trendsBetween(period(90, 30, 1500, 3), period(80, 20, 2000, 2))).toEqual({
      execution_trend: 20,
      success_rate_trend: -5,
      performance_trend: 25,
      time_saved_trend: 50,
    });
  });

  it('has no trend without a baseline or against zero', () => {
    const none = { execution_trend: null, success_rate_trend: null, performance_trend: null, time_saved_trend: null };
    expect(trendsBetween(period(90, 30, 1500, 3), undefined)).toEqual(none);
    expect(trendsBetween(period(90, 30, 1500, 3), emptyFigures)).toEqual(none);
    expect(trendsBetween(period(1, 1, 1500, 3), period(1, 1, 0, 0))).toMatchObject({
      performance_trend: null,
      time_saved_trend: null,
    });
  });

  it('falls to nothing by 100 %, and says nothing of rates it has not', () => {
    expect(trendsBetween(emptyFigures, period(80, 20, 2000, 2))).toEqual({
      execution_trend: -100,
      success_rate_trend: null,
      performance_trend: null,
      time_saved_trend: null,
    });
  });
});

describe('a series', () => {
  it('of fewer than four known periods says nothing', () => {
    expect(seriesTrend([])).toEqual({ slope: null, direction: 'insufficient_data' });
    expect(seriesTrend([1, 2, 3])).toEqual({ slope: null, direction: 'insufficient_data' });
    expect(seriesTrend([1, null, 2, null, 3])).toEqual({ slope: null, direction: 'insufficient_data' });
  });

  it('on a line has its slope', () => {
    expect(seriesTrend([1, 3, 5, 7])).toEqual({ slope: 2, direction: 'up' });
    expect(seriesTrend([0.4, 0.3, 0.2, 0.1])).toEqual({ slope: -0.1, direction: 'down' });
    expect(seriesTrend([0.1, 0.1, 0.1, 0.1, 0.1])).toEqual({ slope: 0, direction: 'flat' });
    expect(seriesTrend([0, 0, 0, 0])).toEqual({ slope: 0, direction: 'flat' });
  });

  it('keeps the place of periods without a value', () => {
    expect(seriesTrend([0, null, 2, null, null, 5, 6])).toEqual({ slope: 1, direction: 'up' });
  });

  it('that only scatters is flat', () => {
    expect(seriesTrend([10, 14, 9, 13, 11, 12]).direction).toBe('flat');
    expect(seriesTrend([10, 14, 9, 30, 31, 29, 50, 52]).direction).toBe('up');
  });

  it('turned round turns its direction', () => {
    const turned = { up: 'down', down: 'up', flat: 'flat', insufficient_data: 'insufficient_data' } as const;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 40 }), (values) => {
        const forward = seriesTrend(values);
        const backward = seriesTrend([...values].reverse());
        expect(backward.direction).toBe(turned[forward.direction]);
        expect((forward.slope ?? 0) + (backward.slope ?? 0)).toBeCloseTo(0, 5);
      }),
    );
  });

  it('of scatter alone is called a trend in about one of twenty', () => {
    // A fixed little generator: the share is a property of the rule, not of the day's luck.
    let seed = 42;
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const noise = (length: number): number[] => Array.from({ length }, () => next() + next() + next() + next() + next() + next());
    for (const length of [4, 8, 12, 30]) {
      const called = Array.from({ length: 4000 }, () => seriesTrend(noise(length))).filter(
        ({ direction }) => direction !== 'flat',
      );
      expect(called.length / 4000).toBeGreaterThan(0.035);
      expect(called.length / 4000).toBeLessThan(0.065);
    }
  });

  it('of periods gives each measure its trend, up meaning faster', () => {
    const periods = [1, 2, 3, 4, 5].map((n) => period(10 * n, 0, 6000 - 1000 * n, n));
    expect(seriesTrends(periods)).toEqual({
      executions: { slope: 10, direction: 'up' },
      success_rate: { slope: 0, direction: 'flat' },
      performance: { slope: 1, direction: 'up' },
      time_saved: { slope: 1, direction: 'up' },
    });
  });
});
