import { Injectable } from '@nestjs/common';
import { ClientLock } from '../database/index.js';
import { ChangeSteps, type StepResult } from './change-steps.js';
import { ReclassifyRepository } from './reclassify.repository.js';
import { RulesCache } from './rules-cache.js';

/** Steps that a sync takes before it goes on to collect; the rest is for the job that applies changes, or for the next sync. */
const STEPS_OF_A_SYNC = 3;
/** More than any client has: a loop that reaches it is fed faster than it works, and the next run goes on. */
const MAX_STEPS = 1_000_000;

/** How far the stored executions have been judged again. */
export interface ChangeProgress {
  /** Executions looked at by this run, and those that changed their verdict. */
  judged: number;
  changed: number;
  /** Stored executions when it began (later ones come with the right verdict), and those that an interrupted run had done. */
  total: number;
  doneBefore: number;
  /** Everything that started before it is done; `null` at the end. */
  position: Date | null;
}

/**
 * Applies what was configured since the last run: a new zone marks the days that raw covers, a new rule version or a renamed
 * workflow judges stored executions again. Configuration is pulled by comparing versions, so it cannot be lost; every step is
 * one short transaction that also keeps its position, so that any number of runs may work on it, be killed and go on.
 */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly lock: ClientLock,
    private readonly steps: ChangeSteps,
    private readonly repository: ReclassifyRepository,
    private readonly rules: RulesCache,
  ) {}

  /** Clients with verdicts still to be made anew: their job was lost, or the defaults of the environment are others than before. */
  async unappliedClients(limit: number): Promise<number[]> {
    return this.repository.unapplied(this.defaultsStamp(), limit);
  }

  /** Names the rules of clients that stored none, the way `sync_states.applied_rule_version` does. */
  defaultsStamp(): number {
    return this.rules.defaultsStamp();
  }

  /**
   * A part that does not keep a sync from collecting.
   * @returns how many stored executions changed their verdict
   */
  async apply(clientId: number, signal: AbortSignal): Promise<number> {
    return (await this.run(clientId, signal, STEPS_OF_A_SYNC, { total: 0, doneBefore: 0 })).changed;
  }

  /** All of it, telling how far it is after each step. */
  async applyAll(
    clientId: number,
    signal: AbortSignal,
    onStep: (progress: ChangeProgress) => Promise<void>,
  ): Promise<ChangeProgress> {
    return this.run(clientId, signal, MAX_STEPS, await this.repository.workload(clientId), onStep);
  }

  private async run(
    clientId: number,
    signal: AbortSignal,
    maxSteps: number,
    work: Pick<ChangeProgress, 'total' | 'doneBefore'>,
    onStep?: (progress: ChangeProgress) => Promise<void>,
  ): Promise<ChangeProgress> {
    const progress: ChangeProgress = { judged: 0, changed: 0, ...work, position: null };
    await this.lock.run(clientId, (manager, state) => this.steps.applyConfig(manager, state));
    let left = maxSteps;
    for (const step of ['applyRules', 'applyRenames'] as const) {
      for (let done = false; !done && left > 0; left -= 1) {
        signal.throwIfAborted();
        const result: StepResult = await this.lock.run(clientId, (manager, state) => this.steps[step](manager, state));
        progress.judged += result.judged;
        progress.changed += result.changed;
        progress.position = result.position;
        done = result.done;
        await onStep?.(progress);
      }
    }
    return progress;
  }
}
