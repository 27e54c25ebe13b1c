import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '../../jobs/index.js';
import { JOB } from '../job-names.js';
import { AggregateJob } from './aggregate.job.js';
import { ConfigurationJob } from './configuration.job.js';
import { CollectJob } from './collect.job.js';
import { RefreshCacheJob } from './refresh-cache.job.js';
import { RetentionJob } from './retention.job.js';
import { SyncJob } from './sync.job.js';

/** Says who does which job. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  constructor(
    private readonly collect: CollectJob,
    private readonly sync: SyncJob,
    private readonly configuration: ConfigurationJob,
    private readonly aggregate: AggregateJob,
    private readonly retention: RetentionJob,
  ) {}

  @Inject(JobsService) private readonly jobs: JobsService;
  @Inject(RefreshCacheJob) private readonly refreshCache: RefreshCacheJob;

  onModuleInit(): void {
    this.jobs.registerHandler(JOB.collect, () => this.collect.run());
    this.jobs.registerHandler(JOB.sync, (context) => this.sync.run(context));
    this.jobs.registerHandler(JOB.applyConfiguration, (context) => this.configuration.run(context));
    for (const name of [JOB.aggregateDaily, JOB.aggregate])
      this.jobs.registerHandler(name, (context) => this.aggregate.run(context));
    for (const name of [JOB.aggregateWeekly, JOB.aggregateMonthly])
      this.jobs.registerHandler(name, (context) => this.aggregate.run(context, { seal: true }));
    this.jobs.registerHandler(JOB.cleanup, (context) => this.retention.cleanup(context));
    this.jobs.registerHandler(JOB.cleanupDryRun, (context) => this.retention.cleanupDryRun(context));
    this.jobs.registerHandler(JOB.refreshCache, (context) => this.refreshCache.run(context));
    this.jobs.registerHandler(JOB.eraseClient, (context) => this.retention.eraseClient(context));
  }
}
