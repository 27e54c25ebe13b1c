import { Injectable } from '@nestjs/common';
import { type ClientLockState, raiseDataVersion, type LockedManager } from '../database/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionsRepository } from './executions.repository.js';

import { Reclassifier } from './reclassifier.js';
import { ReclassifyRepository } from './reclassify.repository.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { daysOf } from './workflow-writer.js';

const BEGINNING = new Date(0);

/** The single steps, each to be called under the client's lock. */
@Injectable()
export class ChangeSteps {
  constructor(
    private readonly states: SyncStateRepository,
    private readonly executions: ExecutionsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly reclassifier: Reclassifier,
    private readonly repository: ReclassifyRepository,
  ) {}

  /** A changed zone: every day that raw covers is to be computed again, by the old calendar and by the new one. */
  async applyConfig(manager: LockedManager, state: ClientLockState): Promise<void> {
    const stored = await this.stored(manager, state.clientId);
    if (stored.appliedConfigVersion === state.configVersion) return;
    const old = stored.appliedTimezone;
    if (old !== null && old !== state.timezone) {
      const span = await this.executions.startsFrom(manager, state.clientId, state.rawFloor);
      if (span !== null) {
        await this.dirtyDays.markDays(manager, state.clientId, [...daysOf(span, old), ...daysOf(span, state.timezone)]);
        await raiseDataVersion(manager, state.clientId);
      }
    }
    const applied = {
      appliedConfigVersion: state.configVersion,
      appliedTimezone: state.timezone,
    };
    await this.states.patch(state.clientId, applied, manager);
  }

  /** One batch of a re-classification by the newest rule set; a still newer one begins again. */
  async applyRules(manager: LockedManager, state: ClientLockState): Promise<{ changed: number; done: boolean }> {
    const stored = await this.stored(manager, state.clientId);
    if (stored.appliedRuleVersion === state.ruleVersion) return { changed: 0, done: true };
    const from = stored.reclassifyVersion === state.ruleVersion ? (stored.reclassifyCursor ?? BEGINNING) : BEGINNING;
    const { changed, next } = await this.reclassifier.batch(manager, state, null, from);
    const fields =
      next === null
        ? { appliedRuleVersion: state.ruleVersion, reclassifyVersion: null, reclassifyCursor: null }
        : { reclassifyVersion: state.ruleVersion, reclassifyCursor: next };
    await this.states.patch(state.clientId, fields, manager);
    return { changed, done: next === null };
  }

  /** One batch of a renamed or re-tagged workflow. */
  async applyRename(
    manager: LockedManager,
    state: ClientLockState,
    workflowId: number,
  ): Promise<{ changed: number; done: boolean }> {
    const from = await this.repository.mark(manager, state.clientId, workflowId);
    if (from === null) return { changed: 0, done: true };
    const { changed, next } = await this.reclassifier.batch(manager, state, workflowId, from);
    await this.repository.setMark(manager, state.clientId, workflowId, next);
    return { changed, done: next === null };
  }

  private async stored(manager: LockedManager, clientId: number): Promise<SyncStateEntity> {
    const stored = await this.states.load(clientId, manager);
    if (stored === null) throw new Error(`client ${clientId} has no sync state`);
    return stored;
  }
}
