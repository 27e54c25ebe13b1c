import { Injectable } from '@nestjs/common';
import { StalledJobsRepository } from './stalled-jobs.repository.js';

/** A lock that looks the same in so many checks in a row, after the one that saw it first, belongs to nobody any more. */
const UNCHANGED_CHECKS = 3;

/**
 * Finds jobs whose process is gone. The queue itself compares the end of a lock, by the clock of its owner, with the clock of
 * whoever checks: a replica whose clock is seconds ahead would take jobs that are running, and after a clock was put back nobody would
 * take any. Here nobody's clock counts: who is alive renews its locks, so a lock that does not change has no owner.
 */
@Injectable()
export class StalledJobs {
  private seen = new Map<string, { lock: string; unchanged: number }>();

  constructor(private readonly jobs: StalledJobsRepository) {}

  /**
   * One check; the worker makes one every few seconds.
   * @returns the ids of the jobs that were put back and will run again
   */
  async reclaim(): Promise<string[]> {
    // A check that fails makes all start anew: while the database was away nobody could renew anything.
    const before = this.seen;
    this.seen = new Map();
    const locks = await this.jobs.locks();
    const seen = new Map(
      locks.map(({ jobId, lock }) => {
        const known = before.get(jobId);
        return [jobId, { lock, unchanged: known?.lock === lock ? known.unchanged + 1 : 0 }];
      }),
    );
    this.seen = seen;
    const stalled = locks.filter(({ jobId }) => (seen.get(jobId)?.unchanged ?? 0) >= UNCHANGED_CHECKS);
    return stalled.length === 0 ? [] : this.jobs.putBack(stalled);
  }
}
