import fc from 'fast-check';
import { emptyFigures, type Figures, mergeFigures } from './figures.js';
import { histogramOf } from './histogram.js';
import { derive, quotient } from './served-figures.js';

const count = fc.nat(1_000_000);

/** Figures as executions would make them. */
const figures: fc.Arbitrary<Figures> = fc
  .record({
    counts: fc.tuple(count, count, count, count, count, count, count),
    durations: fc.array(fc.nat(10_000_000), { maxLength: 30 }),
    timeSavedMs: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  })
  .map(({ counts: [successful, failed, canceled, open, excluded, part, valued], durations, timeSavedMs }) => ({
    successful,
    failed,
    canceled,
    open,
    excluded,
    originalSuccesses: Math.min(part, successful),
    originalFailures: Math.min(part, failed),
    recoveredFailures: Math.min(part, failed) >> 1,
    timed: durations.length,
    durationAnomalies: Math.max(0, successful + failed - durations.length),
    totalExecutionTimeMs: BigInt(durations.reduce((sum, ms) => sum + ms, 0)),
    minExecutionTimeMs: durations.length === 0 ? null : Math.min(...durations),
    maxExecutionTimeMs: durations.length === 0 ? null : Math.max(...durations),
    histogram: histogramOf(durations),
    successesWithValue: Math.min(valued, successful),
    timeSavedMs,
  }));

describe('merging figures', () => {
  it('does not depend on order or grouping', () => {
    fc.assert(
      fc.property(fc.array(figures, { maxLength: 6 }), fc.nat(6), (parts, at) => {
        const merged = mergeFigures(parts);
        expect(mergeFigures([...parts].reverse())).toEqual(merged);
        expect(mergeFigures([mergeFigures(parts.slice(0, at)), mergeFigures(parts.slice(at))])).toEqual(merged);
      }),
    );
  });

  it('with nothing changes nothing', () => {
    expect(mergeFigures([])).toEqual(emptyFigures);
    fc.assert(
      fc.property(figures, (some) => {
        expect(mergeFigures([some, emptyFigures])).toEqual(some);
      }),
    );
  });

  it('keeps sums exact beyond what a float can hold', () => {
    const huge = { ...emptyFigures, totalExecutionTimeMs: 2n ** 53n };
    const one = { ...emptyFigures, totalExecutionTimeMs: 1n };
    expect(mergeFigures([huge, one]).totalExecutionTimeMs).toBe(2n ** 53n + 1n);
  });
});

describe('served figures', () => {
  it('have no rate, average, percentile or hours without a base', () => {
    expect(derive(emptyFigures)).toEqual({
      total_executions: 0,
      successful_executions: 0,
      failed_executions: 0,
      canceled_executions: 0,
      open_executions: 0,
      excluded_executions: 0,
      success_rate: null,
      effective_success_rate: null,
      avg_execution_time_seconds: null,
      min_execution_time_seconds: null,
      max_execution_time_seconds: null,
      p50_execution_time_seconds: null,
      p95_execution_time_seconds: null,
      p99_execution_time_seconds: null,
      total_execution_time_ms: 0,
      timed_executions: 0,
      duration_anomalies: 0,
      time_saved_hours: null,
      time_saved_coverage: null,
    });
  });

  it('leave canceled and open executions out of totals and rates', () => {
    const served = derive({ ...emptyFigures, successful: 2, failed: 1, canceled: 50, open: 7, excluded: 9 });
    expect(served.total_executions).toBe(3);
    expect(served.success_rate).toBe(66.6667);
  });

  it('count a failure whose retry succeeded in the effective rate only', () => {
    // Ten originals: 8 good, 2 failed, one of them retried with success; the retry is an execution of its own.
    const served = derive({
      ...emptyFigures,
      successful: 9,
      failed: 2,
      originalSuccesses: 8,
      originalFailures: 2,
      recoveredFailures: 1,
    });
    expect(served.success_rate).toBe(81.8182);
    expect(served.effective_success_rate).toBe(90);
  });

  it('say hours only where a value was known, and how often it was', () => {
    const unknown = { ...emptyFigures, successful: 4 };
    expect(derive(unknown)).toMatchObject({ time_saved_hours: null, time_saved_coverage: 0 });
    const known = { ...unknown, successesWithValue: 3, timeSavedMs: 1_000_000n };
    expect(derive(known)).toMatchObject({ time_saved_hours: 0.277778, time_saved_coverage: 0.75 });
    expect(derive({ ...known, timeSavedMs: 0n }).time_saved_hours).toBe(0);
  });

  it('give seconds from exact milliseconds', () => {
    const durations = [1, 2, 2];
    const served = derive({
      ...emptyFigures,
      successful: 3,
      timed: 3,
      totalExecutionTimeMs: 5n,
      minExecutionTimeMs: 1,
      maxExecutionTimeMs: 2,
      histogram: histogramOf(durations),
    });
    expect(served).toMatchObject({
      avg_execution_time_seconds: 0.001667,
      min_execution_time_seconds: 0.001,
      max_execution_time_seconds: 0.002,
      p50_execution_time_seconds: 0.002,
      p95_execution_time_seconds: 0.002,
    });
  });

  it('stay within their limits', () => {
    fc.assert(
      fc.property(figures, (some) => {
        const served = derive(some);
        for (const rate of [served.success_rate, served.effective_success_rate]) {
          if (rate !== null) expect(rate >= 0 && rate <= 100).toBe(true);
        }
        const { min_execution_time_seconds: min, p50_execution_time_seconds: p50, p95_execution_time_seconds: p95 } = served;
        const { p99_execution_time_seconds: p99, max_execution_time_seconds: max, avg_execution_time_seconds: avg } = served;
        const rising = [min, p50, p95, p99, max];
        expect([...rising].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(rising);
        if (avg !== null && min !== null && max !== null) expect(avg >= min && avg <= max).toBe(true);
      }),
    );
  });
});

describe('a quotient', () => {
  it('is rounded half up, once, from the exact fraction', () => {
    expect(quotient(1, 8, 2)).toBe(0.13);
    expect(quotient(100 * 1, 3, 4)).toBe(33.3333);
    expect(quotient(100 * 2, 3, 4)).toBe(66.6667);
    expect(quotient(2n ** 63n, 1024, 6)).toBe(2 ** 53);
    expect(quotient(5, 0, 4)).toBeNull();
  });
});
