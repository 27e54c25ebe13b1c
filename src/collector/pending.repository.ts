import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ClientLockState } from '../database/index.js';

/**
 * So many ids of each kind wait at most, the newest first. Open ones have room of their own: an instance with many ids that were
 * never saved must not make us forget an execution that was seen running.
 */
const MAX_OF_KIND = { open: 5_000, missing: 4_000 } as const;

/** One gap between neighbours adds so many ids at most: a single odd id must not fill the ledger. */
export const MAX_IN_GAP = 1_000;

/** An id that is due for another look. */
export interface DueExecution {
  id: string;
  kind: 'open' | 'missing';
  tries: number;
}

/** The ledger of ids below the watermark that are not final yet. Writing needs the client's lock. */
@Injectable()
export class PendingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds ids that are not in the ledger yet, as far as there is room. An id that was missing and is now seen open changes its kind. */
  async add(
    manager: EntityManager,
    state: ClientLockState,
    kind: 'open' | 'missing',
    ids: readonly string[],
    now: Date,
  ): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `INSERT INTO pending_executions AS p (client_id, epoch, n8n_execution_id, kind, next_check_at, first_seen_at)
       SELECT $1, $2, id, $4, $5, $5 FROM unnest($3::text[]) WITH ORDINALITY AS i(id, n)
        ORDER BY n LIMIT greatest(0, $6 - (SELECT count(*) FROM pending_executions WHERE client_id = $1 AND kind = $4))
       ON CONFLICT (client_id, epoch, n8n_execution_id) DO UPDATE SET kind = EXCLUDED.kind
        WHERE p.kind = 'missing' AND EXCLUDED.kind = 'open'`,
      [state.clientId, state.epoch, ids, kind, now, MAX_OF_KIND[kind]],
    );
  }

  /** Forgets ids that are final now. */
  async remove(manager: EntityManager, state: ClientLockState, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await manager.query('DELETE FROM pending_executions WHERE client_id = $1 AND epoch = $2 AND n8n_execution_id = ANY($3)', [
      state.clientId,
      state.epoch,
      ids,
    ]);
  }

  /** Ids to look at in this sync: all open ones first, then missing ones whose time has come. */
  async due(clientId: number, epoch: number, now: Date, max: number): Promise<DueExecution[]> {
    return this.dataSource.query<DueExecution[]>(
      `SELECT n8n_execution_id AS id, kind, tries FROM pending_executions
        WHERE client_id = $1 AND epoch = $2 AND (kind = 'open' OR next_check_at <= $3)
        ORDER BY kind = 'open' DESC, next_check_at, length(n8n_execution_id) DESC, n8n_execution_id DESC LIMIT $4`,
      [clientId, epoch, now, max],
    );
  }

  /** Looked at without a final answer: the next look comes after 1, 2, 4 ... minutes, at most 6 hours. */
  async postpone(manager: EntityManager, state: ClientLockState, ids: readonly string[], now: Date): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `UPDATE pending_executions SET tries = tries + 1,
              next_check_at = $4::timestamptz + least(interval '6 hours', interval '1 minute' * power(2, least(tries, 10)))
        WHERE client_id = $1 AND epoch = $2 AND n8n_execution_id = ANY($3)`,
      [state.clientId, state.epoch, ids, now],
    );
  }

  /** Drops missing ids that were looked for long enough: pruned, deleted or never saved. @returns how many */
  async dropStale(manager: EntityManager, state: ClientLockState, before: Date): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `DELETE FROM pending_executions WHERE client_id = $1 AND epoch = $2 AND kind = 'missing' AND first_seen_at < $3`,
      [state.clientId, state.epoch, before],
    );
    return count;
  }
}
