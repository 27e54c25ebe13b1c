import { type Sums } from './figures.js';
import { deriveMeasures } from './served-figures.js';

/** A period against the one before it. Null without a baseline, or with one of zero: never an invented number. */
export interface PeriodTrends {
  /** % change of total executions. */
  execution_trend: number | null;
  /** Change of the success rate in percentage points. */
  success_rate_trend: number | null;
  /** % change of the average duration, positive = faster. */
  performance_trend: number | null;
  /** % change of the hours saved. */
  time_saved_trend: number | null;
}

export type TrendDirection = 'up' | 'down' | 'flat' | 'insufficient_data';

/** Where a series is going: change per period by least squares, and whether that stands out of its noise. */
export interface SeriesTrend {
  slope: number | null;
  direction: TrendDirection;
}

/** The trend of each measure over a series; `performance` in seconds per period, and as above up = faster. */
export interface SeriesTrends {
  executions: SeriesTrend;
  success_rate: SeriesTrend;
  performance: SeriesTrend;
  time_saved: SeriesTrend;
}

const FEWEST_PERIODS = 4;

/** Student's t, two-sided 95 %, by degrees of freedom from 2 on; 2.0 is close enough above the table. */
const CRITICAL_T = [4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12];
const CRITICAL_T_BEYOND = 2.0;

/**
 * The trends of a period.
 * @param baseline the last complete period of the same kind before it, if there is one
 */
export function trendsBetween(current: Sums, baseline: Sums | undefined): PeriodTrends {
  if (baseline === undefined) {
    return { execution_trend: null, success_rate_trend: null, performance_trend: null, time_saved_trend: null };
  }
  const now = deriveMeasures(current);
  const then = deriveMeasures(baseline);
  const slower = percentChange(then.avg_execution_time_seconds, now.avg_execution_time_seconds);
  return {
    execution_trend: percentChange(then.total_executions, now.total_executions),
    success_rate_trend:
      now.success_rate === null || then.success_rate === null ? null : round4(now.success_rate - then.success_rate),
    performance_trend: slower === null ? null : round4(-slower),
    time_saved_trend: percentChange(then.time_saved_hours, now.time_saved_hours),
  };
}

/** The trends over periods that follow each other, oldest first; leave the running one out. */
export function seriesTrends(periods: readonly Sums[]): SeriesTrends {
  const served = periods.map(deriveMeasures);
  return {
    executions: seriesTrend(served.map((point) => point.total_executions)),
    success_rate: seriesTrend(served.map((point) => point.success_rate)),
    performance: seriesTrend(served.map(({ avg_execution_time_seconds: average }) => (average === null ? null : -average))),
    time_saved: seriesTrend(served.map((point) => point.time_saved_hours)),
  };
}

/**
 * The trend of one measure. Periods without a value keep their place in time but have no say. `flat` means that a slope of
 * this size comes about by chance in more than one of twenty series with this much scatter.
 */
export function seriesTrend(values: readonly (number | null)[]): SeriesTrend {
  const points = values.flatMap((y, x) => (y === null ? [] : [{ x, y }]));
  if (points.length < FEWEST_PERIODS) return { slope: null, direction: 'insufficient_data' };
  const { slope, error } = leastSquares(points);
  const noise = (CRITICAL_T[points.length - 4] ?? CRITICAL_T_BEYOND) * error;
  // Sums of floats leave dust: a change of a billionth over the series is none.
  const dust = (1e-9 * Math.max(...points.map(({ y }) => Math.abs(y)))) / values.length;
  const flat = Math.abs(slope) <= Math.max(noise, dust);
  return { slope: round6(flat && Math.abs(slope) <= dust ? 0 : slope), direction: flat ? 'flat' : slope > 0 ? 'up' : 'down' };
}

/** Slope of the straight line through the points, and the standard error of that slope. */
function leastSquares(points: readonly { x: number; y: number }[]): { slope: number; error: number } {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const sxx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / sxx;
  const residuals = points.reduce((sum, { x, y }) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residuals / (n - 2) / sxx) };
}

function percentChange(from: number | null, to: number | null): number | null {
  return from === null || to === null || from === 0 ? null : round4((100 * (to - from)) / from);
}

function round4(value: number): number {
  return rounded(value, 4);
}

function round6(value: number): number {
  return rounded(value, 6);
}

/** Adding 0 turns -0 into 0. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
}
