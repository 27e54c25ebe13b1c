import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditEventEntity } from './audit-event.entity.js';

/** Rows of `audit_events`; only ever added. */
@Injectable()
export class AuditRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(event: Omit<AuditEventEntity, 'id'>): Promise<void> {
    await this.dataSource.query(
      'INSERT INTO audit_events (at, actor, action, target, details) VALUES ($1, $2, $3, $4, $5::jsonb)',
      [event.at, event.actor, event.action, event.target, event.details === null ? null : JSON.stringify(event.details)],
    );
  }
}
