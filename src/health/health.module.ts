import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CacheModule } from '../cache/index.js';
import { CollectorModule } from '../collector/index.js';
import { TelemetryModule } from '../common/index.js';
import { JobsModule } from '../jobs/index.js';
import { SchedulerModule } from '../scheduler/index.js';
import { BackgroundProbes } from './background-probes.service.js';
import { HealthProbes } from './health-probes.service.js';
import { LeaveTaking } from './leave-taking.js';
import { HealthController } from './health.controller.js';
import { DatabaseGauges } from './prometheus/database-gauges.js';
import { MonitoringReadModel } from './prometheus/monitoring.read-model.js';
import { ProcessGauges } from './prometheus/process-gauges.js';
import { PrometheusController } from './prometheus/prometheus.controller.js';
import { SchemaReadModel } from './schema.read-model.js';

/** Probes and Prometheus. */
@Module({
  // Whoever probes sees the cause; a log line for each probe would only repeat it.
  imports: [
    TerminusModule.forRoot({ logger: false }),
    CacheModule,
    CollectorModule,
    JobsModule,
    SchedulerModule,
    TelemetryModule,
  ],
  controllers: [HealthController, PrometheusController],
  providers: [BackgroundProbes, HealthProbes, LeaveTaking, SchemaReadModel, MonitoringReadModel, ProcessGauges, DatabaseGauges],
})
export class HealthModule {}
