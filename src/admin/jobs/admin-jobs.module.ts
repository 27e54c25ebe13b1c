import { Module } from '@nestjs/common';
import { AggregatorModule } from '../../aggregator/index.js';
import { CacheModule } from '../../cache/index.js';
import { ClientsModule } from '../../clients/index.js';
import { JobsModule } from '../../jobs/index.js';
import { SchedulerModule } from '../../scheduler/index.js';
import { AuditController } from './audit.controller.js';
import { JobsAdminService } from './jobs-admin.service.js';
import { JobsController } from './jobs.controller.js';
import { MonitoringController } from './monitoring.controller.js';

/** The endpoints below `/metrics/admin` about jobs, schedules and freshness. */
@Module({
  imports: [AggregatorModule, CacheModule, ClientsModule, JobsModule, SchedulerModule],
  controllers: [AuditController, JobsController, MonitoringController],
  providers: [JobsAdminService],
})
export class AdminJobsModule {}
