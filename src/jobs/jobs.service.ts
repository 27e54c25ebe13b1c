import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../common/index.js';
import { type EnqueuedJob, type JobHandler, type JobRequest, type JobRun } from './job.types.js';
import { jobIdOf } from './job-id.js';
import { JOB_QUEUE, type JobQueue, toQueued } from './job-queue.js';
import { JobRunsReadModel } from './job-runs.read-model.js';
import { JobRunsRepository } from './job-runs.repository.js';

const DAY_MS = 86_400_000;
const KEEP_DAYS = 90;
/** Completed runs of jobs that come every few minutes say nothing after a week. */
const ROUTINE = { names: ['collect', 'sync'], keepDays: 7 };
const PURGE_BATCH = 20_000;
/** A run younger than this may be on its way between the queue and its row. */
const LOST_GRACE_MS = 60_000;
const POLL_MS = 250;

/** The door to background work: who wants something done enqueues it here, who can do it registers a handler. */
@Injectable()
export class JobsService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly handlers = new Map<string, JobHandler>();
  private stopping = false;

  constructor(
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    private readonly runs: JobRunsRepository,
    private readonly history: JobRunsReadModel,
    private readonly clock: Clock,
  ) {}

  /** Call it before the application has started: jobs of a name without a handler fail. */
  registerHandler(name: string, handler: JobHandler): void {
    if (this.handlers.has(name)) throw new Error(`two handlers for the job ${name}`);
    this.handlers.set(name, handler);
  }

  /** Names of every job that can be done here. */
  handlerNames(): string[] {
    return [...this.handlers.keys()];
  }

  handlerOf(name: string): JobHandler | undefined {
    return this.handlers.get(name);
  }

  /**
   * The same name, client and slot is one job, also after it has completed. Jobs that are one per client (`sync`) are joined
   * to the one that is queued or running.
   */
  async enqueue(request: JobRequest): Promise<EnqueuedJob> {
    const [job] = await this.enqueueAll([request]);
    if (job === undefined) throw new Error('the queue did not answer');
    return job;
  }

  /** Many at once, with the same rules; the answers are in the order of the requests. */
  async enqueueAll(requests: readonly JobRequest[]): Promise<EnqueuedJob[]> {
    const enqueuedAt = this.clock.now();
    const asked = requests.map((request) => ({ request, jobId: jobIdOf(request, randomUUID()) }));
    const over = await this.runs.over(asked.flatMap(({ request, jobId }) => (request.slot === undefined ? [] : [jobId])));
    const wanted = asked
      .filter(({ jobId }) => !over.has(jobId))
      .map(({ request: { name, clientId = null, slot = null, payload = {} }, jobId }) => {
        return { jobId, name, clientId, slot, payload, enqueuedAt };
      });
    const added = await this.queue.addBulk(wanted.map(toQueued));
    const known = new Map(wanted.map(({ jobId }, index) => [jobId, added[index]?.id ?? jobId]));
    const recorded = await this.runs.recordQueued(wanted.map((run) => ({ ...run, jobId: known.get(run.jobId) ?? run.jobId })));
    return asked.map(({ request, jobId }) => {
      const knownId = known.get(jobId) ?? jobId;
      // A job without a slot has an id that nobody else can have made.
      const created = knownId === jobId && (request.slot === undefined || recorded.has(jobId));
      return { jobId: knownId, created };
    });
  }

  /** The run once it is over, or as it is after `seconds` or when the service stops; `null` when there is no such job. */
  async waitFor(jobId: string, seconds: number): Promise<JobRun | null> {
    return (await this.waitForAll([jobId], seconds))[0] ?? null;
  }

  /** The same for several jobs and one deadline; unknown ones are left out. */
  async waitForAll(jobIds: readonly string[], seconds: number): Promise<JobRun[]> {
    const deadline = Date.now() + seconds * 1_000;
    for (;;) {
      const runs = await this.history.getAll(jobIds);
      const left = deadline - Date.now();
      if (left <= 0 || this.stopping || runs.every(({ state }) => state === 'completed' || state === 'failed')) return runs;
      await sleep(Math.min(POLL_MS, left));
    }
  }

  /** Runs that nobody will ever finish are marked failed. @returns how many */
  async markLost(): Promise<number> {
    const now = this.clock.now();
    return this.runs.markLost(new Date(now.getTime() - LOST_GRACE_MS), now);
  }

  /** Forgets runs older than 90 days, routine ones after a week; bounded, the rest goes next time. @returns how many */
  async purgeRuns(): Promise<number> {
    const daysAgo = (days: number): Date => new Date(this.clock.now().getTime() - days * DAY_MS);
    return this.runs.purge(daysAgo(KEEP_DAYS), daysAgo(ROUTINE.keepDays), ROUTINE.names, PURGE_BATCH);
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
