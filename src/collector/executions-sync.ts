import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type UnreadPage } from '../n8n-client/index.js';
import { Ahead } from './ahead.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { EpochJudge } from './epoch-judge.js';
import { ExecutionPages } from './execution-pages.js';
import { HeadWalk, type WalkResult } from './head-walk.js';
import { type OpenList, PendingSync } from './pending-sync.js';
import { Reconcile } from './reconcile.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { ContradictionError } from './sync-errors.js';
import { type SyncRun } from './sync-run.js';

/** A database that is replaced again while it is being judged is judged again; more often than this is left to the next sync. */
const MAX_TRIES = 3;

/** Everything that lists executions: the walk from the top, what was open or missing, the daily comparison. */
@Injectable()
export class ExecutionsSync {
  constructor(
    private readonly pages: ExecutionPages,
    private readonly walk: HeadWalk,
    private readonly pending: PendingSync,
    private readonly reconcile: Reconcile,
    private readonly judge: EpochJudge,
    private readonly states: SyncStateRepository,
  ) {}

  /** The top of n8n's list, which can be asked for before there is time for its rows. */
  top(run: SyncRun): Ahead<UnreadPage> {
    return new Ahead(() => this.pages.unreadBelow(run, null));
  }

  /** @throws N8nError, SyncSupersededError */
  async sync(run: SyncRun, top: Ahead<UnreadPage>, clock: Clock): Promise<WalkResult> {
    const open = this.pending.openList(run);
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.once(run, top, open, clock);
        } catch (error) {
          if (!(error instanceof ContradictionError) || tries >= MAX_TRIES) throw error;
          await this.judge.judge(run, error.ids, clock);
        }
      }
    } finally {
      await open.close();
    }
  }

  private async once(run: SyncRun, top: Ahead<UnreadPage>, open: OpenList, clock: Clock): Promise<WalkResult> {
    const state = await this.stateOf(run.clientId);
    const walked = await this.walk.walk(run, state, top, () => {
      open.ask();
    });
    const windowHours = state.prunes ? state.visibleHours : null;
    await this.pending.sync(run, open, { windowHours, unseenBelow: walked.unseenBelow }, clock);
    const reconciling = walked.more ? false : await this.reconcile.run(run, state, clock);
    return { ...walked, more: walked.more || reconciling };
  }

  private async stateOf(clientId: number): Promise<SyncStateEntity> {
    const state = await this.states.load(clientId);
    if (state === null) throw new Error(`client ${clientId} has no sync state`);
    return state;
  }
}
