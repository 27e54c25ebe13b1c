import { displayFigures, figureColumns, sums } from './figures-sql.js';

const list = (expression: (column: string) => string): string => sums.map(expression).join(',\n         ');

/**
 * CTEs that move the week and the month of one day along with it: their figures, less what the day's rows were, plus what they
 * are now. What a day holds is little beside what its month does, and what changed of it is less. Exact, because everything is an integer and each
 * row was the sum of its days before: the client's lock sees to that. Where the difference does not tell what the row must be, it is left alone
 * and the workflow is missing in `shifted(type, workflow_id)`: it has to be merged anew.
 *
 * - there is no row yet,
 * - the day has no row for the workflow any more: whether anything is left, and which zone the newest day has, its days must say,
 * - an extreme of the period came from the day and the day does not reach it any more,
 * - rows were cut in another zone, which the newest day decides.
 *
 * Behind CTEs `fresh` (`rawFigures` of one day) and `changed(workflow_id)`, the day rows that were written. $1 client, $7 zone, $8 now,
 * $9 and $10 types and first days of its periods. The CTEs are materialized to be planned one by one: all in one
 * join take the planner longer than the work.
 */
export const shiftedPeriods = `difference AS MATERIALIZED (
  SELECT f.workflow_id, ${list((column) => `f.${column} - coalesce(b.${column}, 0) AS ${column}`)},
         f.min_execution_time_ms, f.max_execution_time_ms,
         b.min_execution_time_ms AS former_min, b.max_execution_time_ms AS former_max, moved.buckets, moved.counts
    FROM fresh f
    LEFT JOIN metrics_aggregations b
      ON b.client_id = $1 AND b.period_type = 'daily' AND b.workflow_id = f.workflow_id AND b.period_start = f.day
   CROSS JOIN LATERAL (
     SELECT coalesce(array_agg(bucket), '{}') AS buckets, coalesce(array_agg(n), '{}') AS counts
       FROM (SELECT bucket, sum(n::integer) AS n
               FROM (SELECT unnest(f.duration_buckets) AS bucket, unnest(f.duration_counts) AS n
                     UNION ALL SELECT unnest(b.duration_buckets), -unnest(b.duration_counts)) AS of_both
              GROUP BY bucket HAVING sum(n::integer) <> 0) AS differing
   ) AS moved
   WHERE coalesce(b.timezone, $7) = $7 AND f.workflow_id IN (SELECT workflow_id FROM changed)
), periods AS MATERIALIZED (
  SELECT type, start FROM unnest($9::text[], $10::date[]) AS p(type, start)
), expected AS MATERIALIZED (
  SELECT p.period_type, p.period_start, p.workflow_id, ${list((column) => `p.${column} + d.${column} AS ${column}`)},
         least(p.min_execution_time_ms, d.min_execution_time_ms) AS min_execution_time_ms,
         greatest(p.max_execution_time_ms, d.max_execution_time_ms) AS max_execution_time_ms,
         h.buckets AS duration_buckets, h.counts AS duration_counts
    FROM periods
    JOIN metrics_aggregations p ON p.client_id = $1 AND p.period_type = periods.type AND p.period_start = periods.start
    JOIN difference d USING (workflow_id)
   CROSS JOIN LATERAL shift_histogram(p.duration_buckets, p.duration_counts, d.buckets, d.counts) AS h
   WHERE p.timezone = $7 AND h.buckets IS NOT NULL
     AND (d.former_min IS NULL OR d.former_min > p.min_execution_time_ms OR d.min_execution_time_ms <= p.min_execution_time_ms)
     AND (d.former_max IS NULL OR d.former_max < p.max_execution_time_ms OR d.max_execution_time_ms >= p.max_execution_time_ms)
), shifted AS (
  UPDATE metrics_aggregations m
     SET ${[...figureColumns.map((column) => `${column} = f.${column}`), ...Object.entries(displayFigures).map(([column, figure]) => `${column} = ${figure}`)].join(', ')},
         computed_at = $8::timestamptz
    FROM expected f
   WHERE m.client_id = $1 AND m.period_type = f.period_type AND m.period_start = f.period_start AND m.workflow_id = f.workflow_id
  RETURNING m.period_type AS type, m.workflow_id
)`;
