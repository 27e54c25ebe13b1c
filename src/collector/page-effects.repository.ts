import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type LocalDay } from '../common/index.js';
import { arrayLiteral, type ClientLockState } from '../database/index.js';
import { epochOf } from './epochs.js';
import { MAX_OPEN } from './pending.repository.js';

/** What follows from a page that was stored. */
export interface PageEffects {
  /** Ids that are final now: nobody has to look for them any more. */
  final: readonly string[];
  /** Ids that are still open: they are looked at again. */
  open: readonly string[];
  /** Local days whose figures changed; empty: nothing changed. */
  days: readonly LocalDay[];
}

const effectsSql = `
  WITH settled AS (
    DELETE FROM pending_executions
     WHERE client_id = $1 AND (epoch, n8n_execution_id) IN (SELECT * FROM unnest($2::integer[], $3::text[]))
  ), opened AS (
    INSERT INTO pending_executions AS p (client_id, epoch, n8n_execution_id, kind, next_check_at, first_seen_at)
    SELECT $1, epoch, id, 'open', $6, $6 FROM unnest($4::integer[], $5::text[]) WITH ORDINALITY AS i(epoch, id, n)
     ORDER BY n LIMIT greatest(0, ${MAX_OPEN} - (SELECT count(*) FROM pending_executions WHERE client_id = $1 AND kind = 'open'))
    ON CONFLICT (client_id, epoch, n8n_execution_id) DO UPDATE SET kind = 'open', tries = 0 WHERE p.kind = 'missing'
  ), marked AS (
    INSERT INTO dirty_days (client_id, day) SELECT $1, unnest($7::date[]) ON CONFLICT DO NOTHING
  )
  UPDATE sync_states SET data_version = data_version + 1 WHERE client_id = $1 AND cardinality($7::date[]) > 0`;

/** Ledger, dirty days and data version in the one statement that follows the rows of a page. Needs the client's lock. */
@Injectable()
export class PageEffectsRepository {
  async apply(manager: EntityManager, state: ClientLockState, effects: PageEffects, now: Date): Promise<void> {
    const { open, days } = effects;
    const final = state.hasPending ? effects.final : [];
    await manager.query(effectsSql, [
      state.clientId,
      arrayLiteral(final.map((id) => epochOf(state.epochs, id))),
      arrayLiteral(final),
      arrayLiteral(open.map((id) => epochOf(state.epochs, id))),
      arrayLiteral(open),
      now,
      [...new Set(days)],
    ]);
  }
}
