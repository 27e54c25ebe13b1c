import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type ClientLockState } from '../database/index.js';
import { nextEpoch } from './epochs.js';
import { isSmallNumber } from './ids.js';
import { type LostId } from './coverage-gaps.repository.js';
import { lostColumns, type LostRow, toLost } from './pending.repository.js';
import { FINAL_STATUSES, VANISHED } from './statuses.js';

/** What a new epoch left behind of the old ones. */
export interface EpochChange {
  epoch: number;
  /** Starts of executions that were still open in the old database. */
  touched: Date[];
  /** Ids of the old database that were still looked for. */
  missing: (LostId & { epoch: number })[];
}

const finals = FINAL_STATUSES.map((status) => `'${status}'`).join(', ');

/** `id >= $n` in the order of creation, as `compareIds` has it. */
const atOrAbove = (column: string, firstIsNumber: boolean, n = 2): string => {
  const asText = `${column} COLLATE "C" >= $${n}::text COLLATE "C"`;
  if (!firstIsNumber) return asText;
  return `CASE WHEN ${column} ~ '^\\d+$' THEN (length(${column}), ${column} COLLATE "C") >= (length($${n}::text), $${n}::text COLLATE "C") ELSE ${asText} END`;
};

const isOpen = `status NOT IN (${finals}) AND status <> '${VANISHED}'`;

/** Writes where another database behind a client's URL begins. Needs the client's lock. */
@Injectable()
export class EpochsRepository {
  /**
   * From this id on, what n8n shows belongs to a new epoch. Rows that are stored stay; those of them that were open will never
   * end, and their failures' details can no longer be had.
   */
  async begin(manager: EntityManager, state: ClientLockState, firstId: string, now: Date): Promise<EpochChange> {
    const epoch = nextEpoch(state.epochs);
    const numeric = isSmallNumber(firstId);
    await manager.query('INSERT INTO sync_epochs (client_id, epoch, first_id, detected_at) VALUES ($1, $2, $3, $4)', [
      state.clientId,
      epoch,
      firstId,
      now,
    ]);
    await manager.query('UPDATE sync_states SET epoch = $2 WHERE client_id = $1', [state.clientId, epoch]);
    const [open] = await manager.query<[{ started_at: Date }[], number]>(
      `UPDATE workflow_executions SET status = '${VANISHED}', last_changed_at = $3
        WHERE client_id = $1 AND ${isOpen} AND ${atOrAbove('n8n_execution_id', numeric)}
        RETURNING started_at`,
      [state.clientId, firstId, now],
    );
    await manager.query(
      `UPDATE workflow_executions SET detail_state = 'unavailable', error_type = 'instance_reset'
        WHERE client_id = $1 AND detail_state = 'pending' AND ${atOrAbove('n8n_execution_id', numeric)}`,
      [state.clientId, firstId],
    );
    const missing = await this.forget(manager, state, firstId, numeric);
    return {
      epoch,
      touched: open.map((row) => row.started_at),
      missing,
    };
  }

  /**
   * The earliest start among the executions that are stored as open and lie where the databases part: another execution may have
   * taken over the id of one of them, which nothing could prove. `null` when there are none.
   */
  async unsureSince(
    manager: EntityManager,
    clientId: number,
    { first, agreed }: { first: string; agreed: string | null },
  ): Promise<Date | null> {
    const below = `NOT (${atOrAbove('n8n_execution_id', isSmallNumber(first))})`;
    const above = `($3::text IS NULL OR ${atOrAbove('n8n_execution_id', isSmallNumber(agreed ?? first), 3)})`;
    const [row] = await manager.query<{ since: Date | null }[]>(
      `SELECT min(started_at) AS since FROM workflow_executions WHERE client_id = $1 AND ${isOpen} AND ${below} AND ${above}`,
      [clientId, first, agreed],
    );
    return row?.since ?? null;
  }

  /** Nothing of the old database is looked for any more. */
  private async forget(
    manager: EntityManager,
    state: ClientLockState,
    firstId: string,
    numeric: boolean,
  ): Promise<(LostId & { epoch: number })[]> {
    const [gone] = await manager.query<[(LostRow & { kind: string })[], number]>(
      `DELETE FROM pending_executions p WHERE client_id = $1 AND ${atOrAbove('n8n_execution_id', numeric)} RETURNING kind, ${lostColumns}`,
      [state.clientId, firstId],
    );
    return gone.filter(({ kind }) => kind === 'missing').map(toLost);
  }
}
