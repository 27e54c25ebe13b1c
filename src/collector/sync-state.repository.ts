import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryDeepPartialEntity } from 'typeorm';
import { ClientGoneError } from '../database/index.js';
import { SyncStateEntity } from './entities/sync-state.entity.js';

/** The streams of a sync, each with its own last success and last failure. */
export type SyncStream = 'workflows' | 'executions' | 'details';

/** Reads and writes how far the copying of a client has come. */
@Injectable()
export class SyncStateRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The state of a client; `null` when it was deleted. */
  async load(clientId: number, manager: EntityManager = this.dataSource.manager): Promise<SyncStateEntity | null> {
    return manager.getRepository(SyncStateEntity).findOneBy({ clientId });
  }

  /** Changes some fields, in a transaction of the caller's or on its own. */
  async patch(
    clientId: number,
    fields: QueryDeepPartialEntity<SyncStateEntity>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.getRepository(SyncStateEntity).update({ clientId }, fields);
  }

  /**
   * A sync begins: from now on only it may write, another one of the same client ends at its next write.
   * @throws ClientGoneError when the client was deleted
   */
  async takeOver(clientId: number, token: string): Promise<SyncStateEntity> {
    await this.patch(clientId, { syncToken: token });
    const state = await this.load(clientId);
    if (state === null) throw new ClientGoneError(clientId);
    return state;
  }

  /** The instant below which raw executions are gone. */
  async rawFloor(): Promise<Date> {
    const [row] = await this.dataSource.query<{ raw_floor: Date }[]>('SELECT raw_floor FROM retention_floor');
    return row?.raw_floor ?? new Date(0);
  }

  /** What the instance's health and the requests to it came to. */
  async keepHealth(clientId: number, health: { failures: number; openUntil: Date | null; requests: number }): Promise<void> {
    await this.dataSource.query(
      `UPDATE sync_states SET requests_sent = requests_sent + $2, circuit_failures = $3, circuit_open_until = $4,
              next_sync_at = greatest(next_sync_at, $4) WHERE client_id = $1`,
      [clientId, health.requests, health.failures, health.openUntil],
    );
  }

  /** Counts rows that could not be read. */
  async addSetAside(clientId: number, rows: number): Promise<void> {
    if (rows === 0) return;
    await this.dataSource.query('UPDATE sync_states SET set_aside_rows = set_aside_rows + $2 WHERE client_id = $1', [
      clientId,
      rows,
    ]);
  }

  /** A stream came through. */
  async succeeded(clientId: number, stream: SyncStream, at: Date): Promise<void> {
    await this.patch(clientId, { [`${stream}SyncedAt`]: at, [`${stream}Error`]: null });
  }

  /** A stream failed: what it said is kept until it comes through again. */
  async failed(clientId: number, stream: SyncStream, message: string, at: Date): Promise<void> {
    await this.patch(clientId, { [`${stream}Error`]: message.slice(0, 500), failedAt: at });
  }
}
