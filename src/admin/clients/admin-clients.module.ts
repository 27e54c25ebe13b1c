import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/index.js';
import { CollectorModule } from '../../collector/index.js';
import { JobsModule } from '../../jobs/index.js';
import { ClientAdminService } from './client-admin.service.js';
import { ClientsController } from './clients.controller.js';
import { FilterRulesAdminService } from './filter-rules-admin.service.js';
import { FilterRulesController } from './filter-rules.controller.js';

/** The endpoints below `/clients` that manage the registry and the rules. */
@Module({
  imports: [ClientsModule, CollectorModule, JobsModule],
  controllers: [ClientsController, FilterRulesController],
  providers: [ClientAdminService, FilterRulesAdminService],
})
export class AdminClientsModule {}
