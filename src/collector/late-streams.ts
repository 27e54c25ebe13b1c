import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { DetailsSync } from './details-sync.js';
import { PendingSync } from './pending-sync.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';

/** What follows the list: executions that were open or missing, and the failures' details. */
@Injectable()
export class LateStreams {
  constructor(
    private readonly pendingSync: PendingSync,
    private readonly detailsSync: DetailsSync,
    private readonly states: SyncStateRepository,
  ) {}

  async pending(run: SyncRun, epoch: number, clock: Clock): Promise<void> {
    await this.pendingSync.sync(run, epoch, clock);
  }

  /** A stream of its own: its failure does not make the sync fail. @returns whether failures are left */
  async details(run: SyncRun, clock: Clock): Promise<boolean> {
    try {
      const left = await this.detailsSync.sync(run, clock);
      await this.states.succeeded(run.clientId, 'details', clock.now());
      return left;
    } catch (error) {
      if (run.context.signal.aborted) throw error;
      await this.states.failed(run.clientId, 'details', error instanceof Error ? error.message : String(error), clock.now());
      return true;
    }
  }
}
