import { Injectable } from '@nestjs/common';
import { type ClientLockState, raiseDataVersion, type LockedManager } from '../database/index.js';
import { type N8nWorkflow } from '../n8n-client/index.js';
import { daysOf } from './days-of.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** Writes workflow metadata and time-saved values with everything that follows from a change. */
@Injectable()
export class WorkflowWriter {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
  ) {}

  /** Call it under the client's lock. @returns how many workflows are new or changed */
  async write(manager: LockedManager, state: ClientLockState, workflows: readonly N8nWorkflow[], now: Date): Promise<number> {
    const changed = await this.workflows.upsert(manager, state.clientId, workflows, now);
    const valued = await this.workflows.importTimeSaved(manager, state.clientId, workflows, now);
    // Also a value that counts from now on: where n8n's clock is ahead, executions of a later moment are stored already.
    const span = valued.ids.length === 0 ? null : await this.workflows.executionSpan(manager, state.clientId, valued);
    if (span !== null) await this.dirtyDays.markDays(manager, state.clientId, daysOf(span, state.timezone));
    if (changed > 0 || span !== null) await raiseDataVersion(manager, state.clientId);
    return changed;
  }
}
