import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditEventEntity } from './audit-event.entity.js';

/** Which events; what is left out does not filter. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
}

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

  /** Newest first, before `beforeId`. */
  async listBefore(filter: AuditFilter, beforeId: number | null, limit: number): Promise<AuditEventEntity[]> {
    const query = this.dataSource
      .getRepository(AuditEventEntity)
      .createQueryBuilder('event')
      .orderBy('event.id', 'DESC')
      .limit(limit);
    const { actor, action, target } = filter;
    if (actor !== undefined) query.andWhere('event.actor = :actor', { actor });
    if (action !== undefined) query.andWhere('event.action = :action', { action });
    if (target !== undefined) query.andWhere('event.target = :target', { target });
    if (beforeId !== null) query.andWhere('event.id < :beforeId', { beforeId });
    return query.getMany();
  }
}
