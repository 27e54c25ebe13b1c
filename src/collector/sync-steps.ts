import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { HeadWalk } from './head-walk.js';
import { PendingChanges } from './pending-changes.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowsSync } from './workflows-sync.js';
import { LateStreams } from './late-streams.js';

/** Workflow lists can be megabytes; renames may be an hour late, unless a person asks for the sync. */
const WORKFLOWS_EVERY_MS = 60 * 60_000;

/** The streams of a sync in their order. Executions come before details: a sync is complete when its lists are stored. */
@Injectable()
export class SyncSteps {
  constructor(
    private readonly changes: PendingChanges,
    private readonly workflows: WorkflowsSync,
    private readonly walk: HeadWalk,
    private readonly streams: LateStreams,
    private readonly states: SyncStateRepository,
  ) {}

  /** Applies configuration that changed since the last run; needs no n8n. */
  async applyChanges(clientId: number, signal: AbortSignal): Promise<number> {
    return this.changes.apply(clientId, signal);
  }

  /** @returns whether the backfill has more to do and whether failures lack their detail */
  async run(run: SyncRun, state: SyncStateEntity, clock: Clock): Promise<{ more: boolean; detailsLeft: boolean }> {
    const { clientId, context } = run;
    if (state.firstObservedAt === null) await this.states.patch(clientId, { firstObservedAt: clock.now() });
    if (this.workflowsDue(state, context.full === true, clock.now())) {
      await context.progress({ phase: 'workflows' });
      await this.workflows.sync(run, clock).catch(async (error: unknown) => {
        if (context.signal.aborted) throw error;
        await this.states.failed(clientId, 'workflows', error instanceof Error ? error.message : String(error), clock.now());
        throw error;
      });
      // Renames found just now are applied before the figures are made.
      run.counts.reclassified += await this.changes.apply(clientId, context.signal);
    }
    await context.progress({ phase: 'executions' });
    const more = await this.walk.walk(run, state);
    await this.streams.pending(run, state.epoch, clock);
    await this.states.succeeded(clientId, 'executions', clock.now());
    await this.states.addSetAside(clientId, run.counts.set_aside);
    await context.listsStored?.();
    const detailsLeft = more ? true : await this.streams.details(run, clock);
    return { more, detailsLeft };
  }

  private workflowsDue(state: SyncStateEntity, full: boolean, now: Date): boolean {
    return full || state.workflowsSyncedAt === null || now.getTime() - state.workflowsSyncedAt.getTime() >= WORKFLOWS_EVERY_MS;
  }
}
