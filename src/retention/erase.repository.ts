import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const BATCH = 10_000;
const MAX_BATCHES = 100_000;

/** Everything that belongs to a client beside its executions; the client itself goes last. */
const TABLES = [
  'metrics_aggregations',
  'dirty_days',
  'coverage_gaps',
  'pending_executions',
  'workflow_time_saved',
  'filter_rule_sets',
  'workflows',
  'api_keys',
  'sync_epochs',
  'sync_states',
];

/** Erases what is left of a deleted client. */
@Injectable()
export class EraseRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether the client was deleted; `null` when nothing is left of it. */
  async isDeleted(clientId: number): Promise<boolean | null> {
    const [row] = await this.dataSource.query<{ deleted: boolean }[]>(
      'SELECT deleted_at IS NOT NULL AS deleted FROM clients WHERE id = $1',
      [clientId],
    );
    return row?.deleted ?? null;
  }

  /** Removes every row in bounded steps. @returns rows removed by table */
  async erase(clientId: number, signal?: AbortSignal): Promise<Record<string, number>> {
    const removed: Record<string, number> = { workflow_executions: 0 };
    for (let n = 0; n < MAX_BATCHES; n += 1) {
      signal?.throwIfAborted();
      const [, count] = await this.dataSource.query<[unknown[], number]>(
        `DELETE FROM workflow_executions WHERE (client_id, epoch, n8n_execution_id, started_at) IN
           (SELECT client_id, epoch, n8n_execution_id, started_at FROM workflow_executions WHERE client_id = $1 LIMIT ${BATCH})`,
        [clientId],
      );
      removed.workflow_executions = (removed.workflow_executions ?? 0) + count;
      if (count < BATCH) break;
    }
    for (const table of TABLES) {
      const [, count] = await this.dataSource.query<[unknown[], number]>(`DELETE FROM ${table} WHERE client_id = $1`, [clientId]);
      removed[table] = count;
    }
    // The run of the erasure itself stays: it is the proof.
    const [, runs] = await this.dataSource.query<[unknown[], number]>(
      `DELETE FROM job_runs WHERE client_id = $1 AND name <> 'erase-client'`,
      [clientId],
    );
    removed.job_runs = runs;
    await this.dataSource.query('DELETE FROM clients WHERE id = $1 AND deleted_at IS NOT NULL', [clientId]);
    return removed;
  }

  /** Rows that still carry the client's id: proof that the erasure is complete. */
  async left(clientId: number): Promise<number> {
    const counts = ['workflow_executions', ...TABLES].map((table) => `SELECT count(*) AS n FROM ${table} WHERE client_id = $1`);
    const [row] = await this.dataSource.query<{ n: string }[]>(`SELECT sum(n) AS n FROM (${counts.join(' UNION ALL ')}) c`, [
      clientId,
    ]);
    return Number(row?.n ?? 0);
  }
}
