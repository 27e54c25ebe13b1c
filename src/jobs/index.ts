export { type EnqueuedJob, JOB_STATES, type JobContext, type JobHandler, type JobRun, type JobState } from './job.types.js';
export { RetryableJobError } from './job-failure.js';
export { type JobGauges, JobGaugesReadModel } from './job-gauges.read-model.js';
export { migrateQueue } from './job-queue.js';
export { JobRedriver } from './job-redriver.js';
export {
  type JobRunFilter,
  JobRunsReadModel,
  type QueueDepth,
  type RecurringJob,
  type ReplicaSeen,
} from './job-runs.read-model.js';
export { JobsModule } from './jobs.module.js';
export { JobsService } from './jobs.service.js';
export { JobsWorker } from './jobs.worker.js';
