import { Injectable, Logger } from '@nestjs/common';
import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { hostname } from 'node:os';
import { Clock, withLogFields } from '../common/index.js';
import { type JobContext } from './job.types.js';
import { errorText, isRetryable } from './job-failure.js';
import { JobMetrics } from './job-metrics.js';
import { type JobData, type JobOutcome } from './job-queue.js';
import { type Attempt, JobRunsRepository } from './job-runs.repository.js';
import { JobsService } from './jobs.service.js';

const PROGRESS_EVERY_MS = 500;

/** Name of this process in the history of jobs. */
export const REPLICA = `${hostname()}-${process.pid}`;

/** Runs one attempt of one job and writes down what became of it. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);

  constructor(
    private readonly jobs: JobsService,
    private readonly runs: JobRunsRepository,
    private readonly clock: Clock,
    private readonly metrics: JobMetrics,
  ) {}

  /**
   * The row is written before the queue is told: a process that dies in between makes the job run again, and never leaves a
   * row that says `running` for ever.
   * @param token the queue's lock on this attempt
   */
  async run(job: Job<JobData, JobOutcome>, token: string | undefined, signal: AbortSignal): Promise<JobOutcome> {
    const fields = { job: job.name, job_id: job.id ?? '', client_id: job.data.clientId };
    return withLogFields(fields, () => this.attempt(job, token, signal));
  }

  private async attempt(job: Job<JobData, JobOutcome>, token: string | undefined, signal: AbortSignal): Promise<JobOutcome> {
    const { clientId, slot, payload } = job.data;
    const jobId = job.id ?? '';
    const startedAt = this.clock.now();
    const queued = { jobId, name: job.name, clientId, slot, payload, enqueuedAt: new Date(job.timestamp) };
    const attempt = await this.runs.recordStart(queued, REPLICA, startedAt);
    const ended = this.metrics.started(job.name);
    const outcome: JobOutcome = { again: false };
    const again = (): void => {
      outcome.again = true;
    };
    try {
      const handler = this.jobs.handlerOf(job.name);
      if (handler === undefined) throw new Error(`there is no handler for the job ${job.name}`);
      const counts = await handler({ jobId, clientId, payload, signal, progress: this.progressOf(attempt), again });
      const finishedAt = this.clock.now();
      await this.runs.recordCompletion(attempt, counts, finishedAt);
      ended('completed');
      const ms = finishedAt.getTime() - startedAt.getTime();
      this.logger.log({ msg: 'job completed', ms, counts });
      return outcome;
    } catch (error) {
      const retried = !signal.aborted && this.mayRunAgain(job, error);
      ended(signal.aborted ? 'interrupted' : retried ? 'retried' : 'failed');
      return await (signal.aborted ? this.putBack(job, token, attempt) : this.fail(attempt, error, retried));
    }
  }

  private progressOf(attempt: Attempt): JobContext['progress'] {
    let nextAt = 0;
    return async (json) => {
      const now = Date.now();
      if (now < nextAt) return;
      nextAt = now + PROGRESS_EVERY_MS;
      await this.runs.recordProgress(attempt, json);
    };
  }

  /** Interrupted, by shutdown or because another worker has it: it did not fail, and no attempt is used up. */
  private async putBack(job: Job<JobData, JobOutcome>, token: string | undefined, attempt: Attempt): Promise<never> {
    await this.runs.recordPutBack(attempt, null);
    await job.moveToWait(token);
    this.logger.log('job interrupted, it will run again');
    throw new WaitingError();
  }

  private mayRunAgain(job: Job<JobData, JobOutcome>, error: unknown): boolean {
    const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    return !last && isRetryable(error);
  }

  private async fail(attempt: Attempt, error: unknown, retried: boolean): Promise<never> {
    const text = errorText(error);
    // When the row cannot be written either, the queue still has to hear of the failure; markLost mends the row.
    const written = retried ? this.runs.recordPutBack(attempt, text) : this.runs.recordFailure(attempt, text, this.clock.now());
    await written.catch((cause: unknown) => {
      this.logger.warn(`job run not recorded: ${errorText(cause)}`);
    });
    this.logger.warn(retried ? `job failed, it will be tried again: ${text}` : `job failed: ${text}`);
    // The queue stores messages as well: it only gets the masked one.
    throw retried ? new Error(text) : new UnrecoverableError(text);
  }
}
