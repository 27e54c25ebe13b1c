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

  /**
   * Takes the newest dirty days off the list, at most `max`: what people look at first is made right first. They are clean once the
   * transaction commits, which therefore has to make their rollups right.
   * @returns the days, newest first, and how many are left on the list
   */
  async claimDays(manager: EntityManager, clientId: number, max: number): Promise<{ days: LocalDay[]; left: number }> {
    const rows = await manager.query<{ day: LocalDay; before: number }[]>(
      `WITH claimed AS (
         DELETE FROM dirty_days WHERE client_id = $1
            AND day IN (SELECT day FROM dirty_days WHERE client_id = $1 ORDER BY day DESC LIMIT $2)
         RETURNING day
       ) SELECT to_char(day, 'YYYY-MM-DD') AS day, (SELECT count(*) FROM dirty_days WHERE client_id = $1)::integer AS before
           FROM claimed ORDER BY claimed.day DESC`,
      [clientId, max],
    );
    return { days: rows.map(({ day }) => day), left: (rows[0]?.before ?? 0) - rows.length };
  }

  /** How many days of the client are dirty. */
  async countDays(clientId: number): Promise<number> {
    const rows = await this.dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM dirty_days WHERE client_id = $1', [
      clientId,
    ]);
    return Number(rows[0]?.n ?? 0);
  }
}
