import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type ClientLockState, raiseDataVersion, type LockedManager } from '../database/index.js';
import { type CompiledRules, verdictDependsOn } from '../production-filter/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { cutsOf, differs, judgeGroup } from './execution-group.js';
import { ExecutionGroupsReadModel, type Stretch } from './execution-groups.read-model.js';
import { ReclassifyRepository } from './reclassify.repository.js';
import { RulesCache } from './rules-cache.js';

/** Rows judged per transaction: a sync that waits for the lock waits until so many rows are written. */
const BATCH = 10_000;
/** Renamed workflows of one transaction. */
const MAX_WORKFLOWS = 1_000;
/** Longest stretch when the rules look at the time of day: each minute of it costs a look at the clock. */
const LONGEST_MS = 14 * 86_400_000;
/** Every stored instant is earlier. */
const END_OF_TIME = new Date('9999-01-01T00:00:00Z');

/** What one batch did. `next`: from where to go on; `null`: it was the last one. */
export interface BatchResult {
  judged: number;
  changed: number;
  next: Date | null;
}

/** Judges stored executions again, by the rules and workflow names of now: a stretch of time at once, group by group and not row by row. */
@Injectable()
export class Reclassifier {
  constructor(
    private readonly repository: ReclassifyRepository,
    private readonly groups: ExecutionGroupsReadModel,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly rules: RulesCache,
    private readonly clock: Clock,
  ) {}

  /** Call it under the client's lock. Writes the verdicts that changed and marks their days; `workflowIds` null: all workflows. */
  async batch(
    manager: LockedManager,
    state: ClientLockState,
    { workflowIds, from }: { workflowIds: readonly number[] | null; from: Date },
  ): Promise<BatchResult> {
    const bounds = await this.repository.stretchEnd(manager, state.clientId, from, BATCH);
    if (bounds === null) return { judged: 0, changed: 0, next: null };
    const rules = await this.rules.under(manager, state);
    const next = nextOf(bounds, rules);
    const stretch = { clientId: state.clientId, from: bounds.first, to: next ?? END_OF_TIME, workflowIds };
    return { ...(await this.judge(manager, state, stretch, rules)), next };
  }

  /**
   * The same for the workflows whose name or tags changed, all of them at once: each has its own mark, the earliest is where it
   * begins. `null`: there are none.
   */
  async batchOfRenamed(manager: LockedManager, state: ClientLockState): Promise<BatchResult | null> {
    const marked = await this.repository.marked(manager, state.clientId, MAX_WORKFLOWS);
    if (marked === null) return null;
    const result = await this.batch(manager, state, marked);
    await this.repository.moveMarks(manager, state.clientId, marked.workflowIds, result.next);
    return result;
  }

  private async judge(
    manager: LockedManager,
    state: ClientLockState,
    stretch: Stretch,
    rules: CompiledRules,
  ): Promise<{ judged: number; changed: number }> {
    const cuts = cutsOf(rules, stretch.from, stretch.to);
    const groups = await this.groups.groups(manager, stretch, cuts);
    const changed = groups
      .map((group) => ({ group, verdict: judgeGroup(group, rules) }))
      .filter(({ group, verdict }) => differs(group, verdict));
    const how = { ruleVersion: state.ruleVersion, zone: state.timezone, now: this.clock.now() };
    const written = await this.repository.write(manager, { stretch, cuts, changed }, how);
    await this.dirtyDays.markDays(manager, state.clientId, written.days);
    if (written.rows > 0) await raiseDataVersion(manager, state.clientId);
    return { judged: groups.reduce((sum, group) => sum + group.executions, 0), changed: written.rows };
  }
}

/** The end of a stretch: right behind its last instant, or earlier when the rules look at the time of day. */
function nextOf({ first, last }: { first: Date; last: Date | null }, rules: CompiledRules): Date | null {
  const end = last === null ? Infinity : last.getTime() + 1;
  const next = verdictDependsOn(rules.rules).startedAt ? Math.min(end, first.getTime() + LONGEST_MS) : end;
  return next === Infinity ? null : new Date(next);
}
