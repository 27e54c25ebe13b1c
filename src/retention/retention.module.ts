import { Module } from '@nestjs/common';
import { AggregatorModule } from '../aggregator/index.js';
import { CollectorModule } from '../collector/index.js';
import { EraseRepository } from './erase.repository.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService, RetentionTools } from './retention.service.js';

/** Lets old data go, and erases deleted clients. */
@Module({
  imports: [AggregatorModule, CollectorModule],
  providers: [EraseRepository, RetentionRepository, RetentionService, RetentionTools],
  exports: [RetentionService],
})
export class RetentionModule {}
