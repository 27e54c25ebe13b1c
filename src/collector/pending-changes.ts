import { Injectable } from '@nestjs/common';
import { ClientLock } from '../database/index.js';
import { ReclassifyRepository } from './reclassify.repository.js';
import { ChangeSteps } from './change-steps.js';

const MAX_STEPS = 10_000;
const MAX_WORKFLOWS = 1_000;

/**
 * Applies what was configured since the last run: a new zone marks the days that raw covers, a new rule version or a renamed
 * workflow judges stored executions again. Configuration is pulled by comparing versions, so it cannot be lost; every step is
 * one short transaction that also keeps its position.
 */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly lock: ClientLock,
    private readonly steps: ChangeSteps,
    private readonly repository: ReclassifyRepository,
  ) {}

  /** @returns how many stored executions changed their verdict */
  async apply(clientId: number, signal: AbortSignal): Promise<number> {
    let changed = 0;
    await this.lock.run(clientId, (manager, state) => this.steps.applyConfig(manager, state));
    for (let step = 0; step < MAX_STEPS; step += 1) {
      signal.throwIfAborted();
      const result = await this.lock.run(clientId, (manager, state) => this.steps.applyRules(manager, state));
      changed += result.changed;
      if (result.done) break;
    }
    for (const workflowId of await this.repository.markedWorkflows(clientId, MAX_WORKFLOWS)) {
      for (let step = 0; step < MAX_STEPS; step += 1) {
        signal.throwIfAborted();
        const result = await this.lock.run(clientId, (manager, state) => this.steps.applyRename(manager, state, workflowId));
        changed += result.changed;
        if (result.done) break;
      }
    }
    return changed;
  }
}
