import { emptyHistogram, type Histogram, mergeHistograms } from './histogram.js';

/**
 * What is kept of the executions of a day, a period, a workflow or a client: counts, exact sums, and nothing that cannot be
 * merged. Production executions only, `excluded` apart.
 */
export interface Figures {
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
  histogram: Histogram;
  /** Successes of a workflow that had a time-saved value when they started. */
  successesWithValue: number;
  /** Minutes are kept to 4 decimals, and 0.0001 minute is 6 ms: milliseconds are exact. */
  timeSavedMs: bigint;
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
export function mergeFigures(parts: Iterable<Figures>): Figures {
  const all = [...parts];
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, figures) => total + of(figures), 0);
  const exactSum = (of: (figures: Figures) => bigint): bigint => all.reduce((total, figures) => total + of(figures), 0n);
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
    histogram: mergeHistograms(all.map((figures) => figures.histogram)),
    successesWithValue: sum((figures) => figures.successesWithValue),
    timeSavedMs: exactSum((figures) => figures.timeSavedMs),
  };
}

function extreme(values: (number | null)[], wins: (a: number, b: number) => boolean): number | null {
  return values.reduce((best, value) => (value !== null && (best === null || wins(value, best)) ? value : best), null);
}
