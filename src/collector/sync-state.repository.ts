import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryDeepPartialEntity } from 'typeorm';
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

  /** Remembers a stretch that may hold executions which were never seen. */
  async addGap(
    manager: EntityManager,
    clientId: number,
    gap: { from: Date; to: Date; reason: string; missingIds: number | null; confidence: string },
    now: Date,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, missing_ids, confidence, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [clientId, gap.from, gap.to, gap.reason, gap.missingIds, gap.confidence, now],
    );
  }
}
