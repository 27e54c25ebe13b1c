import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** A stored execution with what its verdict depends on. */
export interface StoredVerdict {
  epoch: number;
  id: string;
  startedAt: Date;
  workflowId: number;
  mode: string;
  status: string;
  executionTimeMs: number | null;
  testIndicator: string | null;
  isProduction: boolean;
  filterReason: string;
}

/** A verdict that differs from the stored one. */
export interface NewVerdict {
  epoch: number;
  id: string;
  startedAt: Date;
  isProduction: boolean;
  filterReason: string;
}

interface VerdictRow {
  epoch: number;
  id: string;
  started_at: Date;
  workflow_id: string;
  mode: string;
  status: string;
  execution_time_ms: string | null;
  test_indicator: string | null;
  is_production: boolean;
  filter_reason: string;
}

/** Reads stored verdicts in bounded batches, oldest first, and writes those that changed. */
@Injectable()
export class ReclassifyRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Executions that started at `from` or later, of one workflow or of all; all rows of the last instant come along. */
  async batch(
    manager: EntityManager,
    clientId: number,
    workflowId: number | null,
    from: Date,
    max: number,
  ): Promise<StoredVerdict[]> {
    const rows = await manager.query<VerdictRow[]>(
      `SELECT epoch, n8n_execution_id AS id, started_at, workflow_id, mode, status, execution_time_ms, test_indicator, is_production, filter_reason
         FROM workflow_executions
        WHERE client_id = $1 AND started_at >= $2 ${workflowId === null ? '' : 'AND workflow_id = $4'}
        ORDER BY started_at FETCH FIRST $3 ROWS WITH TIES`,
      workflowId === null ? [clientId, from, max] : [clientId, from, max, workflowId],
    );
    return rows.map((row) => ({
      epoch: row.epoch,
      id: row.id,
      startedAt: row.started_at,
      workflowId: Number(row.workflow_id),
      mode: row.mode,
      status: row.status,
      executionTimeMs: row.execution_time_ms === null ? null : Number(row.execution_time_ms),
      testIndicator: row.test_indicator,
      isProduction: row.is_production,
      filterReason: row.filter_reason,
    }));
  }

  /** Writes changed verdicts in one statement. */
  async write(
    manager: EntityManager,
    clientId: number,
    ruleVersion: number,
    verdicts: readonly NewVerdict[],
    now: Date,
  ): Promise<void> {
    if (verdicts.length === 0) return;
    await manager.query(
      `UPDATE workflow_executions e
          SET is_production = i.is_production, filter_reason = i.filter_reason, rule_version = $2, last_changed_at = $8
         FROM unnest($3::integer[], $4::text[], $5::timestamptz[], $6::boolean[], $7::text[])
              AS i(epoch, id, started_at, is_production, filter_reason)
        WHERE e.client_id = $1 AND e.epoch = i.epoch AND e.n8n_execution_id = i.id AND e.started_at = i.started_at`,
      [
        clientId,
        ruleVersion,
        verdicts.map((verdict) => verdict.epoch),
        verdicts.map((verdict) => verdict.id),
        verdicts.map((verdict) => verdict.startedAt),
        verdicts.map((verdict) => verdict.isProduction),
        verdicts.map((verdict) => verdict.filterReason),
        now,
      ],
    );
  }

  /** Workflows whose executions still carry verdicts made with an older name or older tags. */
  async markedWorkflows(clientId: number, max: number): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM workflows WHERE client_id = $1 AND reclassify_from IS NOT NULL ORDER BY id LIMIT $2',
      [clientId, max],
    );
    return rows.map((row) => Number(row.id));
  }

  /** From where on a workflow's executions are to be judged again; `null` when there is nothing to do. Call it under the lock. */
  async mark(manager: EntityManager, clientId: number, workflowId: number): Promise<Date | null> {
    const [row] = await manager.query<{ reclassify_from: Date | null }[]>(
      'SELECT reclassify_from FROM workflows WHERE client_id = $1 AND id = $2',
      [clientId, workflowId],
    );
    return row?.reclassify_from ?? null;
  }

  /** Moves or removes the mark of a workflow. */
  async setMark(manager: EntityManager, clientId: number, workflowId: number, from: Date | null): Promise<void> {
    await manager.query('UPDATE workflows SET reclassify_from = $3 WHERE client_id = $1 AND id = $2', [
      clientId,
      workflowId,
      from,
    ]);
  }
}
