import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { DetailsStream } from './details-stream.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionsSync } from './executions-sync.js';
import { type WalkResult } from './head-walk.js';
import { PendingChanges } from './pending-changes.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowsSync } from './workflows-sync.js';

/** Workflow lists can be megabytes; renames may be an hour late, unless a person asks for the sync. */
const WORKFLOWS_EVERY_MS = 60 * 60_000;

/** What the streams of a sync came to. */
export interface StepsResult extends WalkResult {
  /** Failures lack their detail. */
  detailsLeft: boolean;
}

/** The streams of a sync in their order. Executions come before details: a sync is complete when its lists are stored. */
@Injectable()
export class SyncSteps {
  constructor(
    private readonly changes: PendingChanges,
    private readonly workflows: WorkflowsSync,
    private readonly executions: ExecutionsSync,
    private readonly details: DetailsStream,
    private readonly states: SyncStateRepository,
  ) {}

  /** Applies configuration that changed since the last run; needs no n8n. */
  async applyChanges(clientId: number, signal: AbortSignal): Promise<number> {
    return this.changes.apply(clientId, signal);
  }

  /** @throws N8nError, SyncSupersededError */
  async run(run: SyncRun, state: SyncStateEntity, clock: Clock): Promise<StepsResult> {
    const { clientId, context } = run;
    if (state.firstObservedAt === null) await this.states.patch(clientId, { firstObservedAt: clock.now() });
    const walked = await this.lists(run, state, clock);
    // What started while the sync ran may have come too late for its lists: complete is what was there when it began.
    await this.states.succeeded(clientId, 'executions', run.startedAt);
    await context.listsStored?.();
    const detailsLeft = walked.more ? true : await this.details.sync(run, clock);
    return { ...walked, detailsLeft };
  }

  /** Workflows where it is time for them, then executions: their first page is on its way while workflows are stored. */
  private async lists(run: SyncRun, state: SyncStateEntity, clock: Clock): Promise<WalkResult> {
    const { context } = run;
    const top = this.executions.top(run);
    try {
      if (this.workflowsDue(state, context.full === true, clock.now())) {
        await this.syncWorkflows(run, state, clock, () => {
          top.ask();
        });
      }
      await context.progress({ phase: 'executions' });
      return await this.executions.sync(run, top, clock);
    } finally {
      await top.close();
    }
  }

  private async syncWorkflows(run: SyncRun, state: SyncStateEntity, clock: Clock, listRead: () => void): Promise<void> {
    const { clientId, context } = run;
    await context.progress({ phase: 'workflows' });
    await this.workflows.sync(run, state.workflowsSyncedAt, clock, listRead).catch(async (error: unknown) => {
      if (context.signal.aborted) throw error;
      await this.states.failed(clientId, 'workflows', error instanceof Error ? error.message : String(error), clock.now());
      throw error;
    });
    // Renames found just now are applied before the figures are made.
    run.counts.reclassified += await this.changes.apply(clientId, context.signal);
  }

  private workflowsDue(state: SyncStateEntity, full: boolean, now: Date): boolean {
    if (full || state.workflowsSyncedAt === null) return true;
    // Far ahead as well: a clock was put back since.
    return Math.abs(now.getTime() - state.workflowsSyncedAt.getTime()) >= WORKFLOWS_EVERY_MS;
  }
}
