import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { type Client, ClientsService } from '../clients/index.js';
import { N8nError } from '../n8n-client/index.js';
import { CapabilitiesKeeper } from './capabilities-keeper.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { emptyCounts, type SyncContext, type SyncCounts, type SyncRun } from './sync-run.js';
import { SyncSteps } from './sync-steps.js';

const MINUTE_MS = 60_000;

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
    private readonly states: SyncStateRepository,
    private readonly capabilities: CapabilitiesKeeper,
    private readonly steps: SyncSteps,
    private readonly clock: Clock,
  ) {}

  /**
   * Idempotent: whatever was stored before a crash or an error stays, and the next sync goes on from there.
   * @throws N8nError when the instance cannot be read, NotFoundError `client_not_found`
   */
  async sync(clientId: number, context: SyncContext): Promise<SyncOutcome> {
    const client = await this.clients.get(clientId);
    const counts = emptyCounts();
    counts.reclassified = await this.steps.applyChanges(clientId, context.signal);
    try {
      const target = await this.clients.target(clientId);
      const capabilities = await this.capabilities.of(target, context.signal);
      const run: SyncRun = { clientId, target, capabilities, timezone: client.timezone, context, counts };
      const state = await this.loadState(clientId);
      const { more, detailsLeft } = await this.steps.run(run, state, this.clock);
      await this.succeeded(client, more, detailsLeft);
      this.logger.log({ message: 'sync done', client_id: clientId, ...counts, more });
      return { counts, more };
    } catch (error) {
      if (!context.signal.aborted) await this.failed(client, error);
      throw error;
    }
  }

  private async loadState(clientId: number): Promise<SyncStateEntity> {
    const state = await this.states.load(clientId);
    if (state === null) throw new Error(`client ${clientId} has no sync state`);
    return state;
  }

  /** The next sync: at once while a backfill is under way, in a minute while failures lack their detail, else at the interval. */
  private async succeeded(client: Client, more: boolean, detailsLeft: boolean): Promise<void> {
    const minutes = more ? 0 : detailsLeft ? 1 : client.syncIntervalMinutes;
    const nextSyncAt = new Date(this.clock.now().getTime() + minutes * MINUTE_MS);
    await this.states.patch(client.id, { consecutiveFailures: 0, nextSyncAt });
  }

  private async failed(client: Client, error: unknown): Promise<void> {
    const now = this.clock.now();
    const message = error instanceof Error ? error.message : String(error);
    const state = await this.states.load(client.id);
    if (state === null) return;
    const failures = state.consecutiveFailures + 1;
    const minutes = Math.min(client.syncIntervalMinutes, 2 ** Math.min(10, failures - 1));
    const fields = { consecutiveFailures: failures, nextSyncAt: new Date(now.getTime() + minutes * MINUTE_MS) };
    await this.states.patch(client.id, fields);
    await this.states.failed(client.id, 'executions', message, now);
    if (error instanceof N8nError && error.code === 'bad_request') await this.capabilities.forget(client.id);
    this.logger.warn({ message: `sync failed: ${message}`, client_id: client.id, failures, next_in_minutes: minutes });
  }
}
