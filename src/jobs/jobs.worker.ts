import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Job, WaitingError } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { DATABASE_URL } from '../database/index.js';
import { errorText } from './job-failure.js';
import { JobMetrics } from './job-metrics.js';
import { type JobData, type JobOutcome, type JobWorker, openWorker } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import { JobsService } from './jobs.service.js';
import { StalledJobs } from './stalled-jobs.js';

/** Slots beside the syncs, for nightly jobs and what people ask for. */
const OTHER_JOBS = 4;
/** Less than the 10 s after which the process is ended, so that everything else is still closed. */
const SHUTDOWN_LIMIT_MS = 8_000;

/** Takes jobs off the queue in processes that work (`ROLE` all or worker). */
@Injectable()
export class JobsWorker implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobsWorker.name);
  private readonly followUps = new Set<Promise<void>>();
  private worker: JobWorker | null = null;
  private closing = false;
  private closed: Promise<void> = Promise.resolve();

  constructor(
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role' | 'syncConcurrency'>,
    @Inject(DATABASE_URL) private readonly url: string,
    private readonly jobs: JobsService,
    private readonly runner: JobRunner,
    private readonly metrics: JobMetrics,
  ) {}

  @Inject(StalledJobs) private readonly stalled: StalledJobs;

  /** `off` in processes that take no jobs; `stopped` when it should take jobs but does not. */
  status(): 'off' | 'running' | 'stopped' {
    if (this.config.role === 'api') return 'off';
    return this.worker !== null && !this.closing && this.worker.isRunning() && !this.worker.isPaused() ? 'running' : 'stopped';
  }

  // Handlers are registered in onModuleInit, which is over for all modules before the first job is taken here.
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'api') return;
    for (const name of this.jobs.handlerNames()) this.metrics.expect(name);
    const process = (job: Job<JobData, JobOutcome>, token?: string, signal?: AbortSignal): Promise<JobOutcome> =>
      this.closing ? handBack(job, token) : this.runner.run(job, token, signal ?? new AbortController().signal);
    const slots = this.config.syncConcurrency + OTHER_JOBS;
    const worker = await openWorker(this.url, slots, process, () => this.stalled.reclaim());
    worker.on('lockRenewalFailed', (jobIds) => {
      for (const jobId of jobIds) worker.cancelJob(jobId, 'another worker took the job over');
    });
    worker.on('completed', (job, outcome) => {
      if (outcome.again && !this.closing) this.followUp(job);
    });
    this.worker = worker;
  }

  /** Begins here, so that jobs end while the process still answers; for how long it does is not this room's business. */
  onModuleDestroy(): void {
    this.closed = this.close();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.closed;
  }

  /** Jobs are told to stop and get 8 s for it; one that needs longer is run again by another process. */
  private async close(): Promise<void> {
    this.closing = true;
    if (this.worker === null) return;
    const closed = this.worker.close();
    this.worker.cancelAllJobs('the service is shutting down');
    const limit = new AbortController();
    const late = sleep(SHUTDOWN_LIMIT_MS, true, { signal: limit.signal }).catch(() => false);
    const tooLate = await Promise.race([closed.then(() => false), late]);
    limit.abort();
    if (tooLate) this.logger.warn({ msg: 'jobs did not stop in time; another process will run them again' });
    await Promise.allSettled(this.followUps);
  }

  /** Only when the job is over: before that, one that is alone for its client would be joined to itself. */
  private followUp(job: Job<JobData, JobOutcome>): void {
    const { clientId, payload } = job.data;
    const request = { name: job.name, payload, ...(clientId === null ? {} : { clientId }) };
    const enqueued = this.jobs.enqueue(request).then(
      () => undefined,
      (error: unknown) => {
        this.logger.warn({ msg: `follow-up not enqueued: ${errorText(error)}`, job: job.name, client_id: clientId });
      },
    );
    this.followUps.add(enqueued);
    void enqueued.finally(() => this.followUps.delete(enqueued));
  }
}

/** A worker that is being closed may still fetch a job, often the one it has just put back, after all jobs were told to stop. */
async function handBack(job: Job<JobData, JobOutcome>, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}
