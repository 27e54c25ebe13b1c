import { Injectable, Logger } from '@nestjs/common';
import { PartitionsRepository } from '../collector/index.js';
import { EraseRepository } from './erase.repository.js';
import { FloorService } from './floor.service.js';
import { type RawPartition, RetentionRepository } from './retention.repository.js';
import { RetentionLimits } from './retention-limits.js';

/** What a clean-up removed, or would remove. */
export interface CleanupCounts extends Record<string, unknown> {
  dry_run: boolean;
  raw_before: string;
  rollups_before: string;
  partitions: string[];
  executions: number;
  freed_bytes: number;
  rollups: number;
  workflows: number;
  /** Partitions kept for now because a day in them is still dirty. */
  kept_dirty: number;
}

const never = new AbortController().signal;

/** Lets old data go: raw executions by dropping whole weeks once every day in them is rolled up, rollups after two years. */
@Injectable()
export class RetentionService {
  private readonly logger = new Logger(RetentionService.name);

  constructor(
    private readonly repository: RetentionRepository,
    private readonly eraser: EraseRepository,
    private readonly floor: FloorService,
    private readonly partitions: PartitionsRepository,
    private readonly limits: RetentionLimits,
  ) {}

  /** Idempotent; a crash in between is made up for by the next run. */
  async run({ dryRun, signal = never }: { dryRun: boolean; signal?: AbortSignal }): Promise<CleanupCounts> {
    const limits = this.limits.today();
    const counts = emptyCounts(dryRun, limits.raw, limits.rollups);
    const expired = await this.repository.expiredPartitions(limits.raw);
    const released = dryRun ? expired : await this.release(expired, signal);
    counts.kept_dirty = expired.length - released.length;
    counts.partitions = released.map(({ name }) => name);
    counts.freed_bytes = released.reduce((sum, { bytes }) => sum + bytes, 0);
    if (!dryRun) await this.detach(released);
    counts.executions = await this.repository.countRows(released);
    for (const { name } of dryRun ? [] : released) await this.repository.dropPartition(name);
    if (!dryRun) await this.repository.dropOldPending(limits.raw);
    counts.rollups = await (dryRun
      ? this.repository.countRollups(limits.rollups)
      : this.repository.deleteRollups(limits.rollups));
    counts.workflows = await (dryRun
      ? this.repository.countUnreferencedWorkflows(limits.rollups, expired.at(-1)?.to ?? new Date(0))
      : this.repository.deleteUnreferencedWorkflows());
    this.logger.log({ message: dryRun ? 'clean-up, dry run' : 'clean-up done', ...counts });
    return counts;
  }

  /** All of them before the first is dropped: giving space back may take the disk a while, and nobody has to wait for that. */
  private async detach(released: readonly RawPartition[]): Promise<void> {
    const names = released.map(({ name }) => name);
    await this.repository.detachPartitions(names);
    for (const name of names) this.partitions.forget(name);
    this.logger.log({ message: 'executions are let go', partitions: names });
  }

  /** Raises the floor as far as it can be: above all of these partitions at once, else above one after the other. */
  private async release(expired: readonly RawPartition[], signal: AbortSignal): Promise<readonly RawPartition[]> {
    const last = expired.at(-1);
    const names = expired.map(({ name }) => name);
    if (last === undefined || (await this.floor.raise(last.to, signal, names))) return expired;
    let above = 0;
    for (const { to } of expired) {
      signal.throwIfAborted();
      if (!(await this.floor.raise(to, signal))) break;
      above += 1;
    }
    return expired.slice(0, above);
  }

  /** Removes every row of a deleted client and proves it. @throws Error when the client was not deleted or rows are left */
  async eraseClient(clientId: number, signal?: AbortSignal): Promise<Record<string, number>> {
    const deleted = await this.eraser.isDeleted(clientId);
    if (deleted === false) throw new Error(`client ${clientId} is not deleted: nothing was erased`);
    const removed = await this.eraser.erase(clientId, signal);
    const left = await this.eraser.left(clientId);
    if (left > 0)
      throw new Error(`client ${clientId}: ${left} rows were written while it was erased; the next attempt removes them`);
    return { ...removed, left };
  }
}

function emptyCounts(dryRun: boolean, raw: Date, rollups: string): CleanupCounts {
  return {
    dry_run: dryRun,
    raw_before: raw.toISOString(),
    rollups_before: rollups,
    partitions: [],
    executions: 0,
    freed_bytes: 0,
    rollups: 0,
    workflows: 0,
    kept_dirty: 0,
  };
}
