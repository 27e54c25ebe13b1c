import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** How collecting from one client is going, in the few figures that are cheap to read of all clients at once. */
export interface ClientGauges {
  clientId: number;
  enabled: boolean;
  syncIntervalMinutes: number | null;
  executionsSyncedAt: Date | null;
  consecutiveFailures: number;
  /** Until then the instance is left alone. */
  circuitOpenUntil: Date | null;
  coverageGaps: number;
  /** Ids in those gaps; an upper bound of what is missing. */
  missingExecutions: number;
  dirtyDays: number;
}

/** More clients are not looked at. */
const MAX_CLIENTS = 10_000;

interface Row {
  id: number;
  enabled: boolean;
  sync_interval_minutes: number | null;
  executions_synced_at: Date | null;
  consecutive_failures: number;
  circuit_open_until: Date | null;
  gaps: string;
  missing: string;
  days: string;
}

/** For probes and Prometheus, which ask every few seconds: it touches no execution. */
@Injectable()
export class ClientGaugesReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** Every client that is not deleted, by id. */
  async all(manager: EntityManager = this.dataSource.manager): Promise<ClientGauges[]> {
    const rows = await manager.query<Row[]>(
      `SELECT c.id, c.enabled, c.sync_interval_minutes, s.executions_synced_at, s.consecutive_failures, s.circuit_open_until,
              coalesce(g.gaps, 0) AS gaps, coalesce(g.missing, 0) AS missing, coalesce(d.days, 0) AS days
         FROM clients c JOIN sync_states s ON s.client_id = c.id
         LEFT JOIN (SELECT client_id, count(*) AS gaps, sum(missing_ids) AS missing FROM coverage_gaps GROUP BY 1) g
                ON g.client_id = c.id
         LEFT JOIN (SELECT client_id, count(*) AS days FROM dirty_days GROUP BY 1) d ON d.client_id = c.id
        WHERE c.deleted_at IS NULL ORDER BY c.id LIMIT ${MAX_CLIENTS}`,
    );
    return rows.map((row) => ({
      clientId: row.id,
      enabled: row.enabled,
      syncIntervalMinutes: row.sync_interval_minutes,
      executionsSyncedAt: row.executions_synced_at,
      consecutiveFailures: row.consecutive_failures,
      circuitOpenUntil: row.circuit_open_until,
      coverageGaps: Number(row.gaps),
      missingExecutions: Number(row.missing),
      dirtyDays: Number(row.days),
    }));
  }
}
