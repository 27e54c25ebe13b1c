import { Injectable } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { ClientLock, type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { CoverageGapsRepository, type LostId } from './coverage-gaps.repository.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { ExecutionsRepository } from './executions.repository.js';
import { PendingRepository } from './pending.repository.js';

/** What a look at the ledger came to. */
export interface Settlement {
  stillOpen: readonly string[];
  vanished: readonly string[];
  /** Missing ids first missed before this instant will not show up any more. */
  giveUpBefore: Date;
}

/** The locked transactions of the ledger: what is missing goes in, what is settled goes out, what is lost becomes a gap. */
@Injectable()
export class LedgerWriter {
  constructor(
    private readonly lock: ClientLock,
    private readonly executions: ExecutionsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly pending: PendingRepository,
    private readonly gaps: CoverageGapsRepository,
  ) {}

  /** Remembers ids that are missing between neighbours. Call it under the lock. */
  async miss(manager: LockedManager, state: ClientLockState, missing: readonly LostId[], now: Date): Promise<void> {
    await this.lose(manager, state, await this.pending.addMissing(manager, state, missing, now), now);
  }

  /** Postpones what is still open or missing, marks what vanished, and drops what was missing for too long. @returns ids given up */
  async settle(clientId: number, settlement: Settlement, now: Date): Promise<number> {
    return this.lock.run(clientId, async (manager, state) => {
      await this.pending.postpone(manager, state, settlement.stillOpen, now);
      const touched = await this.executions.markVanished(manager, state, settlement.vanished, now);
      await this.dirtyDays.markDays(
        manager,
        clientId,
        touched.map((at) => localDayOf(at, state.timezone)),
      );
      await this.pending.remove(manager, state, settlement.vanished);
      const lost = await this.pending.dropStale(manager, state, settlement.giveUpBefore);
      await this.lose(manager, state, lost, now);
      if (touched.length > 0) await raiseDataVersion(manager, clientId);
      return lost.length;
    });
  }

  private async lose(
    manager: LockedManager,
    state: ClientLockState,
    lost: readonly (LostId & { epoch: number })[],
    now: Date,
  ): Promise<void> {
    if (lost.length === 0) return;
    const unsaved = await this.gaps.hasUnsaved(manager, state.clientId);
    await this.gaps.addLost(manager, state, lost, unsaved ? 'not_saved_by_n8n' : 'pruned_before_collection', now);
    await raiseDataVersion(manager, state.clientId);
  }
}
