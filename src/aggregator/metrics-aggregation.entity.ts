import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type LocalDay, type PeriodType } from '../common/index.js';
import { bigintNumber } from '../database/index.js';

const key = { primaryKeyConstraintName: 'pk_metrics_aggregations' };
const count = { type: 'bigint', transformer: bigintNumber } as const;

/** One rollup row. Rows are written by set-based SQL only; the entity is what the schema is checked against. */
@Entity('metrics_aggregations')
@Check('ck_metrics_aggregations_period_type', "period_type IN ('daily', 'weekly', 'monthly')")
@Check('ck_metrics_aggregations_total', 'total_executions = successful_executions + failed_executions')
@Check('ck_metrics_aggregations_timed', 'total_executions = timed_executions + duration_anomalies')
@Check('ck_metrics_aggregations_histogram', 'cardinality(duration_buckets) = cardinality(duration_counts)')
@Index('ix_metrics_aggregations_client_period', ['clientId', 'periodType', 'periodStart'])
export class MetricsAggregationEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', ...key })
  clientId: number;

  @PrimaryColumn({ name: 'period_type', type: 'text', ...key })
  periodType: PeriodType;

  /** 0 = the whole client. */
  @PrimaryColumn({ name: 'workflow_id', ...count, ...key })
  workflowId: number;

  @PrimaryColumn({ name: 'period_start', type: 'date', ...key })
  periodStart: LocalDay;

  @Column({ name: 'total_executions', ...count })
  totalExecutions: number;

  @Column({ name: 'successful_executions', ...count })
  successfulExecutions: number;

  @Column({ name: 'failed_executions', ...count })
  failedExecutions: number;

  @Column({ name: 'canceled_executions', ...count })
  canceledExecutions: number;

  @Column({ name: 'open_executions', ...count })
  openExecutions: number;

  @Column({ name: 'excluded_executions', ...count })
  excludedExecutions: number;

  @Column({ name: 'original_successes', ...count })
  originalSuccesses: number;

  @Column({ name: 'original_failures', ...count })
  originalFailures: number;

  @Column({ name: 'recovered_failures', ...count })
  recoveredFailures: number;

  @Column({ name: 'timed_executions', ...count })
  timedExecutions: number;

  @Column({ name: 'duration_anomalies', ...count })
  durationAnomalies: number;

  @Column({ name: 'total_execution_time_ms', type: 'bigint' })
  totalExecutionTimeMs: string;

  @Column({ name: 'min_execution_time_ms', ...count, nullable: true })
  minExecutionTimeMs: number | null;

  @Column({ name: 'max_execution_time_ms', ...count, nullable: true })
  maxExecutionTimeMs: number | null;

  /** Numbers of the non-empty buckets, rising. */
  @Column({ name: 'duration_buckets', type: 'smallint', array: true })
  durationBuckets: number[];

  @Column({ name: 'duration_counts', type: 'bigint', array: true })
  durationCounts: string[];

  @Column({ name: 'successes_with_value', ...count })
  successesWithValue: number;

  @Column({ name: 'time_saved_ms', type: 'bigint' })
  timeSavedMs: string;

  @Column({ name: 'success_rate', type: 'numeric', precision: 7, scale: 4, nullable: true })
  successRate: string | null;

  @Column({ name: 'avg_execution_time_seconds', type: 'numeric', precision: 20, scale: 6, nullable: true })
  avgExecutionTimeSeconds: string | null;

  /** The buckets of p50, p95 and p99, kept by a trigger; none without durations. */
  @Column({ name: 'duration_percentiles', type: 'smallint', array: true })
  durationPercentiles: number[];

  @Column({ name: 'time_saved_hours', type: 'numeric', precision: 20, scale: 6, nullable: true })
  timeSavedHours: string | null;

  /** The zone the days of this row were cut in; the newest one when they differ. */
  @Column({ type: 'text' })
  timezone: string;

  /** A day beside it was cut in another zone: hours overlap or are missing. */
  @Column({ name: 'mixed_zone', type: 'boolean' })
  mixedZone: boolean;

  @Column({ name: 'computed_at', type: 'timestamptz', precision: 3 })
  computedAt: Date;
}
