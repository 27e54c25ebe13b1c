import { Injectable } from '@nestjs/common';
import { addDays, type LocalDay } from '../common/index.js';
import { ClientLock } from '../database/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';

/** Puts days of a client on the list of what is to be computed again, because a person asked for it. */
@Injectable()
export class DayMarks {
  constructor(
    private readonly lock: ClientLock,
    private readonly dirtyDays: DirtyDaysRepository,
  ) {}

  /**
   * Both ends inclusive.
   * @returns how many days are in the range
   * @throws ClientGoneError when the client was deleted
   */
  async markRange(clientId: number, from: LocalDay, to: LocalDay): Promise<number> {
    const days: LocalDay[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    await this.lock.run(clientId, async (manager) => {
      await this.dirtyDays.markDays(manager, clientId, days);
    });
    return days.length;
  }
}
