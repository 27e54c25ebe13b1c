import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ClientLockState } from '../database/index.js';
import { epochOf, type Identity } from './epochs.js';
import { type ExecutionRow } from './execution-row.js';
import { compareIds } from './ids.js';
import { FINAL_STATUSES, isFinal, VANISHED } from './statuses.js';

/** A stored execution as far as comparing with n8n needs it. */
export interface StoredExecution extends Identity {
  startedAt: Date;
  isFinal: boolean;
}

/** Where an execution is stored. */
export interface Place {
  id: string;
  startedAt: Date;
}

interface StoredRow {
  id: string;
  status: string;
  mode: string;
  started_at: Date;
  finished_at: Date | null;
  n8n_workflow_id: string;
}

function toStored(row: StoredRow): StoredExecution {
  return {
    workflowId: row.n8n_workflow_id,
    mode: row.mode,
    stoppedAt: row.finished_at?.getTime() ?? null,
    startedAt: row.started_at,
    isFinal: isFinal(row.status),
  };
}

const finals = FINAL_STATUSES.map((status) => `'${status}'`).join(', ');

const byEnd = (a: ExecutionRow, b: ExecutionRow): number =>
  (a.finishedAt?.getTime() ?? 0) - (b.finishedAt?.getTime() ?? 0) || compareIds(a.id, b.id);

/**
 * Reads and writes stored executions. Writing needs the client's lock. Look-ups by id go through a lateral subquery that cannot be
 * pulled up: each id is one descent of the primary key, whatever the planner knows of a table that has just been filled.
 */
@Injectable()
export class ExecutionsRepository {
  /**
   * Takes out executions whose start has moved, so that they can be stored at the new one.
   * @param places where they are stored now
   */
  async removeMoved(manager: EntityManager, state: ClientLockState, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    await manager.query(
      `DELETE FROM workflow_executions e USING unnest($2::integer[], $3::text[], $4::timestamptz[]) AS i(epoch, id, started_at)
        WHERE e.client_id = $1 AND e.epoch = i.epoch AND e.n8n_execution_id = i.id AND e.started_at = i.started_at`,
      [
        state.clientId,
        places.map(({ id }) => epochOf(state.epochs, id)),
        places.map(({ id }) => id),
        places.map(({ startedAt }) => startedAt),
      ],
    );
  }

  /** Ids of open executions that are stored, of all epochs. */
  async openIds(manager: EntityManager, clientId: number): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT n8n_execution_id AS id FROM workflow_executions WHERE client_id = $1 AND status NOT IN (${finals})`,
      [clientId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** What is stored under these ids, in the epochs that they belong to now. */
  async stored(manager: EntityManager, state: ClientLockState, ids: readonly string[]): Promise<Map<string, StoredExecution>> {
    if (ids.length === 0) return new Map();
    const rows = await manager.query<StoredRow[]>(
      `SELECT e.n8n_execution_id AS id, e.status, e.mode, e.started_at, e.finished_at, w.n8n_workflow_id
         FROM unnest($2::integer[], $3::text[]) AS i(epoch, id) CROSS JOIN LATERAL (
           SELECT * FROM workflow_executions o
            WHERE o.client_id = $1 AND o.epoch = i.epoch AND o.n8n_execution_id = i.id OFFSET 0) e
         JOIN workflows w ON w.client_id = $1 AND w.id = e.workflow_id`,
      [state.clientId, ids.map((id) => epochOf(state.epochs, id)), ids],
    );
    return new Map(rows.map((row) => [row.id, toStored(row)]));
  }

  /**
   * A retry that succeeded marks its failed original, as n8n does: of several the one that ended last, of those the one that was
   * created last. Gives the starts of the originals that changed.
   */
  async linkRetries(manager: EntityManager, state: ClientLockState, rows: readonly ExecutionRow[], now: Date): Promise<Date[]> {
    const succeeded = rows.filter((row) => row.retryOf !== null && row.status === 'success').sort(byEnd);
    const retries = [...new Map(succeeded.map((row) => [row.retryOf, row])).values()];
    if (retries.length === 0) return [];
    const [changed] = await manager.query<[{ started_at: Date }[], number]>(
      `UPDATE workflow_executions e SET retry_success_id = i.id, last_changed_at = $6
         FROM unnest($2::integer[], $3::text[], $4::text[], $5::timestamptz[]) AS i(epoch, original, id, ended) CROSS JOIN LATERAL (
           SELECT o.started_at FROM workflow_executions o WHERE o.client_id = $1 AND o.epoch = i.epoch
              AND o.n8n_execution_id = i.original AND o.retry_success_id IS DISTINCT FROM i.id
              AND NOT EXISTS (SELECT 1 FROM workflow_executions r WHERE r.client_id = $1 AND r.epoch = i.epoch
                                 AND r.n8n_execution_id = o.retry_success_id
                                 AND (r.finished_at, length(r.n8n_execution_id), r.n8n_execution_id) > (i.ended, length(i.id), i.id))
            OFFSET 0) old
        WHERE e.client_id = $1 AND e.epoch = i.epoch AND e.n8n_execution_id = i.original AND e.started_at = old.started_at
        RETURNING e.started_at`,
      [
        state.clientId,
        retries.map((row) => epochOf(state.epochs, row.retryOf ?? '')),
        retries.map((row) => row.retryOf),
        retries.map((row) => row.id),
        retries.map((row) => row.finishedAt),
        now,
      ],
    );
    return changed.map((row) => row.started_at);
  }

  /** n8n knows these open executions no more. Gives the starts of the rows that changed. */
  async markVanished(manager: EntityManager, state: ClientLockState, ids: readonly string[], now: Date): Promise<Date[]> {
    if (ids.length === 0) return [];
    const [changed] = await manager.query<[{ started_at: Date }[], number]>(
      `UPDATE workflow_executions e SET status = '${VANISHED}', last_changed_at = $4
        WHERE e.client_id = $1 AND (e.epoch, e.n8n_execution_id) IN (SELECT * FROM unnest($2::integer[], $3::text[]))
          AND e.status NOT IN (${finals}) AND e.status <> '${VANISHED}'
        RETURNING e.started_at`,
      [state.clientId, ids.map((id) => epochOf(state.epochs, id)), ids, now],
    );
    return changed.map((row) => row.started_at);
  }

  /** First and last start among the executions from an instant on; `null` when there are none. */
  async startsFrom(manager: EntityManager, clientId: number, from: Date): Promise<{ first: Date; last: Date } | null> {
    const [row] = await manager.query<{ first: Date | null; last: Date | null }[]>(
      'SELECT min(started_at) AS first, max(started_at) AS last FROM workflow_executions WHERE client_id = $1 AND started_at >= $2',
      [clientId, from],
    );
    return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
  }
}
