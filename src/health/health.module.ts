import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CacheModule } from '../cache/index.js';
import { JobsModule } from '../jobs/index.js';
import { SchedulerModule } from '../scheduler/index.js';
import { BackgroundProbes } from './background-probes.service.js';
import { HealthProbes } from './health-probes.service.js';
import { HealthController } from './health.controller.js';
import { SchemaReadModel } from './schema.read-model.js';

/** Probes. */
@Module({
  // Whoever probes sees the cause; a log line for each probe would only repeat it.
  imports: [TerminusModule.forRoot({ logger: false }), CacheModule, JobsModule, SchedulerModule],
  controllers: [HealthController],
  providers: [BackgroundProbes, HealthProbes, SchemaReadModel],
})
export class HealthModule {}
