/**
 * The rollups. `workflow_id` 0 is the whole client. The key puts the workflow before the date, because a series of one
 * workflow (or of the client) is the common read; all workflows of a range are read through the second index.
 * Sums are exact integers; the three display figures are written by the same statement as the sums they come from.
 */
export const createMetricsAggregations: string[] = [
  `CREATE TABLE metrics_aggregations (
    client_id integer NOT NULL,
    period_type text NOT NULL,
    period_start date NOT NULL,
    workflow_id bigint NOT NULL,
    total_executions bigint NOT NULL,
    successful_executions bigint NOT NULL,
    failed_executions bigint NOT NULL,
    canceled_executions bigint NOT NULL,
    open_executions bigint NOT NULL,
    excluded_executions bigint NOT NULL,
    original_successes bigint NOT NULL,
    original_failures bigint NOT NULL,
    recovered_failures bigint NOT NULL,
    timed_executions bigint NOT NULL,
    duration_anomalies bigint NOT NULL,
    total_execution_time_ms bigint NOT NULL,
    min_execution_time_ms bigint,
    max_execution_time_ms bigint,
    duration_buckets smallint[] NOT NULL,
    duration_counts bigint[] NOT NULL,
    successes_with_value bigint NOT NULL,
    time_saved_ms bigint NOT NULL,
    success_rate numeric(7,4),
    avg_execution_time_seconds numeric(20,6),
    time_saved_hours numeric(20,6),
    timezone text NOT NULL,
    mixed_zone boolean NOT NULL,
    computed_at timestamptz(3) NOT NULL,
    CONSTRAINT pk_metrics_aggregations PRIMARY KEY (client_id, period_type, workflow_id, period_start),
    CONSTRAINT ck_metrics_aggregations_period_type CHECK (period_type IN ('daily', 'weekly', 'monthly')),
    CONSTRAINT ck_metrics_aggregations_total CHECK (total_executions = successful_executions + failed_executions),
    CONSTRAINT ck_metrics_aggregations_timed CHECK (total_executions = timed_executions + duration_anomalies),
    CONSTRAINT ck_metrics_aggregations_histogram CHECK (cardinality(duration_buckets) = cardinality(duration_counts))
  )`,
  `CREATE INDEX ix_metrics_aggregations_client_period ON metrics_aggregations (client_id, period_type, period_start)`,
];

export const dropMetricsAggregations: string[] = [`DROP TABLE metrics_aggregations`];
