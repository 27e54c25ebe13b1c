import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DirtyDaysRepository } from '../collector/index.js';
import { addDays, type LocalDay } from '../common/index.js';

/** Puts days of a client on the list of what is to be computed again. */
@Injectable()
export class DayMarksRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly dirtyDays: DirtyDaysRepository,
  ) {}

  /**
   * Both ends inclusive. The client's lock row is held, as the list asks of everyone who writes it.
   * @returns how many days are in the range; 0 when the client is gone
   */
  async markRange(clientId: number, from: LocalDay, to: LocalDay): Promise<number> {
    const days: LocalDay[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    return this.dataSource.transaction('READ COMMITTED', async (manager) => {
      const lock = await manager.query<unknown[]>('SELECT 1 FROM sync_states WHERE client_id = $1 FOR UPDATE', [clientId]);
      if (lock.length === 0) return 0;
      await this.dirtyDays.markDays(manager, clientId, days);
      return days.length;
    });
  }
}
