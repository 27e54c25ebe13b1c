import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionRow } from '../../src/collector/execution-row.js';
import { ExecutionRowsRepository } from '../../src/collector/execution-rows.repository.js';
import { ExecutionsRepository } from '../../src/collector/executions.repository.js';
import { PageEffectsRepository } from '../../src/collector/page-effects.repository.js';
import { PartitionsRepository } from '../../src/collector/index.js';
import { ClientLock } from '../../src/database/index.js';
import { type CollectingApp } from '../support/collecting-app.js';

const WRITERS = 3;
const PAGE = 25;
const PAUSE_MS = 2;

/** Writers that store pages of new executions of now, each as a sync does: partition, client's lock, rows, dirty day. */
export class WriterFleet {
  private readonly times: number[] = [];
  /** Begin of each write that is under way: one that is blocked must be seen although it has not ended. */
  private readonly underWay = new Set<{ since: number }>();
  private stopping = false;
  private loops: Promise<void>[] = [];
  private stored = 0;
  private failure: Error | null = null;

  constructor(
    private readonly app: CollectingApp,
    private readonly clientIds: readonly number[],
  ) {}

  start(): void {
    this.loops = Array.from({ length: WRITERS }, (_, n) =>
      this.loop(n).catch((error: unknown) => {
        this.failure = error instanceof Error ? error : new Error(String(error));
      }),
    );
  }

  async running(ms: number): Promise<void> {
    await sleep(ms);
    if (this.times.length === 0) throw new Error('the writers wrote nothing', { cause: this.failure });
  }

  forgetTimes(): void {
    this.times.length = 0;
  }

  /** Of every write that was under way since `forgetTimes`. @throws Error when a write failed */
  longestMs(): number {
    if (this.failure !== null) throw this.failure;
    const now = performance.now();
    return Math.max(...this.times, ...[...this.underWay].map(({ since }) => now - since));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops);
    if (this.failure !== null) throw this.failure;
  }

  private async loop(writer: number): Promise<void> {
    for (let n = writer; !this.stopping; n += WRITERS) {
      const write = { since: performance.now() };
      this.underWay.add(write);
      await this.write(this.clientIds[n % this.clientIds.length] ?? 0);
      this.underWay.delete(write);
      this.times.push(performance.now() - write.since);
      await sleep(PAUSE_MS);
    }
  }

  private async write(clientId: number): Promise<void> {
    const { app } = this.app;
    const now = new Date();
    const rows = Array.from({ length: PAGE }, () => this.row(now));
    await app.get(PartitionsRepository, { strict: false }).ensurePartitions([now]);
    await app.get(ClientLock, { strict: false }).run(clientId, async (manager, state) => {
      const ids = rows.map(({ id }) => id);
      await app.get(ExecutionsRepository, { strict: false }).stored(manager, state, ids);
      await app.get(ExecutionRowsRepository, { strict: false }).upsert(manager, state, rows, now);
      const days = [now.toISOString().slice(0, 10)];
      await app.get(PageEffectsRepository, { strict: false }).apply(manager, state, { final: ids, open: [], days }, now);
    });
  }

  private row(startedAt: Date): ExecutionRow {
    this.stored += 1;
    return {
      id: `9${String(this.stored).padStart(9, '0')}`,
      startedAt,
      workflowId: 1,
      status: 'success',
      mode: 'webhook',
      finishedAt: startedAt,
      waitTill: null,
      executionTimeMs: 0,
      isProduction: true,
      filterReason: 'mode_webhook',
      retryOf: null,
      retrySuccessId: null,
      detailState: 'none',
    };
  }
}
