import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { AuditRepository } from './audit.repository.js';

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
}

/** Masks secret fields at the top level; that one was given stays visible. */
export function withoutSecrets(details: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, SECRET.test(name) && value !== undefined ? '[redacted]' : value]),
  );
}
