import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RollupAuditService } from '../../aggregator/index.js';
import { ApiKeyRequired, Roles } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { ApiProblems, Clock, invalidFields } from '../../common/index.js';
import { rangeErrors } from './aggregation-range.js';
import { AuditDto, AuditQueryDto } from './audit.dto.js';
import { toAuditDto } from './audit.mapper.js';
import { SyncPathDto } from './job-request.dto.js';

/** Whether the figures are right. */
@ApiTags('Administration')
@ApiKeyRequired()
@Roles('admin')
@Controller('metrics/admin')
export class AuditController {
  constructor(
    private readonly clients: ClientsService,
    private readonly audits: RollupAuditService,
    private readonly clock: Clock,
  ) {}

  @Post('audit/:client_id')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'auditClient',
    summary: 'Compare rollups with raw executions',
    description:
      'Recomputes the days of a range from raw executions, weeks and months from days, compares every figure with what is stored and lists ' +
      'every difference. Days that are not computed yet and days whose raw executions are partly gone are told, not compared. It changes ' +
      'nothing; `trigger-aggregation` computes a range again.',
  })
  @ApiProblems(404)
  async audit(@Param() path: SyncPathDto, @Query() query: AuditQueryDto): Promise<AuditDto> {
    const { client_id: clientId } = path;
    await this.clients.get(clientId);
    const { start_date: from, end_date: to } = query;
    const today = this.clock.now().toISOString().slice(0, 10);
    const errors = rangeErrors(from ?? to ?? today, to ?? from ?? today, today);
    if (errors.length > 0) throw invalidFields(errors);
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return toAuditDto(clientId, await this.audits.audit(clientId, range));
  }
}
