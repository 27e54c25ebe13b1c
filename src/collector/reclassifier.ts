import { Injectable } from '@nestjs/common';
import { Clock, localDayOf } from '../common/index.js';
import { type ClientLockState, raiseDataVersion, type LockedManager } from '../database/index.js';
import { classify } from '../production-filter/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';

import { type NewVerdict, ReclassifyRepository, type StoredVerdict } from './reclassify.repository.js';
import { RulesCache } from './rules-cache.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** Rows judged per transaction. */
const BATCH = 5_000;

/** Judges a batch of stored executions again, by the rules and workflow names of now. */
@Injectable()
export class Reclassifier {
  constructor(
    private readonly repository: ReclassifyRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly rules: RulesCache,
    private readonly clock: Clock,
  ) {}

  /**
   * Call it under the client's lock. Writes the verdicts that changed and marks their days.
   * @returns how many changed, and from where to go on (`null`: this was the last batch)
   */
  async batch(
    manager: LockedManager,
    state: ClientLockState,
    workflowId: number | null,
    from: Date,
  ): Promise<{ changed: number; next: Date | null }> {
    const rows = await this.repository.batch(manager, state.clientId, workflowId, from, BATCH);
    const changed = await this.judge(manager, state, rows);
    await this.repository.write(manager, state.clientId, state.ruleVersion, changed, this.clock.now());
    await this.dirtyDays.markDays(
      manager,
      state.clientId,
      changed.map((verdict) => localDayOf(verdict.startedAt, state.timezone)),
    );
    if (changed.length > 0) await raiseDataVersion(manager, state.clientId);
    const last = rows.at(-1);
    const next = rows.length < BATCH || last === undefined ? null : new Date(last.startedAt.getTime() + 1);
    return { changed: changed.length, next };
  }

  private async judge(manager: LockedManager, state: ClientLockState, rows: readonly StoredVerdict[]): Promise<NewVerdict[]> {
    const rules = await this.rules.under(manager, state);
    const workflows = await this.workflows.byIds(manager, state.clientId, [...new Set(rows.map((row) => row.workflowId))]);
    const changed: NewVerdict[] = [];
    for (const row of rows) {
      const facts = { ...row, durationMs: row.executionTimeMs };
      const verdict = classify(facts, workflows.get(row.workflowId), rules);
      if (verdict.production === row.isProduction && verdict.reason === row.filterReason) continue;
      changed.push({
        epoch: row.epoch,
        id: row.id,
        startedAt: row.startedAt,
        isProduction: verdict.production,
        filterReason: verdict.reason,
      });
    }
    return changed;
  }
}
