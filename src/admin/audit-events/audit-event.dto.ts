import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, MayBeAbsent, PageQueryDto } from '../../common/index.js';

/** Which events. */
export class AuditEventsQueryDto extends PageQueryDto {
  /**
   * Only events of this actor, exactly as they show it.
   * @example 'bootstrap'
   */
  @MayBeAbsent()
  @IsPlainText(1, 300)
  actor?: string;

  /**
   * Only events of this action.
   * @example 'client.create'
   */
  @MayBeAbsent()
  @IsPlainText(1, 100)
  action?: string;

  /**
   * Only events about this thing.
   * @example 'client:7'
   */
  @MayBeAbsent()
  @IsPlainText(1, 300)
  target?: string;
}

/** Something that an administrator did. */
export class AuditEventDto {
  /** @example 412 */
  id: number;

  /** @example '2026-03-01T09:30:00.000Z' */
  at: string;

  /**
   * `bootstrap` is the key of the configuration; other keys are named by their prefix and name.
   * @example 'key:k7m2p9xw Grafana at Acme'
   */
  actor: string;

  /** @example 'client.create' */
  action: string;

  /**
   * What it was done to; `null`: everything.
   * @example 'client:7'
   */
  target: string | null;

  @ApiProperty({
    description: 'What was changed or asked for, without secrets; the fields depend on the action.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { name: 'Acme GmbH', timezone: 'Europe/Berlin' },
  })
  details: Record<string, unknown> | null;
}

/** One page of events, newest first. */
export class AuditEventPageDto {
  items: AuditEventDto[];

  /**
   * Give it as `cursor` to get the next page; `null` on the last one.
   * @example 'eyJpZCI6NTB9'
   */
  next_cursor: string | null;
}
