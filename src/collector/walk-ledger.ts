import { Injectable } from '@nestjs/common';
import { type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { LedgerWriter } from './ledger-writer.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { markOf, missingIds, reached, unreachedIds, type WalkStep } from './walk-step.js';

/** What a walk did not see: single ids go to the ledger, what n8n's list no longer reaches becomes a gap. */
@Injectable()
export class WalkLedger {
  constructor(
    private readonly ledger: LedgerWriter,
    private readonly gaps: CoverageGapsRepository,
    private readonly states: SyncStateRepository,
  ) {}

  /** Call it under the lock, after the rows of the step. @param ended the walk ends with this page */
  async write(manager: LockedManager, state: ClientLockState, step: WalkStep, ended: boolean, now: Date): Promise<void> {
    const { missing, wide } = missingIds(step, ended, now);
    await this.ledger.miss(manager, state, missing, now);
    for (const hole of wide) {
      const unsaved = await this.gaps.hasUnsaved(manager, state.clientId);
      const reason = unsaved ? 'not_saved_by_n8n' : 'pruned_before_collection';
      await this.gaps.addHole(manager, state, { ...hole, reason }, 'possible', now);
    }
    if (ended && step.floor !== null && !reached(step.page, step.floor))
      await this.judgeEnd(manager, state, step, step.floor, now);
  }

  /** The list ended above the watermark: whatever lies between may have been pruned before it was collected. */
  private async judgeEnd(
    manager: LockedManager,
    state: ClientLockState,
    step: WalkStep,
    floor: string,
    now: Date,
  ): Promise<void> {
    const lowest = step.rows.at(-1);
    const oldest = lowest === undefined ? step.previous : markOf(lowest, now);
    if (oldest === null) return;
    const stored = await this.states.load(state.clientId, manager);
    const last = step.floorAt ?? oldest.at;
    const reason = (stored?.consecutiveFailures ?? 0) > 0 ? 'source_unreachable' : 'pruned_before_collection';
    const [from, to] = last < oldest.at ? [last, oldest.at] : [oldest.at, oldest.at];
    const end = { above: floor, below: oldest.id, from, to, reason } as const;
    const confidence = await this.gaps.confidence(manager, state, floor);
    const missing = await this.gaps.addHole(manager, state, end, confidence, now);
    if (missing === 0) return;
    // Some may run or wait out of sight, which n8n does not prune: what turns up leaves the gap again.
    await this.ledger.miss(manager, state, unreachedIds(step, now), now);
    await this.states.patch(state.clientId, { prunes: true }, manager);
    await raiseDataVersion(manager, state.clientId);
  }
}
