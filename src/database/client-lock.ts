import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Executions from `firstId` on belong to this epoch, unless a later epoch claims them. */
export interface EpochStart {
  epoch: number;
  firstId: string;
}

/** What a writer may rely on while it holds the lock of a client. */
export interface ClientLockState {
  clientId: number;
  dataVersion: number;
  /** Databases that came after the first one behind the client's URL, oldest first; empty for nearly every client. */
  epochs: readonly EpochStart[];
  /** The sync that may write; `null` when none ever ran. */
  syncToken: string | null;
  timezone: string;
  /** 0 = Sunday .. 6. */
  weekStartsOn: number;
  configVersion: number;
  /** Version of the newest stored rule set; 0 = the defaults. */
  ruleVersion: number;
  /** Raw executions that started before this instant are gone. */
  rawFloor: Date;
  /** Executions of the client waited in `pending_executions` when the lock was taken. */
  hasPending: boolean;
}

interface LockRow {
  data_version: string;
  sync_token: string | null;
}

interface FactsRow {
  timezone: string;
  week_starts_on: number;
  config_version: number;
  rule_version: number;
  raw_floor: Date;
  epochs: EpochStart[] | null;
  has_pending: boolean;
}

/**
 * Every transaction under a client's lock shares it; whoever raises the retention floor takes it alone. So no transaction that
 * read the old floor can still write below the new one.
 */
export const FLOOR_LOCK = 7_240_311_908;

/** The client was deleted while work for it was under way. */
export class ClientGoneError extends Error {
  constructor(readonly clientId: number) {
    super(`client ${clientId} does not exist any more`);
    this.name = 'ClientGoneError';
  }
}

/**
 * Runs `work` in one READ COMMITTED transaction that holds the client's row of `sync_states`. Every transaction that writes
 * a client's executions, verdicts, dirty days, rollups, zone or rules goes through here: without it a dirty mark inserted
 * beside an aggregator that is deleting it would be lost. Zone, rules and epoch are read after the lock is held.
 * Keep it short: one page, one bounded batch of days, no network inside.
 * @throws ClientGoneError when the client was deleted
 */
export async function withClientLock<T>(
  dataSource: DataSource,
  clientId: number,
  work: (manager: EntityManager, state: ClientLockState) => Promise<T>,
): Promise<T> {
  const result = await dataSource.transaction('READ COMMITTED', async (manager) => {
    const [lock] = await manager.query<LockRow[]>(
      `SELECT data_version, sync_token FROM sync_states, pg_advisory_xact_lock_shared(${FLOOR_LOCK}) WHERE client_id = $1 FOR UPDATE OF sync_states`,
      [clientId],
    );
    const [facts] = await manager.query<FactsRow[]>(
      `SELECT c.timezone, c.week_starts_on, c.config_version, f.raw_floor,
              (SELECT coalesce(max(r.version), 0) FROM filter_rule_sets r WHERE r.client_id = c.id) AS rule_version,
              (SELECT jsonb_agg(jsonb_build_object('epoch', e.epoch, 'firstId', e.first_id) ORDER BY e.epoch)
                 FROM sync_epochs e WHERE e.client_id = c.id) AS epochs,
              EXISTS (SELECT 1 FROM pending_executions p WHERE p.client_id = c.id) AS has_pending
         FROM clients c CROSS JOIN retention_floor f WHERE c.id = $1 AND c.deleted_at IS NULL`,
      [clientId],
    );
    if (lock === undefined || facts === undefined) throw new ClientGoneError(clientId);
    return work(manager, {
      clientId,
      dataVersion: Number(lock.data_version),
      epochs: facts.epochs ?? [],
      syncToken: lock.sync_token,
      timezone: facts.timezone,
      weekStartsOn: facts.week_starts_on,
      configVersion: facts.config_version,
      ruleVersion: facts.rule_version,
      rawFloor: facts.raw_floor,
      hasPending: facts.has_pending,
    });
  });
  for (const listener of listeners.get(dataSource) ?? []) listener(clientId);
  return result;
}

type CommitListener = (clientId: number) => void;

const listeners = new WeakMap<DataSource, Set<CommitListener>>();

/** Tells when this process has committed something under a client's lock. Other processes see it by the data version. */
@Injectable()
export class ClientCommits {
  constructor(private readonly dataSource: DataSource) {}

  /** @param listener is called after each commit, and must not throw @returns a function that ends it */
  listen(listener: CommitListener): () => void {
    const all = listeners.get(this.dataSource) ?? new Set();
    listeners.set(this.dataSource, all.add(listener));
    return () => {
      all.delete(listener);
    };
  }
}

/** Says that the client's data changed: whoever caches answers by version sees it. Call it under the lock. */
export async function raiseDataVersion(manager: EntityManager, clientId: number): Promise<void> {
  await manager.query('UPDATE sync_states SET data_version = data_version + 1 WHERE client_id = $1', [clientId]);
}

/** The handle of a transaction under the lock, for code that passes it on without knowing the ORM. */
export type LockedManager = EntityManager;

/** {@link withClientLock} for services, which do not know the DataSource. */
@Injectable()
export class ClientLock {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in a short transaction that holds the client's lock. */
  async run<T>(clientId: number, work: (manager: EntityManager, state: ClientLockState) => Promise<T>): Promise<T> {
    return withClientLock(this.dataSource, clientId, work);
  }
}
