import { Client } from 'pg';
import { type ExecutionRow } from '../../src/collector/execution-row.js';

/** PostgreSQL's bigint comes as text. */
type StoredRow = Omit<ExecutionRow, 'workflowId' | 'executionTimeMs'> & { workflowId: string; executionTimeMs: string | null };

/** A client and how many executions its instance lists. */
export interface Expected {
  clientId: number;
  listed: number;
}

/** @throws Error when a client lacks executions that its instance lists: its figure would be that of less work */
export async function requireAllStored(url: string, expected: readonly Expected[]): Promise<void> {
  const rows = await query<{ client_id: number; n: string }>(
    url,
    'SELECT client_id, count(*) AS n FROM workflow_executions GROUP BY client_id',
  );
  const stored = new Map(rows.map((row) => [row.client_id, Number(row.n)]));
  for (const { clientId, listed } of expected) {
    const n = stored.get(clientId) ?? 0;
    if (n < listed) throw new Error(`${n} executions of client ${clientId} are stored, its instance lists ${listed}`);
  }
}

/** A client's stored executions as the collector handed them over, newest first as n8n lists them. */
export async function storedRows(url: string, clientId: number): Promise<ExecutionRow[]> {
  const rows = await query<StoredRow>(
    url,
    `SELECT n8n_execution_id AS id, started_at AS "startedAt", workflow_id AS "workflowId", status, mode, finished_at AS "finishedAt",
            wait_till AS "waitTill", execution_time_ms AS "executionTimeMs", is_production AS "isProduction",
            filter_reason AS "filterReason", retry_of AS "retryOf", retry_success_id AS "retrySuccessId", detail_state AS "detailState"
       FROM workflow_executions WHERE client_id = $1 ORDER BY length(n8n_execution_id) DESC, n8n_execution_id DESC`,
    [clientId],
  );
  return rows.map((row) => ({
    ...row,
    workflowId: Number(row.workflowId),
    executionTimeMs: row.executionTimeMs === null ? null : Number(row.executionTimeMs),
  }));
}

async function query<Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
