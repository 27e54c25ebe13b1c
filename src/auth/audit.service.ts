import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, decodeCursor, type Page, toPage } from '../common/index.js';
import { type AuditEventEntity } from './audit-event.entity.js';
import { type AuditFilter, AuditRepository } from './audit.repository.js';

/** An event as it is stored. */
export type AuditEvent = Readonly<AuditEventEntity>;

const pageKey = z.object({ id: z.int() });

/** What never goes into an audit event, whatever a caller passes. */
const SECRET = /api_?key$|secret|password|token|authorization/i;

/** Remembers who did which admin action to what. */
@Injectable()
export class AuditService {
  constructor(
    private readonly events: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @param actor `principal.actor`
   * @param action verb and thing, for example `client.create`
   * @param target what it was done to, for example `client:7`
   * @param details what changed; secrets in it are masked
   */
  async record(
    actor: string,
    action: string,
    target: string | null,
    details: Record<string, unknown> | null = null,
  ): Promise<void> {
    await this.events.add({
      at: this.clock.now(),
      actor,
      action,
      target,
      details: details === null ? null : withoutSecrets(details),
    });
  }

  /**
   * Newest first.
   * @throws InvalidInputError `invalid_cursor`
   */
  async list(filter: AuditFilter, page: { cursor?: string | undefined; limit: number }): Promise<Page<AuditEvent>> {
    const before = page.cursor === undefined ? null : decodeCursor(page.cursor, pageKey).id;
    const events = await this.events.listBefore(filter, before, page.limit + 1);
    return toPage(events, page.limit, ({ id }) => ({ id }));
  }
}

/** Masks secret fields at the top level; that one was given stays visible. */
export function withoutSecrets(details: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, SECRET.test(name) && value !== undefined ? '[redacted]' : value]),
  );
}
