import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { DetailsSync } from './details-sync.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';

/** The failures' details: a stream of its own, whose failure does not make the sync fail. */
@Injectable()
export class DetailsStream {
  constructor(
    private readonly details: DetailsSync,
    private readonly states: SyncStateRepository,
  ) {}

  /** @returns whether failures are left */
  async sync(run: SyncRun, clock: Clock): Promise<boolean> {
    try {
      const left = await this.details.sync(run, clock);
      await this.states.succeeded(run.clientId, 'details', clock.now());
      return left;
    } catch (error) {
      if (run.context.signal.aborted) throw error;
      await this.states.failed(run.clientId, 'details', error instanceof Error ? error.message : String(error), clock.now());
      return true;
    }
  }
}
