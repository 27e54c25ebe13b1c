import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type LocalDay } from '../common/index.js';

/** The list of local days whose rollups are not yet equal to raw. Every method but the count needs the client's lock. */
@Injectable()
export class DirtyDaysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Marks days; marking one twice is the same as once. */
  async markDays(manager: EntityManager, clientId: number, days: Iterable<LocalDay>): Promise<void> {
    const list = [...new Set(days)];
    if (list.length === 0) return;
    await manager.query('INSERT INTO dirty_days (client_id, day) SELECT $1, unnest($2::date[]) ON CONFLICT DO NOTHING', [
      clientId,
      list,
    ]);
  }

  /** The newest dirty days, at most `max`: what people look at first is made right first. */
  async claimDays(manager: EntityManager, clientId: number, max: number): Promise<LocalDay[]> {
    const rows = await manager.query<{ day: string }[]>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM dirty_days WHERE client_id = $1 ORDER BY dirty_days.day DESC LIMIT $2`,
      [clientId, max],
    );
    return rows.map((row) => row.day);
  }

  /** Forgets the marks of days that were recomputed in the same transaction. */
  async clearDays(manager: EntityManager, clientId: number, days: readonly LocalDay[]): Promise<void> {
    await manager.query('DELETE FROM dirty_days WHERE client_id = $1 AND day = ANY($2::date[])', [clientId, days]);
  }

  /** How many days of the client are dirty. */
  async countDays(clientId: number): Promise<number> {
    const rows = await this.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM dirty_days WHERE client_id = $1', [
      clientId,
    ]);
    return Number(rows[0]?.n ?? 0);
  }
}
