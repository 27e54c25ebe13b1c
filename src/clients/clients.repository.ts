import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { ConflictError } from '../common/index.js';
import { ClientGoneError, raiseDataVersion, uniqueViolation, withClientLock } from '../database/index.js';
import { ClientEntity } from './client.entity.js';

export type NewClientRow = Omit<ClientEntity, 'id' | 'configVersion' | 'deletedAt'>;
export type ClientRowChanges = Partial<Omit<ClientEntity, 'id' | 'createdAt' | 'deletedAt' | 'configVersion'>>;

/** Rows of `clients`, and the lock row in `sync_states` that every client has from its first moment on. */
@Injectable()
export class ClientsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The client and its lock row in one transaction; its first sync is due at once. @throws ConflictError `client_name_taken` */
  async insert(row: NewClientRow): Promise<ClientEntity> {
    return refusingTakenName(row.name, () =>
      this.dataSource.transaction(async (manager) => {
        const client = await manager.save(ClientEntity, { ...row, configVersion: 1, deletedAt: null });
        await manager.query('INSERT INTO sync_states (client_id, next_sync_at) VALUES ($1, $2)', [client.id, row.createdAt]);
        return client;
      }),
    );
  }

  async find(id: number): Promise<ClientEntity | null> {
    return this.dataSource.getRepository(ClientEntity).findOneBy({ id, deletedAt: IsNull() });
  }

  /** In the order of their ids, after `afterId`. */
  async listAfter(afterId: number, limit: number): Promise<ClientEntity[]> {
    return this.dataSource
      .getRepository(ClientEntity)
      .createQueryBuilder('client')
      .where('client.deletedAt IS NULL AND client.id > :afterId', { afterId })
      .orderBy('client.id')
      .limit(limit)
      .getMany();
  }

  async listAll(): Promise<ClientEntity[]> {
    return this.dataSource.getRepository(ClientEntity).find({ where: { deletedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** Puts another sealing of the same n8n key in its place, unless it was replaced meanwhile. */
  async replaceSealedKey(id: number, sealed: string, by: string): Promise<void> {
    await this.dataSource.query('UPDATE clients SET n8n_api_key_sealed = $3 WHERE id = $1 AND n8n_api_key_sealed = $2', [
      id,
      sealed,
      by,
    ]);
  }

  /** Deleted before an instant, and still there. */
  async deletedBefore(at: Date): Promise<number[]> {
    const rows = await this.dataSource.query<{ id: number }[]>('SELECT id FROM clients WHERE deleted_at < $1 ORDER BY id', [at]);
    return rows.map((row) => row.id);
  }

  /**
   * Changes a client under its lock. `decide` sees the row as it is then; the configuration version rises with it when
   * `decide` says that rollups are concerned.
   * @returns the row afterwards, `null` when there is no such client
   * @throws ConflictError `client_name_taken`
   */
  async change(
    id: number,
    decide: (current: ClientEntity) => { changes: ClientRowChanges; recompute: boolean; syncBy: Date | null },
  ): Promise<ClientEntity | null> {
    return this.locked(id, async (manager, current) => {
      const { changes, recompute, syncBy } = decide(current);
      if (Object.keys(changes).length === 0) return current;
      const set = { ...changes, configVersion: current.configVersion + (recompute ? 1 : 0) };
      await refusingTakenName(changes.name ?? current.name, () => manager.update(ClientEntity, { id }, set));
      if (syncBy !== null) {
        // Somebody has changed how the instance is reached: whatever failed before says nothing any more.
        await manager.query(
          `UPDATE sync_states SET next_sync_at = least(next_sync_at, $2), circuit_failures = 0, circuit_open_until = NULL WHERE client_id = $1`,
          [id, syncBy],
        );
      }
      // Name and zone are part of cached answers.
      await raiseDataVersion(manager, id);
      return Object.assign(current, set);
    });
  }

  /** Marks a client as deleted: from now on it does not exist for anyone but the job that erases it. */
  async markDeleted(id: number, at: Date): Promise<boolean> {
    const marked = await this.locked(id, async (manager, current) => {
      await manager.update(ClientEntity, { id }, { deletedAt: at, updatedAt: at, enabled: false });
      await raiseDataVersion(manager, id);
      return current;
    });
    return marked !== null;
  }

  private async locked<T>(id: number, work: (manager: EntityManager, current: ClientEntity) => Promise<T>): Promise<T | null> {
    try {
      return await withClientLock(this.dataSource, id, async (manager) => {
        const current = await manager.findOneBy(ClientEntity, { id, deletedAt: IsNull() });
        return current === null ? null : work(manager, current);
      });
    } catch (error) {
      if (error instanceof ClientGoneError) return null;
      throw error;
    }
  }
}

async function refusingTakenName<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (uniqueViolation(error)?.constraint !== 'uq_clients_name') throw error;
    throw new ConflictError('client_name_taken', `There is a client named ${JSON.stringify(name)} already.`, [
      { field: 'name', message: 'is taken' },
    ]);
  }
}
