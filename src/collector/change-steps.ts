import { Injectable } from '@nestjs/common';
import { type ClientLockState, raiseDataVersion, type LockedManager } from '../database/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionsRepository } from './executions.repository.js';

import { verdictDependsOn } from '../production-filter/index.js';
import { Reclassifier } from './reclassifier.js';
import { NOTHING_APPLIED, RulesCache } from './rules-cache.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { hasMoved } from './calendar-moves.js';
import { daysOf } from './days-of.js';

const BEGINNING = new Date(0);

/** What one step did. `position`: everything that started before it is judged; `null` when nothing is left. */
export interface StepResult {
  judged: number;
  changed: number;
  position: Date | null;
  done: boolean;
}

const NOTHING_TO_DO: StepResult = { judged: 0, changed: 0, position: null, done: true };

/** The single steps, each to be called under the client's lock. */
@Injectable()
export class ChangeSteps {
  constructor(
    private readonly states: SyncStateRepository,
    private readonly executions: ExecutionsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly reclassifier: Reclassifier,
    private readonly rules: RulesCache,
  ) {}

  /**
   * A changed zone: every day that raw covers is to be computed again, by the old calendar and by the new one. Where quiet
   * hours are among the rules, every execution is to be judged again by the new clock.
   */
  async applyConfig(manager: LockedManager, state: ClientLockState): Promise<void> {
    const stored = await this.stored(manager, state.clientId);
    if (stored.appliedConfigVersion === state.configVersion) return;
    const old = stored.appliedTimezone;
    const { timezone, configVersion } = state;
    const moved = hasMoved({ timezone, configVersion, appliedTimezone: old, appliedConfigVersion: stored.appliedConfigVersion });
    if (moved) {
      const span = await this.executions.startsFrom(manager, state.clientId, state.rawFloor);
      if (span !== null) {
        await this.dirtyDays.markDays(manager, state.clientId, [
          ...(old === null ? [] : daysOf(span, old)),
          ...daysOf(span, state.timezone),
        ]);
        await raiseDataVersion(manager, state.clientId);
      }
    }
    const applied = { appliedConfigVersion: state.configVersion, appliedTimezone: state.timezone };
    const { startedAt } = verdictDependsOn((await this.rules.under(manager, state)).rules);
    const judgeAgain =
      startedAt && (moved || old === null)
        ? { appliedRuleVersion: NOTHING_APPLIED, reclassifyVersion: null, reclassifyCursor: null }
        : {};
    await this.states.patch(state.clientId, { ...applied, ...judgeAgain }, manager);
  }

  /** One batch of a re-classification by the newest rule set; a still newer one begins again. */
  async applyRules(manager: LockedManager, state: ClientLockState): Promise<StepResult> {
    const stored = await this.stored(manager, state.clientId);
    const stamp = this.rules.stampOf(state);
    if (stored.appliedRuleVersion === stamp) return NOTHING_TO_DO;
    const from = stored.reclassifyVersion === stamp ? (stored.reclassifyCursor ?? BEGINNING) : BEGINNING;
    const { judged, changed, next } = await this.reclassifier.batch(manager, state, { workflowIds: null, from });
    const fields =
      next === null
        ? { appliedRuleVersion: stamp, reclassifyVersion: null, reclassifyCursor: null }
        : { reclassifyVersion: stamp, reclassifyCursor: next };
    await this.states.patch(state.clientId, fields, manager);
    return { judged, changed, position: next, done: next === null };
  }

  /** One batch of the renamed and re-tagged workflows. */
  async applyRenames(manager: LockedManager, state: ClientLockState): Promise<StepResult> {
    const result = await this.reclassifier.batchOfRenamed(manager, state);
    // The last batch may have been of the first thousand workflows: the next step tells.
    return result === null ? NOTHING_TO_DO : { ...result, position: result.next, done: false };
  }

  private async stored(manager: LockedManager, clientId: number): Promise<SyncStateEntity> {
    const stored = await this.states.load(clientId, manager);
    if (stored === null) throw new Error(`client ${clientId} has no sync state`);
    return stored;
  }
}
