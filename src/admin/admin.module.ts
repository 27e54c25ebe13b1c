import { Module } from '@nestjs/common';
import { AdminApiKeysModule } from './api-keys/admin-api-keys.module.js';
import { AdminAuditEventsModule } from './audit-events/admin-audit-events.module.js';
import { AdminClientsModule } from './clients/admin-clients.module.js';
import { AdminJobsModule } from './jobs/admin-jobs.module.js';

/** Everything that only administrators may do. */
@Module({ imports: [AdminClientsModule, AdminApiKeysModule, AdminAuditEventsModule, AdminJobsModule] })
export class AdminModule {}
