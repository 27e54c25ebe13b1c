import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, ApiKeyRequired, assertClientVisible, CurrentPrincipal, type Principal, Roles } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { TimeSavedService } from '../../collector/index.js';
import { ApiProblems, PageQueryDto } from '../../common/index.js';
import { WorkflowPathDto } from './client-request.dto.js';
import { TimeSavedAdminService } from './time-saved-admin.service.js';
import { AppliedTimeSavedDto, TimeSavedDto, TimeSavedInputDto } from './time-saved.dto.js';
import { toAppliedDto, toTimeSavedDto } from './time-saved.mapper.js';

const examples = {
  from_now_on: { summary: 'Seven and a half minutes a success, from now on', value: { minutes: 7.5 } },
  from_a_day_on: { summary: 'The same from a day in the past on', value: { minutes: 7.5, apply_from: '2026-02-01' } },
  taken_back: { summary: 'What n8n says applies again', value: { minutes: null } },
};

/** The time that a success of a workflow saves, with effective dates. */
@ApiTags('Time saved')
@ApiKeyRequired()
@Access('client')
@Controller('clients/:id/workflows/:workflow_id/time-saved')
export class TimeSavedController {
  constructor(
    private readonly clients: ClientsService,
    private readonly timeSaved: TimeSavedService,
    private readonly admin: TimeSavedAdminService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getTimeSaved',
    summary: 'Time saved by a workflow',
    description:
      'What a success saves now, and every value with its date, imported from n8n or set by hand. For admins, and for viewers that may ' +
      'see the client.',
  })
  @ApiProblems([404, { code: 'workflow_not_found', detail: 'This client has no workflow 17.' }])
  async history(
    @Param() path: WorkflowPathDto,
    @Query() query: PageQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<TimeSavedDto> {
    assertClientVisible(principal, path.id);
    await this.clients.get(path.id);
    return toTimeSavedDto(path.id, await this.timeSaved.history(path.id, path.workflow_id, query.limit, query.cursor));
  }

  @Put()
  @Roles('admin')
  @ApiOperation({
    operationId: 'setTimeSaved',
    summary: 'Set the time saved by hand',
    description:
      'Counts for successes that start from `apply_from` on, or from now on; values by hand for that time are replaced, earlier ones ' +
      'stay. It wins over what n8n says until it is taken back with `minutes: null`. Days of the past are computed again as far ' +
      'as their executions are kept; older days keep their figures. To give a stretch of time a value of its own, set the value at its ' +
      'beginning and then what follows at its end.',
  })
  @ApiBody({ type: TimeSavedInputDto, examples })
  @ApiProblems([404, { code: 'workflow_not_found', detail: 'This client has no workflow 17.' }])
  async set(
    @Param() path: WorkflowPathDto,
    @Body() body: TimeSavedInputDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AppliedTimeSavedDto> {
    await this.clients.get(path.id);
    const value = { minutes: body.minutes, applyFrom: body.apply_from ?? null, author: principal.actor };
    return toAppliedDto(path, body.minutes, await this.admin.set(path.id, path.workflow_id, value));
  }
}
