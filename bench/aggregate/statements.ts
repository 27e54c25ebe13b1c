import { type DataSource } from 'typeorm';
import { histogramBounds } from '../../src/aggregator/histogram.js';

/** The least that makes figures with percentiles: one pass over the rows of a day, grouped by workflow and bucket of the histogram. */
export async function bareGroupBy(dataSource: DataSource, clientId: number, from: Date, to: Date): Promise<void> {
  const groups = await dataSource.query<unknown[]>(
    `SELECT workflow_id, width_bucket(execution_time_ms, $4::bigint[]) AS bucket, count(*), sum(execution_time_ms),
            min(execution_time_ms), max(execution_time_ms)
       FROM workflow_executions WHERE client_id = $1 AND started_at >= $2 AND started_at < $3
      GROUP BY workflow_id, bucket`,
    [clientId, from, to, histogramBounds],
  );
  if (groups.length === 0) throw new Error(`client ${clientId} has no executions from ${from.toISOString()} on`);
}

/** One execution of each workflow took a millisecond longer. */
export async function change(dataSource: DataSource, clientIds: readonly number[], from: Date): Promise<void> {
  await dataSource.query(
    `UPDATE workflow_executions e SET execution_time_ms = e.execution_time_ms + 1
       FROM (SELECT DISTINCT ON (client_id, workflow_id) client_id, epoch, n8n_execution_id, started_at FROM workflow_executions
              WHERE client_id = ANY($1) AND started_at >= $2 AND started_at < $2 + interval '1 day'
                AND is_production AND status = 'success'
              ORDER BY client_id, workflow_id, started_at) one
      WHERE (e.client_id, e.epoch, e.n8n_execution_id, e.started_at)
          = (one.client_id, one.epoch, one.n8n_execution_id, one.started_at)`,
    [clientIds, from],
  );
}
