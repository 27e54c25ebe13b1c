import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { Clock } from '../common/index.js';
import { ClientLock, type ClientLockState, type LockedManager } from '../database/index.js';
import { collectionFloor } from './collection-floor.js';
import { type KnownExecution, PageWriter } from './page-writer.js';
import { PartitionsRepository } from './partitions.repository.js';
import { type SyncRun } from './sync-run.js';
import { UnknownWorkflows } from './unknown-workflows.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What storing a page came to. */
export interface StoredPage {
  /** Rows older than what is kept: not stored. */
  beforeRetention: number;
}

/** Stores executions: sorts out what cannot be kept, prepares workflows and partitions, then writes in one short locked transaction. */
@Injectable()
export class ExecutionStore {
  constructor(
    private readonly lock: ClientLock,
    private readonly writer: PageWriter,
    private readonly partitions: PartitionsRepository,
    private readonly unknownWorkflows: UnknownWorkflows,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Stores a page and adds what happened to the run's counts. `within` runs in the same transaction, after the rows: a walk
   * moves its position there, so that position and rows can never disagree.
   */
  async store(
    run: SyncRun,
    clock: Clock,
    page: readonly KnownExecution[],
    within?: (manager: LockedManager, state: ClientLockState) => Promise<void>,
  ): Promise<StoredPage> {
    const now = clock.now();
    const distinct = [...new Map(page.map((row) => [row.id, row])).values()];
    const possible = distinct.filter((row) => startOf(row, now).getTime() <= now.getTime() + DAY_MS);
    await this.unknownWorkflows.ensure(run, possible, now);
    let beforeRetention = 0;
    const floor = collectionFloor(now, this.config.rawRetentionDays, await this.partitions.rawFloor(), run.timezone);
    const kept = possible.filter((row) => startOf(row, now) >= floor);
    await this.partitions.ensurePartitions(kept.map((row) => startOf(row, now)));
    const written = await this.lock.run(run.clientId, async (manager, state) => {
      const storable = kept.filter((row) => startOf(row, now) >= state.rawFloor);
      beforeRetention = possible.length - storable.length;
      const result = await this.writer.write(manager, state, storable, now);
      await within?.(manager, state);
      return result;
    });
    const { counts } = run;
    counts.executions_seen += distinct.length;
    counts.executions_new += written.created;
    counts.executions_changed += written.changed;
    counts.executions_unchanged += written.unchanged;
    counts.before_retention += beforeRetention;
    counts.set_aside += distinct.length - possible.length;
    for (const [reason, n] of Object.entries(written.excluded)) counts.excluded[reason] = (counts.excluded[reason] ?? 0) + n;
    return { beforeRetention };
  }
}

/** Where the row will be put: n8n's start, else its end, else now. */
function startOf(row: KnownExecution, now: Date): Date {
  return row.startedAt ?? row.stoppedAt ?? now;
}
