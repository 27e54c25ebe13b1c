import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock, UnavailableError } from '../common/index.js';
import { type EnqueuedJob } from './job.types.js';
import { JOB_QUEUE, type JobQueue, toQueued } from './job-queue.js';
import { JobRunsRepository } from './job-runs.repository.js';

/** A row says `failed` some milliseconds before the queue does. */
const ENDING_TRIES = 20;
const ENDING_PAUSE_MS = 100;

/** Runs failed jobs once more, as they were asked for. */
@Injectable()
export class JobRedriver {
  constructor(
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    private readonly runs: JobRunsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The job keeps its id and its slot and has all its attempts again. One that is alone for its client joins the one that is queued or
   * running by now, and stays failed itself.
   * @returns `null` when the job is unknown, has not failed, or is being retried already
   */
  async retry(jobId: string): Promise<EnqueuedJob | null> {
    const run = await this.runs.reopen(jobId, this.clock.now());
    if (run === null) return null;
    try {
      await this.forget(jobId);
      const { name, data, opts } = toQueued(run);
      const added = await this.queue.add(name, data, opts);
      const created = added.id === undefined || added.id === jobId;
      if (!created) await this.runs.closeAgain(jobId, this.clock.now());
      return { jobId: added.id ?? jobId, created };
    } catch (error) {
      await this.runs.closeAgain(jobId, this.clock.now()).catch(() => undefined); // else `markLost` does it
      throw error;
    }
  }

  /** What the queue still keeps of the failed job would be taken for the new one. */
  private async forget(jobId: string): Promise<void> {
    for (let n = 0; n < ENDING_TRIES; n += 1) {
      if ((await this.queue.remove(jobId)) === 1 || (await this.queue.getJob(jobId)) === undefined) return;
      await sleep(ENDING_PAUSE_MS);
    }
    throw new UnavailableError('job_still_ending', 'The job is still being ended. Try again in a moment.');
  }
}
