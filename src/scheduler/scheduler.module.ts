import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AggregatorModule } from '../aggregator/index.js';
import { ClientsModule } from '../clients/index.js';
import { CollectorModule } from '../collector/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { JobsModule } from '../jobs/index.js';
import { MetricsModule } from '../metrics/index.js';
import { RetentionModule } from '../retention/index.js';
import { DataFreshnessService } from './data-freshness.service.js';
import { ForgottenWork } from './forgotten-work.service.js';
import { AggregateJob } from './handlers/aggregate.job.js';
import { ConfigurationJob } from './handlers/configuration.job.js';
import { CollectJob } from './handlers/collect.job.js';
import { JobHandlers } from './handlers/job-handlers.js';
import { RefreshCacheJob } from './handlers/refresh-cache.job.js';
import { RetentionJob } from './handlers/retention.job.js';
import { SyncJob } from './handlers/sync.job.js';
import { SchedulerStatusService } from './scheduler-status.service.js';
import { type Schedule, SCHEDULES, schedulesOf } from './schedules.js';
import { SchedulerService } from './scheduler.service.js';

/** The five schedules, and the handler of every job. */
@Module({
  imports: [
    ScheduleModule.forRoot(),
    AggregatorModule,
    ClientsModule,
    CollectorModule,
    JobsModule,
    MetricsModule,
    RetentionModule,
  ],
  providers: [
    {
      provide: SCHEDULES,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig): readonly Schedule[] => schedulesOf(config.aggregationHour, config.schedulerTimezone),
    },
    SchedulerService,
    SchedulerStatusService,
    DataFreshnessService,
    ForgottenWork,

    CollectJob,
    ConfigurationJob,
    SyncJob,
    AggregateJob,
    RefreshCacheJob,
    RetentionJob,
    JobHandlers,
  ],
  exports: [DataFreshnessService, SchedulerStatusService],
})
export class SchedulerModule {}
