/**
 * The SELECTs that make figures, as texts with fixed parameters. One text serves the writer, the reader of dirty days and
 * the audit, so that they cannot disagree.
 */

/** Columns of `metrics_aggregations` that hold figures, in table order; all SELECTs here give them under these names. */
export const figureColumns = [
  'total_executions',
  'successful_executions',
  'failed_executions',
  'canceled_executions',
  'open_executions',
  'excluded_executions',
  'original_successes',
  'original_failures',
  'recovered_failures',
  'timed_executions',
  'duration_anomalies',
  'total_execution_time_ms',
  'min_execution_time_ms',
  'max_execution_time_ms',
  'duration_buckets',
  'duration_counts',
  'successes_with_value',
  'time_saved_ms',
] as const;

/** What is read of the durations beside their sums. */
const arraysOf = {
  sums: [],
  places: ['duration_percentiles'],
  histogram: ['duration_buckets', 'duration_counts'],
} as const;

/** Figures that are added up when rows are merged. */
export const sums = figureColumns.filter((column) => !/^(min|max|duration_buckets|duration_counts)/.test(column));

const mergedSums = (indent: string): string => sums.map((column) => `sum(${column})::bigint AS ${column}`).join(`,\n${indent}`);

/** How an execution counts, as numbers: ten aggregates compare it for every row. The first two are the ones that ended by themselves. */
const KIND = { successful: 1, failed: 2, canceled: 3, open: 4, excluded: 5 } as const;

/**
 * CTEs ending in `fresh(day, workflow_id, figures...)`: the figures of local days from raw executions, a row per workflow
 * and one of the whole client (workflow 0); none where there is nothing to count.
 * $1 client, $2 days, $3 and $4 their first instants and ends (rising), $5 bounds of the histogram,
 * $6 one workflow, 0 the client alone, null everything.
 */
export const rawFigures = `
days AS (
  SELECT * FROM unnest($2::date[], $3::timestamptz[], $4::timestamptz[]) AS d(day, from_at, to_at)
), saved AS (
  SELECT workflow_id,
         array_agg(valid_from ORDER BY valid_from) FILTER (WHERE source = 'manual') AS hand_from,
         array_agg(minutes ORDER BY valid_from) FILTER (WHERE source = 'manual') AS hand_minutes,
         array_agg(valid_from ORDER BY valid_from) FILTER (WHERE source = 'n8n') AS n8n_from,
         array_agg(minutes ORDER BY valid_from) FILTER (WHERE source = 'n8n') AS n8n_minutes
    FROM workflow_time_saved WHERE client_id = $1 GROUP BY workflow_id
), runs AS MATERIALIZED (
  SELECT d.day, e.workflow_id,
         CASE WHEN NOT e.is_production THEN ${KIND.excluded}
              WHEN e.status = 'success' THEN ${KIND.successful}
              WHEN e.status IN ('error', 'crashed') THEN ${KIND.failed}
              WHEN e.status = 'canceled' THEN ${KIND.canceled}
              WHEN e.status <> 'vanished' THEN ${KIND.open} END AS kind,
         e.retry_of IS NULL AS original,
         e.retry_success_id IS NOT NULL AS recovered,
         CASE WHEN e.is_production AND e.status IN ('success', 'error', 'crashed') AND e.execution_time_ms >= 0
              THEN e.execution_time_ms END AS ms,
         CASE WHEN e.is_production AND e.status = 'success' AND e.mode <> 'error'
              THEN 60000 * coalesce(s.hand_minutes[width_bucket(e.started_at, s.hand_from)],
                                    s.n8n_minutes[width_bucket(e.started_at, s.n8n_from)]) END AS saved_ms
    FROM days d
    JOIN workflow_executions e ON e.client_id = $1 AND e.started_at >= d.from_at AND e.started_at < d.to_at
     AND e.started_at >= ($3::timestamptz[])[1] AND e.started_at < ($4::timestamptz[])[cardinality($4::timestamptz[])]
     AND ($6::bigint IS NULL OR $6 = 0 OR e.workflow_id = $6)
    LEFT JOIN saved s ON s.workflow_id = e.workflow_id
), counted AS (
  SELECT day, workflow_id,
         count(*) FILTER (WHERE kind <= ${KIND.failed}) AS total_executions,
         count(*) FILTER (WHERE kind = ${KIND.successful}) AS successful_executions,
         count(*) FILTER (WHERE kind = ${KIND.failed}) AS failed_executions,
         count(*) FILTER (WHERE kind = ${KIND.canceled}) AS canceled_executions,
         count(*) FILTER (WHERE kind = ${KIND.open}) AS open_executions,
         count(*) FILTER (WHERE kind = ${KIND.excluded}) AS excluded_executions,
         count(*) FILTER (WHERE kind = ${KIND.successful} AND original) AS original_successes,
         count(*) FILTER (WHERE kind = ${KIND.failed} AND original) AS original_failures,
         count(*) FILTER (WHERE kind = ${KIND.failed} AND original AND recovered) AS recovered_failures,
         count(ms) AS timed_executions,
         count(*) FILTER (WHERE kind <= ${KIND.failed} AND ms IS NULL) AS duration_anomalies,
         coalesce(sum(ms), 0) AS total_execution_time_ms,
         min(ms) AS min_execution_time_ms,
         max(ms) AS max_execution_time_ms,
         count(saved_ms) AS successes_with_value,
         coalesce(sum(saved_ms), 0) AS time_saved_ms
    FROM runs WHERE kind IS NOT NULL GROUP BY day, workflow_id
), spread AS (
  SELECT day, workflow_id, width_bucket(ms, $5::bigint[])::smallint AS bucket, count(*) AS n
    FROM runs WHERE ms IS NOT NULL GROUP BY day, workflow_id, bucket
), histograms AS (
  SELECT day, workflow_id, array_agg(bucket ORDER BY bucket) AS duration_buckets, array_agg(n ORDER BY bucket) AS duration_counts
    FROM (SELECT day, workflow_id, bucket, n FROM spread
           UNION ALL SELECT day, 0, bucket, sum(n::integer) FROM spread GROUP BY day, bucket) AS of_all
   GROUP BY day, workflow_id
), fresh AS (
  SELECT f.*, coalesce(h.duration_buckets, '{}') AS duration_buckets, coalesce(h.duration_counts, '{}') AS duration_counts
    FROM (SELECT day, CASE WHEN GROUPING(workflow_id) = 1 THEN 0 ELSE workflow_id END AS workflow_id,
                 ${mergedSums('                 ')},
                 min(min_execution_time_ms) AS min_execution_time_ms,
                 max(max_execution_time_ms) AS max_execution_time_ms
            FROM counted GROUP BY GROUPING SETS ((day, workflow_id), (day))) AS f
    LEFT JOIN histograms h USING (day, workflow_id)
   WHERE $6::bigint IS NULL OR workflow_id = $6
)`;

