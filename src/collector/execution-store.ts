import { Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { Clock } from '../common/index.js';
import { ClientLock, type ClientLockState, type LockedManager } from '../database/index.js';
import { CollectedExecutions } from './collected-executions.js';
import { collectionFloor } from './collection-floor.js';
import { ExecutionsRepository } from './executions.repository.js';
import { type KnownExecution } from './known-execution.js';
import { PageWriter, type WrittenPage } from './page-writer.js';
import { PartitionsRepository } from './partitions.repository.js';
import { AlreadyStoredError } from './sync-errors.js';
import { type SyncRun } from './sync-run.js';
import { UnknownWorkflows } from './unknown-workflows.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What storing a page came to. */
export interface StoredPage extends WrittenPage {
  /** Rows older than what is kept: not stored. */
  beforeRetention: number;
}

/** What happens in the transaction that stores a page, after its rows. */
export type Within = (manager: LockedManager, state: ClientLockState, written: WrittenPage) => Promise<void>;

/** Stores executions: sorts out what cannot be kept, prepares workflows and partitions, then writes in one short locked transaction. */
@Injectable()
export class ExecutionStore {
  private readonly logger = new Logger(ExecutionStore.name);

  @Inject(CollectedExecutions) private readonly collected: CollectedExecutions;

  constructor(
    private readonly lock: ClientLock,
    private readonly writer: PageWriter,
    private readonly executions: ExecutionsRepository,
    private readonly partitions: PartitionsRepository,
    private readonly unknownWorkflows: UnknownWorkflows,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Stores a page and adds what happened to the run's counts. `within` runs in the same transaction, after the rows: a walk
   * moves its position there, so that position and rows can never disagree.
   * @param mayBeStored the only ids that are expected to be stored already; left out: any
   * @throws ContradictionError, SyncSupersededError; nothing was written then
   */
  async store(
    run: SyncRun,
    clock: Clock,
    page: readonly KnownExecution[],
    within?: Within,
    mayBeStored?: ReadonlySet<string>,
  ): Promise<StoredPage> {
    const now = clock.now();
    const distinct = [...new Map(page.map((row) => [row.id, row])).values()];
    const startedFrom = (floor: Date, rows: readonly KnownExecution[]): KnownExecution[] => {
      const floorMs = floor.getTime();
      return rows.filter((row) => startOf(row, now).getTime() >= floorMs);
    };
    const latest = now.getTime() + DAY_MS;
    const possible = distinct.filter((row) => startOf(row, now).getTime() <= latest);
    await this.unknownWorkflows.ensure(run, possible, now);
    let beforeRetention = 0;
    const kept = startedFrom(collectionFloor(now, this.config.rawRetentionDays, run.rawFloor, run.timezone), possible);
    await this.partitions.ensurePartitions(kept.map((row) => startOf(row, now)));
    const write = (known: ReadonlySet<string> | undefined): Promise<WrittenPage> =>
      this.lock.run(run.clientId, async (manager, state) => {
        run.assertCurrent(state);
        const storable = startedFrom(state.rawFloor, kept);
        beforeRetention = possible.length - storable.length;
        const result = await this.writer.write(manager, state, storable, now, known);
        await within?.(manager, state, result);
        return result;
      });
    const written = await write(mayBeStored).catch((error: unknown) => {
      // Whatever put it there: nothing may be stored twice, nor be lost.
      if (!(error instanceof AlreadyStoredError)) throw error;
      return write(undefined);
    });
    this.collected.add(run.clientId, written.created, written.changed);
    this.count(run, distinct.length, possible.length, { ...written, beforeRetention });
    return { ...written, beforeRetention };
  }

  /** Ids of open executions that are stored. */
  async openIds(clientId: number): Promise<Set<string>> {
    return this.lock.run(clientId, (manager) => this.executions.openIds(manager, clientId));
  }

  private count({ clientId, counts }: SyncRun, seen: number, possible: number, stored: StoredPage): void {
    counts.executions_seen += seen;
    counts.executions_new += stored.created;
    counts.executions_changed += stored.changed;
    counts.executions_unchanged += stored.unchanged;
    counts.before_retention += stored.beforeRetention;
    counts.set_aside += seen - possible;
    if (seen > possible) {
      this.logger.warn(
        `client ${clientId}: ${seen - possible} executions start in the future and are set aside; is n8n's clock off?`,
      );
    }
    for (const [reason, n] of Object.entries(stored.excluded)) counts.excluded[reason] = (counts.excluded[reason] ?? 0) + n;
  }
}

/** Where the row will be put: n8n's start, else its end, else now. */
function startOf(row: KnownExecution, now: Date): Date {
  return row.startedAt ?? row.stoppedAt ?? now;
}
