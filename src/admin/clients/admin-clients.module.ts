import { Module } from '@nestjs/common';
import { AggregatorModule } from '../../aggregator/index.js';
import { ClientsModule } from '../../clients/index.js';
import { CollectorModule } from '../../collector/index.js';
import { JobsModule } from '../../jobs/index.js';
import { ClientAdminService } from './client-admin.service.js';
import { ClientsController } from './clients.controller.js';
import { FilterRulesAdminService } from './filter-rules-admin.service.js';
import { FilterRulesController } from './filter-rules.controller.js';
import { TimeSavedAdminService } from './time-saved-admin.service.js';
import { TimeSavedController } from './time-saved.controller.js';

/** The endpoints below `/clients` that manage the registry, the rules and the time saved. */
@Module({
  imports: [AggregatorModule, ClientsModule, CollectorModule, JobsModule],
  controllers: [ClientsController, FilterRulesController, TimeSavedController],
  providers: [ClientAdminService, FilterRulesAdminService, TimeSavedAdminService],
})
export class AdminClientsModule {}
