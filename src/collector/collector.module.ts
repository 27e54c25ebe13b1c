import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/index.js';
import { TelemetryModule } from '../common/index.js';
import { N8nClientModule } from '../n8n-client/index.js';
import { ProductionFilterModule } from '../production-filter/index.js';
import { CapabilitiesKeeper } from './capabilities-keeper.js';
import { ClientGaugesReadModel } from './client-gauges.read-model.js';
import { CollectedExecutions } from './collected-executions.js';
import { CollectorService } from './collector.service.js';
import { ConnectionCheckService } from './connection-check.service.js';
import { CoverageReadModel } from './coverage.read-model.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { DetailsStream } from './details-stream.js';
import { EpochJudge } from './epoch-judge.js';
import { EpochScan } from './epoch-scan.js';
import { EpochsRepository } from './epochs.repository.js';
import { ExecutionLooks } from './execution-looks.js';
import { ExecutionWindowReadModel } from './execution-window.read-model.js';
import { ExecutionsSync } from './executions-sync.js';
import { PaceKeeper } from './pace-keeper.js';
import { PageEffectsRepository } from './page-effects.repository.js';
import { Reconcile } from './reconcile.js';
import { RunKeeper } from './run-keeper.js';
import { WalkLedger } from './walk-ledger.js';
import { WindowProbe } from './window-probe.js';
import { DayMarks } from './day-marks.js';
import { DetailsRepository } from './details.repository.js';
import { DetailWriter } from './detail-writer.js';
import { DetailsSync } from './details-sync.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import {
  CoverageGapEntity,
  DirtyDayEntity,
  PendingExecutionEntity,
  RetentionFloorEntity,
  SyncEpochEntity,
  WorkflowTimeSavedEntity,
} from './entities/ledgers.entity.js';
import { SyncStateEntity } from './entities/sync-state.entity.js';
import { WorkflowExecutionEntity } from './entities/workflow-execution.entity.js';
import { WorkflowEntity } from './entities/workflow.entity.js';
import { ExecutionExplainer } from './execution-explainer.service.js';
import { ExecutionGroupsReadModel } from './execution-groups.read-model.js';
import { ExecutionPages } from './execution-pages.js';
import { ExecutionStore } from './execution-store.js';
import { ExecutionRowsRepository } from './execution-rows.repository.js';
import { ExecutionsRepository } from './executions.repository.js';
import { FilterStatisticsReadModel } from './filter-statistics.read-model.js';
import { HeadWalk } from './head-walk.js';
import { PageWriter } from './page-writer.js';
import { PartitionsRepository } from './partitions.repository.js';
import { ChangeSteps } from './change-steps.js';
import { PendingChanges } from './pending-changes.js';
import { LedgerWriter } from './ledger-writer.js';
import { PendingSync } from './pending-sync.js';
import { PendingRepository } from './pending.repository.js';
import { Reclassifier } from './reclassifier.js';
import { ReclassifyRepository } from './reclassify.repository.js';
import { RulePreviewReadModel } from './rule-preview.read-model.js';
import { RulePreviewService } from './rule-preview.service.js';
import { RulesCache } from './rules-cache.js';
import { SyncSteps } from './sync-steps.js';
import { SyncStateReadModel } from './sync-state.read-model.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { TimeSavedRepository } from './time-saved.repository.js';
import { TimeSavedService } from './time-saved.service.js';
import { UnknownWorkflows } from './unknown-workflows.js';
import { WorkflowWriter } from './workflow-writer.js';
import { WorkflowsRepository } from './workflows.repository.js';
import { WorkflowsSync } from './workflows-sync.js';

const entities = [
  WorkflowEntity,
  WorkflowExecutionEntity,
  SyncStateEntity,
  PendingExecutionEntity,
  CoverageGapEntity,
  DirtyDayEntity,
  WorkflowTimeSavedEntity,
  RetentionFloorEntity,
  SyncEpochEntity,
];

const repositories = [
  CoverageGapsRepository,
  EpochsRepository,
  ExecutionWindowReadModel,
  PageEffectsRepository,
  DetailsRepository,
  DirtyDaysRepository,
  ExecutionRowsRepository,
  ExecutionsRepository,
  PartitionsRepository,
  PendingRepository,
  ReclassifyRepository,
  SyncStateRepository,
  TimeSavedRepository,
  WorkflowsRepository,
  ClientGaugesReadModel,
  CoverageReadModel,
  ExecutionGroupsReadModel,
  FilterStatisticsReadModel,
  RulePreviewReadModel,
  SyncStateReadModel,
];

const services = [
  CapabilitiesKeeper,
  ChangeSteps,
  CollectedExecutions,
  CollectorService,
  ConnectionCheckService,
  DayMarks,
  DetailsStream,
  DetailsSync,
  DetailWriter,
  EpochJudge,
  EpochScan,
  ExecutionLooks,
  ExecutionsSync,
  ExecutionExplainer,
  ExecutionPages,
  ExecutionStore,
  HeadWalk,
  LedgerWriter,
  PaceKeeper,
  PageWriter,
  PendingChanges,
  PendingSync,
  Reclassifier,
  Reconcile,
  RulePreviewService,
  RulesCache,
  RunKeeper,
  SyncSteps,
  TimeSavedService,
  UnknownWorkflows,
  WalkLedger,
  WindowProbe,
  WorkflowWriter,
  WorkflowsSync,
];

/** Copies workflows and executions from n8n and keeps the ledgers of what is still open, missing or to be rolled up. */
@Module({
  imports: [TypeOrmModule.forFeature(entities), ClientsModule, N8nClientModule, ProductionFilterModule, TelemetryModule],
  providers: [...repositories, ...services],
  exports: [
    ClientGaugesReadModel,
    CollectorService,
    ConnectionCheckService,
    CoverageReadModel,
    DayMarks,
    DirtyDaysRepository,
    ExecutionExplainer,
    FilterStatisticsReadModel,
    PartitionsRepository,
    PendingChanges,
    RulePreviewService,
    SyncStateReadModel,
    TimeSavedService,
  ],
})
export class CollectorModule {}
