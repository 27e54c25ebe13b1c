import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CollectorModule } from '../collector/index.js';
import { AggregationReadModel } from './aggregation.read-model.js';
import { AggregationSummaryReadModel } from './aggregation-summary.read-model.js';
import { AggregatorService } from './aggregator.service.js';
import { MetricsAggregationEntity } from './metrics-aggregation.entity.js';
import { RollupAuditReadModel } from './rollup-audit.read-model.js';
import { RollupAuditService } from './rollup-audit.service.js';
import { RollupsRepository } from './rollups.repository.js';

/** Rollups: what is written of them and how they are read. */
@Module({
  imports: [TypeOrmModule.forFeature([MetricsAggregationEntity]), CollectorModule],
  providers: [
    RollupsRepository,
    AggregatorService,
    AggregationReadModel,
    AggregationSummaryReadModel,
    RollupAuditReadModel,
    RollupAuditService,
  ],
  exports: [AggregatorService, AggregationReadModel, AggregationSummaryReadModel, RollupAuditService],
})
export class AggregatorModule {}
