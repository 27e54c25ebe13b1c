import { Injectable } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { ClientLock, raiseDataVersion } from '../database/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { ExecutionsRepository } from './executions.repository.js';
import { PendingRepository } from './pending.repository.js';

/** n8n keeps executions for two weeks by default: what is missing for longer will not show up. */
const GIVE_UP_MS = 14 * 24 * 60 * 60 * 1000;

/** The locked transaction that ends a look at the ledger. */
@Injectable()
export class LedgerWriter {
  constructor(
    private readonly lock: ClientLock,
    private readonly executions: ExecutionsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly pending: PendingRepository,
  ) {}

  /** Postpones what is still open or missing, marks what vanished, and drops what was missing for too long. */
  async settle(clientId: number, stillOpen: readonly string[], vanished: readonly string[], now: Date): Promise<void> {
    await this.lock.run(clientId, async (manager, state) => {
      await this.pending.postpone(manager, state, stillOpen, now);
      const touched = await this.executions.markVanished(manager, state, vanished, now);
      await this.dirtyDays.markDays(
        manager,
        clientId,
        touched.map((at) => localDayOf(at, state.timezone)),
      );
      await this.pending.remove(manager, state, vanished);
      await this.pending.dropStale(manager, state, new Date(now.getTime() - GIVE_UP_MS));
      if (touched.length > 0) await raiseDataVersion(manager, clientId);
    });
  }
}
