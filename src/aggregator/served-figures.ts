import { type Figures, type PlacedFigures, type Sums } from './figures.js';
import { durationIn, percentilePlaces } from './histogram.js';

/** The figures as they are served: rates in percent to 4 decimals, seconds and hours to 6; null where there is no base. */
export interface ServedFigures {
  total_executions: number;
  successful_executions: number;
  failed_executions: number;
  canceled_executions: number;
  open_executions: number;
  excluded_executions: number;
  success_rate: number | null;
  effective_success_rate: number | null;
  avg_execution_time_seconds: number | null;
  min_execution_time_seconds: number | null;
  max_execution_time_seconds: number | null;
  p50_execution_time_seconds: number | null;
  p95_execution_time_seconds: number | null;
  p99_execution_time_seconds: number | null;
  total_execution_time_ms: number;
  timed_executions: number;
  duration_anomalies: number;
  /** Null when no success had a value: nothing is known, which is not 0. */
  time_saved_hours: number | null;
  /** Share of successes that had a value, 0..1. */
  time_saved_coverage: number | null;
}

const RATE_DECIMALS = 4;
const TIME_DECIMALS = 6;
const MS_PER_HOUR = 3_600_000;

/** What is served of some figures. Every quotient is made of exact sums and rounded once, half away from zero, as SQL does it. */
export function derive(figures: Figures | PlacedFigures): ServedFigures {
  const { successful, failed, originalSuccesses, originalFailures, recoveredFailures } = figures;
  const { total_executions, success_rate, avg_execution_time_seconds, time_saved_hours } = deriveMeasures(figures);
  const [p50, p95, p99] = percentilesOf(figures);
  return {
    total_executions,
    successful_executions: successful,
    failed_executions: failed,
    canceled_executions: figures.canceled,
    open_executions: figures.open,
    excluded_executions: figures.excluded,
    success_rate,
    effective_success_rate: quotient(
      100 * (originalSuccesses + recoveredFailures),
      originalSuccesses + originalFailures,
      RATE_DECIMALS,
    ),
    avg_execution_time_seconds,
    min_execution_time_seconds: seconds(figures.minExecutionTimeMs),
    max_execution_time_seconds: seconds(figures.maxExecutionTimeMs),
    p50_execution_time_seconds: seconds(p50 ?? null),
    p95_execution_time_seconds: seconds(p95 ?? null),
    p99_execution_time_seconds: seconds(p99 ?? null),
    total_execution_time_ms: Number(figures.totalExecutionTimeMs),
    timed_executions: figures.timed,
    duration_anomalies: figures.durationAnomalies,
    time_saved_hours,
    time_saved_coverage: quotient(figures.successesWithValue, successful, RATE_DECIMALS),
  };
}

/** What trends compare. */
export type Measures = Pick<
  ServedFigures,
  'total_executions' | 'success_rate' | 'avg_execution_time_seconds' | 'time_saved_hours'
>;

/** The part of {@link derive} that needs no single durations. */
export function deriveMeasures(sums: Sums): Measures {
  const { successful, failed } = sums;
  return {
    total_executions: successful + failed,
    success_rate: quotient(100 * successful, successful + failed, RATE_DECIMALS),
    avg_execution_time_seconds: quotient(sums.totalExecutionTimeMs, 1000 * sums.timed, TIME_DECIMALS),
    time_saved_hours: sums.successesWithValue === 0 ? null : quotient(sums.timeSavedMs, MS_PER_HOUR, TIME_DECIMALS),
  };
}

/**
 * `dividend / divisor` of non-negative integers, rounded half up to so many decimals without a float on the way.
 * @returns null when the divisor is 0
 */
export function quotient(dividend: number | bigint, divisor: number, decimals: number): number | null {
  if (divisor === 0) return null;
  const scale = 10 ** decimals;
  const by = BigInt(divisor);
  return Number((BigInt(dividend) * BigInt(scale) * 2n + by) / (by * 2n)) / scale;
}

function percentilesOf(figures: Figures | PlacedFigures): number[] {
  const { minExecutionTimeMs: min, maxExecutionTimeMs: max } = figures;
  if (min === null || max === null) return [];
  const places = 'histogram' in figures ? percentilePlaces(figures.histogram) : figures.percentilePlaces;
  return places.map((bucket) => durationIn(bucket, min, max));
}

/** A percentile may hold a fraction of a millisecond: microseconds are what 6 decimals can show. */
function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1_000_000;
}
