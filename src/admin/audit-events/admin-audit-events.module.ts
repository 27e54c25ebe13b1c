import { Module } from '@nestjs/common';
import { AuditEventsController } from './audit-events.controller.js';

/** The endpoint `/admin/audit-events`. */
@Module({ controllers: [AuditEventsController] })
export class AdminAuditEventsModule {}
