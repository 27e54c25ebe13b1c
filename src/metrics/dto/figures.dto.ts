import { type ServedFigures } from '../../aggregator/index.js';

/** Figures over production executions that started in the period. Absent figures are null, never 0. */
export class FiguresDto implements ServedFigures {
  /** Successful and failed executions.
   * @example 1204 */
  total_executions: number;

  /** Executions with n8n's status success.
   * @example 1187 */
  successful_executions: number;

  /** Executions with n8n's status error or crashed.
   * @example 17 */
  failed_executions: number;

  /** Canceled executions: in no total and no rate.
   * @example 2 */
  canceled_executions: number;

  /** Executions that are not final yet (new, running, waiting): in no total and no rate.
   * @example 1 */
  open_executions: number;

  /** Executions that the production filter left out, whatever their status. They are in none of the other figures.
   * @example 96 */
  excluded_executions: number;

  /** Percent: 100 * successful / total. Null when there was none.
   * @example 98.588 */
  success_rate: number | null;

  /** Percent, retries taken into account: a failure whose retry succeeded counts as a success, the retry itself not at all.
   * @example 99.2519 */
  effective_success_rate: number | null;

  /** Mean duration of successful and failed executions, waiting included.
   * @example 3.420518 */
  avg_execution_time_seconds: number | null;

  /** Shortest duration.
   * @example 0.112 */
  min_execution_time_seconds: number | null;

  /** Longest duration.
   * @example 64.902 */
  max_execution_time_seconds: number | null;

  /** Median duration, at most 1 % off.
   * @example 2.801 */
  p50_execution_time_seconds: number | null;

  /** Duration that 95 % of the executions kept within, at most 1 % off.
   * @example 9.117 */
  p95_execution_time_seconds: number | null;

  /** Duration that 99 % of the executions kept within, at most 1 % off.
   * @example 21.5 */
  p99_execution_time_seconds: number | null;

  /** Exact sum of the durations, in milliseconds.
   * @example 4118304 */
  total_execution_time_ms: number;

  /** Executions whose duration is in the sums and percentiles.
   * @example 1204 */
  timed_executions: number;

  /** Successful and failed executions without a valid duration: they stay out of the durations.
   * @example 0 */
  duration_anomalies: number;

  /** Hours saved by successful executions. Null when no workflow that ran had a value.
   * @example 98.916667 */
  time_saved_hours: number | null;

  /** Share of the successful executions, 0 to 1, whose workflow had a time-saved value.
   * @example 0.9 */
  time_saved_coverage: number | null;
}

/** Where figures come from and whether they are final. */
export class ProvenanceDto extends FiguresDto {
  /** True while the period is running: its figures still grow.
   * @example false */
  is_partial: boolean;

  /** `rollup`: precomputed; `raw`: counted from stored executions just now; `mixed`: some days of each.
   * @example 'rollup' */
  source: 'rollup' | 'raw' | 'mixed';

  /** When the newest precomputed part was computed; null when nothing of it is precomputed.
   * @example '2026-03-02T02:00:04.120Z' */
  computed_at: string | null;

  /** True at the seam of a change of the client's time zone: its days overlap or lose hours, and sums do not add up.
   * @example false */
  mixed_zone: boolean;
}
