import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Client } from '../clients/index.js';
import { N8nClient, N8nError, type N8nTarget } from '../n8n-client/index.js';
import { CapabilitiesKeeper } from './capabilities-keeper.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { nextSyncAt } from './pace.js';
import { SyncSupersededError } from './sync-errors.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { emptyCounts, type SyncContext, type SyncRun } from './sync-run.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** A sync that is about to read. */
export interface BegunRun {
  run: SyncRun;
  /** As it was when the sync began. */
  state: SyncStateEntity;
}

/** Begins and ends a sync: it takes over from any other of the same client, and treats the instance as the last one left it. */
@Injectable()
export class RunKeeper {
  private readonly logger = new Logger(RunKeeper.name);

  constructor(
    private readonly states: SyncStateRepository,
    private readonly capabilities: CapabilitiesKeeper,
    private readonly n8n: N8nClient,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'rawRetentionDays'>,
  ) {}

  /** @throws NotFoundError `client_not_found`, N8nError when the instance has to be asked what it can do and does not answer */
  async begin(client: Client, target: N8nTarget, context: SyncContext): Promise<BegunRun> {
    const token = randomUUID();
    const startedAt = this.clock.now();
    const state = await this.states.takeOver(client.id, token);
    this.n8n.restoreCircuit(target, { failures: state.circuitFailures, openUntil: state.circuitOpenUntil });
    if (state.consecutiveFailures > 0) this.n8n.beCareful(target);
    const capabilities = await this.capabilities.of(target, context.signal);
    this.n8n.startPageSize(target, capabilities.pageSize);
    const run: SyncRun = {
      clientId: client.id,
      target,
      capabilities,
      timezone: client.timezone,
      context,
      counts: emptyCounts(),
      startedAt,
      retentionFloor: new Date(startedAt.getTime() - this.config.rawRetentionDays * DAY_MS),
      rawFloor: await this.states.rawFloor(),
      knownWorkflows: new Set(),
      shownOpen: new Set(),
      assertCurrent: (locked) => {
        if (locked.syncToken !== token) throw new SyncSupersededError(client.id);
      },
    };
    return { run, state };
  }

  /**
   * The next sync: at once while a backfill is under way, in a minute while failures lack their detail, else after `minutes`.
   * @throws SyncSupersededError
   */
  async succeeded(client: Client, run: SyncRun, minutes: number, detailsLeft: boolean): Promise<void> {
    await this.states.addSetAside(client.id, run.counts.set_aside);
    const now = this.clock.now();
    const wait = minutes > 1 && detailsLeft ? 1 : minutes;
    const next = wait === 0 ? now : nextSyncAt(now, wait, client.id);
    await this.states.patch(client.id, { consecutiveFailures: 0, nextSyncAt: next, lastSyncRequests: run.counts.requests });
  }

  /** Tries again soon, then more and more seldom; never before an open circuit or a `Retry-After` allows it. */
  async failed(client: Client, error: unknown): Promise<void> {
    if (error instanceof SyncSupersededError) return;
    const now = this.clock.now();
    const message = error instanceof Error ? error.message : String(error);
    const state = await this.states.load(client.id);
    if (state === null) return;
    const failures = state.consecutiveFailures + 1;
    const minutes = Math.min(client.syncIntervalMinutes, 2 ** Math.min(10, failures - 1));
    const asked = error instanceof N8nError ? (error.retryAfterMs ?? 0) : 0;
    const at = Math.max(now.getTime() + Math.max(minutes * MINUTE_MS, asked), state.circuitOpenUntil?.getTime() ?? 0);
    await this.states.patch(client.id, { consecutiveFailures: failures, nextSyncAt: new Date(at) });
    await this.states.failed(client.id, 'executions', message, now);
    if (error instanceof N8nError && error.code === 'bad_request') await this.capabilities.forget(client.id);
    this.logger.warn({
      message: `sync failed: ${message}`,
      client_id: client.id,
      failures,
      next_sync_at: new Date(at).toISOString(),
    });
  }

  /** Keeps what the process knows of the instance's health, so that a restart does not forget an open circuit. */
  async keepHealth(target: N8nTarget, requests: number): Promise<void> {
    const { failures, openUntil } = this.n8n.circuitSnapshot(target);
    await this.states.keepHealth(target.clientId, { failures, openUntil, requests });
  }

  /** Requests that this process has sent to the client's instance. */
  requestsOf(clientId: number): number {
    return this.n8n.requestCount(clientId);
  }
}
