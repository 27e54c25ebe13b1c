import { Module } from '@nestjs/common';
import { AggregatorModule } from '../aggregator/index.js';
import { CacheModule } from '../cache/index.js';
import { ClientsModule } from '../clients/index.js';
import { CollectorModule } from '../collector/index.js';
import { AnswerRenewal } from './answer-renewal.service.js';
import { AnswerShortcuts } from './answer-shortcuts.js';
import { AnswersService } from './answers.service.js';
import { CacheRefresher } from './cache-refresher.service.js';
import { ClientMoments } from './client-moments.js';
import { ExecutionMetricsController } from './execution-metrics.controller.js';
import { ExecutionStatsService } from './execution-stats.service.js';
import { ExecutionsReadModel } from './executions.read-model.js';
import { ExecutionsService } from './executions.service.js';
import { FailuresService } from './failures.service.js';
import { HistoricalService } from './historical.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { MetricsWarmer } from './metrics-warmer.service.js';
import { MyMetricsController } from './my-metrics.controller.js';
import { OverviewService } from './overview.service.js';
import { RawGroupsReadModel } from './raw-groups.read-model.js';
import { SummaryService } from './summary.service.js';
import { WorkflowsService } from './workflows.service.js';

/** The read API of metrics, its cache policy and its warming. */
@Module({
  imports: [AggregatorModule, CacheModule, ClientsModule, CollectorModule],
  controllers: [MetricsController, ExecutionMetricsController, MyMetricsController],
  providers: [
    AnswersService,
    AnswerRenewal,
    AnswerShortcuts,
    CacheRefresher,
    ClientMoments,
    ExecutionStatsService,
    ExecutionsReadModel,
    ExecutionsService,
    FailuresService,
    HistoricalService,
    MetricsReadModel,
    MetricsWarmer,
    OverviewService,
    RawGroupsReadModel,
    SummaryService,
    WorkflowsService,
  ],
  exports: [CacheRefresher, MetricsWarmer],
})
export class MetricsModule {}