/**
 * CTEs ending in `merged(start, workflow_id, timezone, figures...)`: the day rows of each of `periods(start, last)` as one
 * row per workflow, with the zone of its newest day. Histograms are merged group by group through the key, not in one join of everything: that stays fast when the
 * planner knows little of the table. A day has less than 2^31 executions: sums of integers cost half of those of bigints. $1 client.
 * @param workflows a condition on the day rows `d`
 */
export const mergedFigures = (workflows: string): string => `
summed AS (
  SELECT p.start, p.last, d.workflow_id, ${mergedSums('         ')},
         min(d.min_execution_time_ms) AS min_execution_time_ms,
         max(d.max_execution_time_ms) AS max_execution_time_ms,
         (array_agg(d.timezone ORDER BY d.period_start DESC))[1] AS timezone
    FROM periods p
    JOIN metrics_aggregations d ON d.client_id = $1 AND d.period_type = 'daily' AND d.period_start BETWEEN p.start AND p.last
   WHERE ${workflows}
   GROUP BY p.start, p.last, d.workflow_id
), merged AS (
  SELECT summed.*, spread.duration_buckets, spread.duration_counts
    FROM summed CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(bucket ORDER BY bucket), '{}') AS duration_buckets,
             coalesce(array_agg(n ORDER BY bucket), '{}') AS duration_counts
        FROM (SELECT bucket, sum(n::integer) AS n
                FROM (SELECT unnest(d.duration_buckets) AS bucket, unnest(d.duration_counts) AS n
                        FROM metrics_aggregations d
                       WHERE d.client_id = $1 AND d.period_type = 'daily' AND d.workflow_id = summed.workflow_id
                         AND d.period_start BETWEEN summed.start AND summed.last) AS h
               GROUP BY bucket) AS histogram
    ) AS spread
)`;

/** The figure columns of a table or CTE, for a SELECT list. */
export const figureList = (alias: string): string => figureColumns.map((column) => `${alias}.${column}`).join(', ');

/** The same for this process, as far as it is needed there; arrays as text, which is read several times faster than the driver reads them. */
export function readableFigureList(alias: string, detail: keyof typeof arraysOf): string {
  const plain = figureColumns.filter((column) => !/^duration_(buckets|counts)$/.test(column));
  return [
    ...plain.map((column) => `${alias}.${column}`),
    ...arraysOf[detail].map((column) => `${alias}.${column}::text AS ${column}`),
  ].join(', ');
}

/** What is stored beside the figures, made of the figures `f` by the statement that writes or checks them. */
export const displayFigures: Readonly<Record<'success_rate' | 'avg_execution_time_seconds' | 'time_saved_hours', string>> = {
  success_rate: 'round(100 * f.successful_executions::numeric / nullif(f.total_executions, 0), 4)',
  avg_execution_time_seconds: 'round(f.total_execution_time_ms::numeric / (1000 * nullif(f.timed_executions, 0)), 6)',
  time_saved_hours: 'CASE WHEN f.successes_with_value > 0 THEN round(f.time_saved_ms::numeric / 3600000, 6) END',
};
