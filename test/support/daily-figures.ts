/** The figures of one local day. */
export interface DayCounts {
  day: string;
  total: number;
  successful: number;
  failed: number;
  canceled: number;
  open: number;
  excluded: number;
}

/** The figures of every day as the stored executions give them; `$1`: the client. */
export const rawDays = `
  SELECT to_char(e.started_at AT TIME ZONE c.timezone, 'YYYY-MM-DD') AS day,
         (count(*) FILTER (WHERE e.is_production AND e.status IN ('success', 'error', 'crashed')))::int AS total,
         (count(*) FILTER (WHERE e.is_production AND e.status = 'success'))::int AS successful,
         (count(*) FILTER (WHERE e.is_production AND e.status IN ('error', 'crashed')))::int AS failed,
         (count(*) FILTER (WHERE e.is_production AND e.status = 'canceled'))::int AS canceled,
         (count(*) FILTER (WHERE e.is_production AND e.status NOT IN ('success', 'error', 'crashed', 'canceled', 'vanished')))::int AS open,
         (count(*) FILTER (WHERE NOT e.is_production))::int AS excluded
    FROM workflow_executions e JOIN clients c ON c.id = e.client_id
   WHERE e.client_id = $1 AND NOT (e.is_production AND e.status = 'vanished') GROUP BY 1 ORDER BY 1`;

/** The same figures as they are rolled up. */
export const rolledUpDays = `
  SELECT to_char(period_start, 'YYYY-MM-DD') AS day, total_executions::int AS total, successful_executions::int AS successful,
         failed_executions::int AS failed, canceled_executions::int AS canceled, open_executions::int AS open,
         excluded_executions::int AS excluded
    FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0 ORDER BY period_start`;
