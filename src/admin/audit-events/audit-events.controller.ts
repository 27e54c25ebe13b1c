import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyRequired, type AuditEvent, AuditService, Roles } from '../../auth/index.js';
import { type Plain } from '../../common/index.js';
import { type AuditEventDto, AuditEventPageDto, AuditEventsQueryDto } from './audit-event.dto.js';

/** Who did what. */
@ApiTags('Administration')
@ApiKeyRequired()
@Roles('admin')
@Controller('admin/audit-events')
export class AuditEventsController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiOperation({
    operationId: 'listAuditEvents',
    summary: 'Who did what',
    description: 'What administrators did, newest first, without secrets. Events are only ever added.',
  })
  async list(@Query() query: AuditEventsQueryDto): Promise<AuditEventPageDto> {
    const { actor, action, target, cursor, limit } = query;
    const page = await this.audit.list({ actor, action, target }, { cursor, limit });
    return { items: page.items.map(toAuditEventDto), next_cursor: page.nextCursor };
  }
}

function toAuditEventDto({ id, at, actor, action, target, details }: AuditEvent): Plain<AuditEventDto> {
  return { id, at: at.toISOString(), actor, action, target, details };
}
