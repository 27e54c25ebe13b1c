import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What is stored at the far end of an instance's window. */
@Injectable()
export class ExecutionWindowReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** The lowest numeric id of a success among the oldest 1,000 executions of the database that answers now; `null` when there is none. */
  async lowestSuccess(clientId: number): Promise<string | null> {
    const [row] = await this.dataSource.query<{ id: string | null }[]>(
      `SELECT min(id) AS id FROM (
         SELECT CASE WHEN n8n_execution_id ~ '^\\d{1,18}$' AND status = 'success' THEN n8n_execution_id::bigint END AS id
           FROM workflow_executions
          WHERE client_id = $1 AND epoch = (SELECT s.epoch FROM sync_states s WHERE s.client_id = $1)
          ORDER BY started_at LIMIT 1000) oldest`,
      [clientId],
    );
    return row?.id ?? null;
  }

  /** Stored executions of the database that answers now which started at an instant or later. */
  async countFrom(clientId: number, from: Date): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM workflow_executions WHERE client_id = $1 AND started_at >= $2
          AND epoch = (SELECT s.epoch FROM sync_states s WHERE s.client_id = $1)`,
      [clientId, from],
    );
    return Number(row?.n ?? 0);
  }
}
