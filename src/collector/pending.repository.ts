import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { arrayLiteral, type ClientLockState } from '../database/index.js';
import { type LostId } from './coverage-gaps.repository.js';
import { epochOf } from './epochs.js';
import { FINAL_STATUSES } from './statuses.js';

/**
 * So many ids of each kind wait at most, the newest first. Open ones have room of their own: an instance with many ids that were
 * never saved must not make us forget an execution that was seen running.
 */
export const MAX_OPEN = 5_000;
const MAX_MISSING = 4_000;

/** One gap between neighbours adds so many ids at most: a single odd id must not fill the ledger. */
export const MAX_IN_GAP = 1_000;

/** An absent id that was asked for so often is only asked for at growing intervals. */
const EAGER_TRIES = 3;

/** An id that is due for another look. */
export interface DueExecution {
  id: string;
  kind: 'open' | 'missing';
  tries: number;
}

/** A row of the ledger that leaves it as lost, read by `lostColumns`. */
export interface LostRow {
  epoch: number;
  id: string;
  from_at: Date;
  to_at: Date;
}

const finals = FINAL_STATUSES.map((status) => `'${status}'`).join(', ');
export const lostColumns = `p.epoch, p.n8n_execution_id AS id, coalesce(around_from, first_seen_at) AS from_at,
  greatest(coalesce(around_to, first_seen_at), coalesce(around_from, first_seen_at)) AS to_at`;

/** The ledger of ids below the watermark that are not final yet. Writing needs the client's lock. */
@Injectable()
export class PendingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Adds ids that the list does not show between their neighbours, unless they are stored as final.
   * @returns ids that had to make room: the oldest missing ones, which will not be looked for any more
   */
  async addMissing(
    manager: EntityManager,
    state: ClientLockState,
    missing: readonly LostId[],
    now: Date,
  ): Promise<(LostId & { epoch: number })[]> {
    if (missing.length === 0) return [];
    await manager.query(
      `INSERT INTO pending_executions (client_id, epoch, n8n_execution_id, kind, next_check_at, first_seen_at, around_from, around_to)
       SELECT $1, i.epoch, i.id, 'missing', $6, $6, i.from_at, i.to_at
         FROM unnest($2::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS i(epoch, id, from_at, to_at)
        WHERE NOT EXISTS (SELECT 1 FROM workflow_executions e WHERE e.client_id = $1 AND e.epoch = i.epoch
                                    AND e.n8n_execution_id = i.id AND e.status IN (${finals}) OFFSET 0)
       ON CONFLICT (client_id, epoch, n8n_execution_id) DO NOTHING`,
      [
        state.clientId,
        arrayLiteral(missing.map(({ id }) => epochOf(state.epochs, id))),
        arrayLiteral(missing.map(({ id }) => id)),
        arrayLiteral(missing.map(({ from }) => from)),
        arrayLiteral(missing.map(({ to }) => to)),
        now,
      ],
    );
    const [evicted] = await manager.query<[LostRow[], number]>(
      `DELETE FROM pending_executions p USING (
         SELECT epoch, n8n_execution_id FROM pending_executions WHERE client_id = $1 AND kind = 'missing'
          ORDER BY epoch DESC, length(n8n_execution_id) DESC, n8n_execution_id DESC OFFSET ${MAX_MISSING}) old
        WHERE p.client_id = $1 AND p.epoch = old.epoch AND p.n8n_execution_id = old.n8n_execution_id
        RETURNING ${lostColumns}`,
      [state.clientId],
    );
    return evicted.map(toLost);
  }

  /** Forgets ids. */
  async remove(manager: EntityManager, state: ClientLockState, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `DELETE FROM pending_executions
        WHERE client_id = $1 AND (epoch, n8n_execution_id) IN (SELECT * FROM unnest($2::integer[], $3::text[]))`,
      [state.clientId, ids.map((id) => epochOf(state.epochs, id)), ids],
    );
  }

  /** Every id that waits, when they are at most `max`; `null` when there are more. Absent ones that were asked for often wait for their time. */
  async allIfFew(clientId: number, now: Date, max: number): Promise<DueExecution[] | null> {
    const rows = await this.dataSource.query<(DueExecution & { due: boolean })[]>(
      `SELECT n8n_execution_id AS id, kind, tries, (kind = 'open' OR tries < ${EAGER_TRIES} OR next_check_at <= $2) AS due
         FROM pending_executions WHERE client_id = $1 LIMIT $3`,
      [clientId, now, max + 1],
    );
    return rows.length > max ? null : rows.filter(({ due }) => due).map(({ id, kind, tries }) => ({ id, kind, tries }));
  }

  /** Ids to look at beside those that were: open ones first, whatever their time, then missing ones whose time has come. */
  async due(clientId: number, now: Date, max: number, looked: readonly string[]): Promise<DueExecution[]> {
    return this.dataSource.query<DueExecution[]>(
      `SELECT n8n_execution_id AS id, kind, tries FROM pending_executions
        WHERE client_id = $1 AND (kind = 'open' OR next_check_at <= $2) AND NOT n8n_execution_id = ANY($4)
        ORDER BY kind = 'open' DESC, next_check_at, length(n8n_execution_id) DESC, n8n_execution_id DESC LIMIT $3`,
      [clientId, now, max, looked],
    );
  }

  /** Looked at without a final answer: the next look comes after 1, 2, 4 ... minutes, at most 6 hours. */
  async postpone(manager: EntityManager, state: ClientLockState, ids: readonly string[], now: Date): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `UPDATE pending_executions SET tries = tries + 1,
              next_check_at = $3::timestamptz + least(interval '6 hours', interval '1 minute' * power(2, least(tries, 10)))
        WHERE client_id = $1 AND n8n_execution_id = ANY($2)`,
      [state.clientId, ids, now],
    );
  }

  /** Drops missing ids that were looked for long enough: pruned, deleted or never saved. */
  async dropStale(manager: EntityManager, state: ClientLockState, before: Date): Promise<(LostId & { epoch: number })[]> {
    const [rows] = await manager.query<[LostRow[], number]>(
      `DELETE FROM pending_executions p WHERE client_id = $1 AND kind = 'missing' AND tries > 1 AND first_seen_at < $2 RETURNING ${lostColumns}`,
      [state.clientId, before],
    );
    return rows.map(toLost);
  }
}

export function toLost(row: LostRow): LostId & { epoch: number } {
  return { epoch: row.epoch, id: row.id, from: row.from_at, to: row.to_at };
}
