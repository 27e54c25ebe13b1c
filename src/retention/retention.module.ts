import { Module } from '@nestjs/common';
import { AggregatorModule } from '../aggregator/index.js';
import { CollectorModule } from '../collector/index.js';
import { EraseRepository } from './erase.repository.js';
import { FloorService } from './floor.service.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionLimits } from './retention-limits.js';
import { RetentionService } from './retention.service.js';

/** Lets old data go, and erases deleted clients. */
@Module({
  imports: [AggregatorModule, CollectorModule],
  providers: [EraseRepository, FloorService, RetentionRepository, RetentionService, RetentionLimits],
  exports: [RetentionService],
})
export class RetentionModule {}
