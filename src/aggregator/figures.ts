import { emptyHistogram, type Histogram, mergeHistograms } from './histogram.js';

/**
 * What is kept of the executions of a day, a period, a workflow or a client but for the single durations: counts, exact sums, and
 * nothing that cannot be merged. Production executions only, `excluded` apart.
 */
export interface Sums {
  successful: number;
  /** n8n's `error` and `crashed`. */
  failed: number;
  canceled: number;
  /** Not final yet: new, running, waiting, and whatever n8n calls a status tomorrow. */
  open: number;
  /** Non-production executions, whatever their status. */
  excluded: number;
  /** Successes, failures and failures whose retry succeeded, over executions that are no retry themselves. */
  originalSuccesses: number;
  originalFailures: number;
  recoveredFailures: number;
  /** Successful and failed ones with a valid duration, and those without. */
  timed: number;
  durationAnomalies: number;
  totalExecutionTimeMs: bigint;
  minExecutionTimeMs: number | null;
  maxExecutionTimeMs: number | null;
  /** Successes of a workflow that had a time-saved value when they started. */
  successesWithValue: number;
  /** Minutes are kept to 4 decimals, and 0.0001 minute is 6 ms: milliseconds are exact. */
  timeSavedMs: bigint;
}

/** All that is kept. */
export interface Figures extends Sums {
  histogram: Histogram;
}

/** Of one stored row, with what the percentiles need of its histogram. */
export interface PlacedFigures extends Sums {
  percentilePlaces: readonly number[];
}

export const emptyFigures: Figures = Object.freeze({
  successful: 0,
  failed: 0,
  canceled: 0,
  open: 0,
  excluded: 0,
  originalSuccesses: 0,
  originalFailures: 0,
  recoveredFailures: 0,
  timed: 0,
  durationAnomalies: 0,
  totalExecutionTimeMs: 0n,
  minExecutionTimeMs: null,
  maxExecutionTimeMs: null,
  histogram: emptyHistogram,
  successesWithValue: 0,
  timeSavedMs: 0n,
});

/** The figures of everything together; the same whatever the order or grouping. */
export function mergeFigures(parts: readonly Figures[]): Figures {
  return { ...mergeSums(parts), histogram: mergeHistograms(parts.map((figures) => figures.histogram)) };
}

/** The same without the single durations. */
export function mergeSums(all: readonly Sums[]): Sums {
  const sum = (of: (figures: Sums) => number): number => all.reduce((total, figures) => total + of(figures), 0);
  const exactSum = (of: (figures: Sums) => bigint): bigint => all.reduce((total, figures) => total + of(figures), 0n);
  return {
    successful: sum((figures) => figures.successful),
    failed: sum((figures) => figures.failed),
    canceled: sum((figures) => figures.canceled),
    open: sum((figures) => figures.open),
    excluded: sum((figures) => figures.excluded),
    originalSuccesses: sum((figures) => figures.originalSuccesses),
    originalFailures: sum((figures) => figures.originalFailures),
    recoveredFailures: sum((figures) => figures.recoveredFailures),
    timed: sum((figures) => figures.timed),
    durationAnomalies: sum((figures) => figures.durationAnomalies),
    totalExecutionTimeMs: exactSum((figures) => figures.totalExecutionTimeMs),
    minExecutionTimeMs: extreme(
      all.map((figures) => figures.minExecutionTimeMs),
      (a, b) => a < b,
    ),
    maxExecutionTimeMs: extreme(
      all.map((figures) => figures.maxExecutionTimeMs),
      (a, b) => a > b,
    ),
    successesWithValue: sum((figures) => figures.successesWithValue),
    timeSavedMs: exactSum((figures) => figures.timeSavedMs),
  };
}

function extreme(values: (number | null)[], wins: (a: number, b: number) => boolean): number | null {
  return values.reduce((best, value) => (value !== null && (best === null || wins(value, best)) ? value : best), null);
}
