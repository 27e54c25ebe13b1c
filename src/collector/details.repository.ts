import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ClientLockState } from '../database/index.js';

/** A failure whose error text is not fetched yet. */
export interface PendingDetail {
  id: string;
  epoch: number;
  startedAt: Date;
  workflowId: number;
  mode: string;
  status: string;
  executionTimeMs: number | null;
}

/** What a detail request brought, ready to be stored. */
export interface DetailUpdate {
  status: string;
  isProduction: boolean;
  filterReason: string;
  ruleVersion: number;
  message: string | null;
  node: string | null;
  type: string | null;
  testIndicator: string | null;
}

interface PendingRow {
  id: string;
  epoch: number;
  started_at: Date;
  workflow_id: string;
  mode: string;
  status: string;
  execution_time_ms: string | null;
}

const MAX_TRIES = 5;

/** The stream of failure details: newest first, resumable because each row says for itself what it lacks. */
@Injectable()
export class DetailsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Failures without detail, newest first, older than `before` when given (to go on after one that cannot be had now). */
  async pending(clientId: number, before: Date | null, max: number): Promise<PendingDetail[]> {
    const rows = await this.dataSource.query<PendingRow[]>(
      `SELECT n8n_execution_id AS id, epoch, started_at, workflow_id, mode, status, execution_time_ms
         FROM workflow_executions WHERE client_id = $1 AND detail_state = 'pending' AND started_at < coalesce($2, 'infinity'::timestamptz)
        ORDER BY started_at DESC LIMIT $3`,
      [clientId, before, max],
    );
    return rows.map((row) => ({
      id: row.id,
      epoch: row.epoch,
      startedAt: row.started_at,
      workflowId: Number(row.workflow_id),
      mode: row.mode,
      status: row.status,
      executionTimeMs: row.execution_time_ms === null ? null : Number(row.execution_time_ms),
    }));
  }

  /** How many failures still lack their detail. */
  async countPending(clientId: number): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM workflow_executions WHERE client_id = $1 AND detail_state = 'pending'`,
      [clientId],
    );
    return Number(row?.n ?? 0);
  }

  /** Stores a detail with the verdict that it leads to. @returns whether a figure may have changed */
  async store(
    manager: EntityManager,
    state: ClientLockState,
    detail: PendingDetail,
    update: DetailUpdate,
    now: Date,
  ): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE workflow_executions e
          SET status = $5, is_production = $6, filter_reason = $7, rule_version = $8, error_message = $9, error_node = $10, error_type = $11,
              test_indicator = $12, detail_state = 'done', last_changed_at = $13
         FROM (SELECT is_production FROM workflow_executions WHERE client_id = $1 AND epoch = $2 AND n8n_execution_id = $3 AND started_at = $4) old
        WHERE e.client_id = $1 AND e.epoch = $2 AND e.n8n_execution_id = $3 AND e.started_at = $4 AND e.detail_state = 'pending'
        RETURNING old.is_production <> e.is_production AS moved`,
      [
        state.clientId,
        detail.epoch,
        detail.id,
        detail.startedAt,
        update.status,
        update.isProduction,
        update.filterReason,
        update.ruleVersion,
        update.message,
        update.node,
        update.type,
        update.testIndicator,
        now,
      ],
    );
    return (rows as { moved: boolean }[]).some((row) => row.moved);
  }

  /**
   * The detail cannot be had: for good (`giveUp`, with the reason), or this time; after five times for good.
   * @returns whether it was given up
   */
  async missed(
    manager: EntityManager,
    clientId: number,
    detail: PendingDetail,
    reason: string,
    giveUp: boolean,
  ): Promise<boolean> {
    const [rows] = await manager.query<[{ given_up: boolean }[], number]>(
      `UPDATE workflow_executions SET detail_tries = detail_tries + 1,
              detail_state = CASE WHEN $6 OR detail_tries + 1 >= ${MAX_TRIES} THEN 'unavailable' ELSE 'pending' END,
              error_type = CASE WHEN $6 OR detail_tries + 1 >= ${MAX_TRIES} THEN $5 ELSE error_type END
        WHERE client_id = $1 AND epoch = $2 AND n8n_execution_id = $3 AND started_at = $4 AND detail_state = 'pending'
        RETURNING detail_state = 'unavailable' AS given_up`,
      [clientId, detail.epoch, detail.id, detail.startedAt, reason, giveUp],
    );
    return rows.some((row) => row.given_up);
  }
}
