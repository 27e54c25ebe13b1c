import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type Client, ClientsService } from '../clients/index.js';
import { PaceKeeper } from './pace-keeper.js';
import { RunKeeper } from './run-keeper.js';
import { type SyncContext, type SyncCounts } from './sync-run.js';
import { SyncSteps } from './sync-steps.js';

/** What a sync came to. */
export interface SyncOutcome {
  counts: SyncCounts;
  /** The backfill has more to do: the same client wants its next turn at once. */
  more: boolean;
}

/** Syncs one client: configuration first, then workflows, executions, what was open, and why executions failed. */
@Injectable()
export class CollectorService {
  private readonly logger = new Logger(CollectorService.name);

  constructor(
    private readonly clients: ClientsService,
    private readonly runs: RunKeeper,
    private readonly steps: SyncSteps,
    private readonly pace: PaceKeeper,
    private readonly clock: Clock,
  ) {}

  /**
   * Idempotent: whatever was stored before a crash or an error stays, and the next sync goes on from there.
   * @throws N8nError when the instance cannot be read, SyncSupersededError when a newer sync of the client has begun,
   *   NotFoundError `client_not_found`
   */
  async sync(clientId: number, context: SyncContext): Promise<SyncOutcome> {
    const client = await this.clients.get(clientId);
    const reclassified = await this.steps.applyChanges(clientId, context.signal);
    try {
      const outcome = await this.read(client, context, reclassified);
      this.logger.log({ message: 'sync done', client_id: clientId, ...outcome.counts, more: outcome.more });
      return outcome;
    } catch (error) {
      if (!context.signal.aborted) await this.runs.failed(client, error);
      throw error;
    }
  }

  private async read(client: Client, context: SyncContext, reclassified: number): Promise<SyncOutcome> {
    const target = await this.clients.target(client.id);
    const sentBefore = this.runs.requestsOf(client.id);
    const sent = (): number => this.runs.requestsOf(client.id) - sentBefore;
    try {
      const { run, state } = await this.runs.begin(client, target, context);
      run.counts.reclassified = reclassified;
      const result = await this.steps.run(run, state, this.clock);
      const minutes = result.more ? 0 : await this.pace.afterSync(run, state, result, client.syncIntervalMinutes);
      run.counts.requests = sent();
      await this.runs.succeeded(client, run, minutes, result.detailsLeft);
      return { counts: run.counts, more: result.more };
    } finally {
      await this.runs.keepHealth(target, sent());
    }
  }
}
