import { Logger } from '@nestjs/common';
import { createPostgresBackend, type Processor, withBackend } from 'bullmq';
import { errorText } from './job-failure.js';
import { policyOf } from './job-policy.js';

/** What travels with a job; everything else is in `job_runs`. */
export interface JobData {
  clientId: number | null;
  slot: string | null;
  payload: Record<string, unknown>;
}

/** What a job leaves in the queue. */
export interface JobOutcome {
  again: boolean;
}

export const QUEUE_NAME = 'metrics';

/** The part of a run that is known before it runs. */
export interface QueuedRun extends JobData {
  jobId: string;
  name: string;
  enqueuedAt: Date;
}

/** As the queue wants it, by the policy of its name. */
export function toQueued({ jobId, name, clientId, slot, payload, enqueuedAt }: QueuedRun) {
  const { onePerClient, priority, attempts } = policyOf(name);
  const deduplication = onePerClient && clientId !== null ? { deduplication: { id: `${name}.${clientId}` } } : {};
  const opts = { jobId, priority, attempts, timestamp: enqueuedAt.getTime(), ...deduplication };
  return { name, data: { clientId, slot, payload }, opts };
}

/** Injection token of the {@link JobQueue}. */
export const JOB_QUEUE = Symbol('JOB_QUEUE');

const postgres = withBackend(createPostgresBackend);
const logger = new Logger('JobQueue');

export type JobQueue = Awaited<ReturnType<typeof openQueue>>;
export type JobWorker = Awaited<ReturnType<typeof openWorker>>;

/**
 * The queue, made and migrated. Call it only when the database has answered: a queue whose first connection fails never
 * becomes usable.
 */
export async function openQueue(url: string) {
  const queue = new postgres.Queue<JobData, JobOutcome>(QUEUE_NAME, {
    connection: { connectionString: url, max: 2, migrate: true },
    defaultJobOptions: {
      backoff: { type: 'exponential', delay: 5_000, jitter: 0.5 },
      // An hour outlives the clock differences of replicas; after that job_runs knows the id.
      removeOnComplete: { age: 3_600, limit: 1_000 },
      removeOnFail: { age: 3_600, limit: 1_000 },
    },
  });
  queue.on('error', warn);
  await queue.waitUntilReady();
  return queue;
}

/** Brings the tables of the queue up to date; any number of processes may do so at once. */
export async function migrateQueue(url: string): Promise<void> {
  const queue = await openQueue(url);
  await queue.close();
}

/**
 * A worker that has begun to take jobs. It renews its locks every 3 to 5 s and calls `reclaim` every 3 s, which puts jobs back whose
 * process is gone and gives their ids: at the latest 12 s after it died.
 */
export async function openWorker(
  url: string,
  concurrency: number,
  processor: Processor<JobData, JobOutcome>,
  reclaim: () => Promise<string[]>,
) {
  const backend: typeof createPostgresBackend = (...args) =>
    Object.assign(createPostgresBackend(...args), { moveStalledJobsToWait: reclaim });
  const worker = new (withBackend(backend).Worker)<JobData, JobOutcome>(QUEUE_NAME, processor, {
    connection: { connectionString: url, max: 4 },
    concurrency,
    lockDuration: 6_000,
    stalledInterval: 3_000,
    runRetryDelay: 1_000,
  });
  worker.on('error', warn);
  await worker.waitUntilReady();
  return worker;
}

// The queue mends its connections itself, so nobody has to act.
function warn(error: Error): void {
  logger.warn({ msg: `queue: ${errorText(error)}` });
}
