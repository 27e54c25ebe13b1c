import { type DataSource } from 'typeorm';

/** An execution as the service has stored it. */
export interface StoredRow {
  epoch: number;
  id: string;
  workflow: string;
  status: string;
  mode: string;
  started_at: Date;
  finished_at: Date | null;
  execution_time_ms: string | null;
  retry_of: string | null;
  retry_success_id: string | null;
  detail_state: string;
}

/** A row of `coverage_gaps`; `to_at` null: still going on. */
export interface StoredGap {
  from_at: Date;
  to_at: Date | null;
  reason: string;
  missing_ids: string | null;
  /** The ids themselves, as a multirange; null when not known. */
  ids: string | null;
}

/** What keeps a client from being at rest. */
export interface Unrest {
  missing: number;
  details: number;
  walking: boolean;
}

/** Reads what the replicas have written for one client. */
export class Store {
  constructor(
    private readonly dataSource: DataSource,
    readonly clientId: number,
  ) {}

  async executions(): Promise<StoredRow[]> {
    return this.query<StoredRow>(
      `SELECT e.epoch, e.n8n_execution_id AS id, w.n8n_workflow_id AS workflow, e.status, e.mode, e.started_at, e.finished_at,
              e.execution_time_ms, e.retry_of, e.retry_success_id, e.detail_state
         FROM workflow_executions e JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
        WHERE e.client_id = $1 ORDER BY e.epoch, e.started_at`,
    );
  }

  async gaps(): Promise<StoredGap[]> {
    return this.query<StoredGap>('SELECT * FROM coverage_gaps WHERE client_id = $1 ORDER BY id');
  }

  async workflowNames(): Promise<Map<string, string>> {
    const rows = await this.query<{ id: string; name: string }>(
      'SELECT n8n_workflow_id AS id, name FROM workflows WHERE client_id = $1',
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async unrest(): Promise<Unrest> {
    const [row] = await this.query<Unrest>(
      `SELECT (SELECT count(*)::int FROM pending_executions p WHERE p.client_id = $1 AND p.kind = 'missing') AS missing,
              (SELECT count(*)::int FROM workflow_executions e WHERE e.client_id = $1 AND e.detail_state = 'pending') AS details,
              s.walk_position IS NOT NULL AS walking
         FROM sync_states s WHERE s.client_id = $1`,
    );
    return row ?? { missing: 0, details: 0, walking: false };
  }

  /** Ends every connection to the database but this one, as a failover does. */
  async cutConnections(): Promise<void> {
    await this.dataSource.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  }

  async query<Row extends object>(sql: string): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, [this.clientId]);
  }
}
