import { Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { TelemetryModule } from '../common/index.js';
import { DATABASE_URL } from '../database/index.js';
import { JobGaugesReadModel } from './job-gauges.read-model.js';
import { JobMetrics } from './job-metrics.js';
import { JOB_QUEUE, type JobQueue, openQueue } from './job-queue.js';
import { JobRunEntity } from './job-run.entity.js';
import { JobRedriver } from './job-redriver.js';
import { JobRunner } from './job-runner.js';
import { JobRunsReadModel } from './job-runs.read-model.js';
import { JobRunsRepository } from './job-runs.repository.js';
import { JobsService } from './jobs.service.js';
import { JobsWorker } from './jobs.worker.js';
import { StalledJobs } from './stalled-jobs.js';
import { StalledJobsRepository } from './stalled-jobs.repository.js';

/** Background jobs: the queue on PostgreSQL, the worker, and the history in `job_runs`. */
@Module({
  imports: [TypeOrmModule.forFeature([JobRunEntity]), TelemetryModule],
  providers: [
    {
      provide: JOB_QUEUE,
      // The DataSource is asked for although it is not used: once it is there, the database has answered.
      inject: [DATABASE_URL, getDataSourceToken()],
      useFactory: (url: string): Promise<JobQueue> => openQueue(url),
    },
    JobRunsRepository,
    JobRunsReadModel,
    JobGaugesReadModel,
    JobsService,
    JobRedriver,
    JobMetrics,
    JobRunner,
    StalledJobsRepository,
    StalledJobs,
    JobsWorker,
  ],
  exports: [JobRedriver, JobsService, JobGaugesReadModel, JobRunsReadModel, JobsWorker],
})
export class JobsModule {}
