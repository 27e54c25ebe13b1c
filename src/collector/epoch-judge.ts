import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, localDayOf } from '../common/index.js';
import { ClientLock, type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { EpochScan } from './epoch-scan.js';
import { EpochsRepository } from './epochs.repository.js';
import { compareIds } from './ids.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';

/**
 * Another database behind the same URL, proved by an id that came back as another execution: finds out from which id on the two
 * differ and lets a new epoch begin there. Nothing that is stored is overwritten, and nothing counts twice.
 */
@Injectable()
export class EpochJudge {
  private readonly logger = new Logger(EpochJudge.name);

  constructor(
    private readonly lock: ClientLock,
    private readonly scan: EpochScan,
    private readonly epochs: EpochsRepository,
    private readonly gaps: CoverageGapsRepository,
    private readonly states: SyncStateRepository,
  ) {}

  @Inject(DirtyDaysRepository) private readonly dirtyDays: DirtyDaysRepository;

  /** Call it outside any lock; the walk begins anew afterwards. @param contradicting ids that contradict, any order */
  async judge(run: SyncRun, contradicting: readonly string[], clock: Clock): Promise<void> {
    if (contradicting.length === 0) return;
    const { first, agreed } = await this.scan.downFrom(run, contradicting);
    await this.lock.run(run.clientId, async (manager, state) => {
      run.assertCurrent(state);
      const now = clock.now();
      const stored = await this.states.load(run.clientId, manager);
      const change = await this.epochs.begin(manager, state, first, now);
      const unsure = await this.epochs.unsureSince(manager, run.clientId, { first, agreed });
      await this.gaps.addReset(manager, state, earliest(lastKnown(stored), unsure) ?? now, now);
      await this.gaps.addLost(manager, state, change.missing, 'instance_reset', now);
      await this.dirtyDays.markDays(
        manager,
        run.clientId,
        change.touched.map((at) => localDayOf(at, state.timezone)),
      );
      await this.moveWalk(manager, state, agreed, stored);
      await raiseDataVersion(manager, run.clientId);
      this.logger.warn({
        message: `another database answers at the address of client ${run.clientId}: from execution ${first} on it is a new epoch (${change.epoch}); what is stored stays`,
        client_id: run.clientId,
      });
    });
  }

  /** Everything at or below the agreed id is as it was; what lies above is walked again. */
  private async moveWalk(
    manager: LockedManager,
    state: ClientLockState,
    agreed: string | null,
    stored: Pick<SyncStateEntity, 'watermark' | 'walkTop' | 'walkPosition'> | null,
  ): Promise<void> {
    const position = stored?.walkTop == null ? null : stored.walkPosition;
    if (agreed !== null && position !== null && compareIds(position, agreed) < 0) {
      await this.states.patch(state.clientId, { walkTop: agreed }, manager);
      return;
    }
    const old = stored?.watermark ?? null;
    const watermark = agreed === null || old === null ? null : compareIds(agreed, old) < 0 ? agreed : old;
    await this.states.patch(state.clientId, { watermark, walkTop: null, walkPosition: null, walkStartedAt: null }, manager);
  }
}

/** Everything that the old database made after this instant may be unknown: n8n hides what is running or waiting at the top of its list. */
function lastKnown(stored: SyncStateEntity | null): Date | null {
  return stored?.walkTopAt ?? stored?.watermarkAt ?? stored?.executionsSyncedAt ?? null;
}

function earliest(...times: readonly (Date | null)[]): Date | null {
  return times.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}
