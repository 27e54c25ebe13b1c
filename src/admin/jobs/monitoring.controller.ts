import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyRequired, Roles } from '../../auth/index.js';
import { ApiProblems } from '../../common/index.js';
import { DataFreshnessService, SchedulerStatusService } from '../../scheduler/index.js';
import { DataFreshnessDto, SchedulerStatusDto } from './monitoring.dto.js';
import { toDataFreshnessDto, toSchedulerStatusDto } from './monitoring.mapper.js';

/** Whether everything that should happen by itself does. */
@ApiTags('Administration')
@ApiKeyRequired()
@Roles('admin')
@Controller('metrics/admin')
export class MonitoringController {
  constructor(
    private readonly scheduler: SchedulerStatusService,
    private readonly freshness: DataFreshnessService,
  ) {}

  @Get('scheduler-status')
  @ApiOperation({
    summary: 'Status of the scheduler',
    description:
      'Every schedule with its last run (start, duration, outcome, counts), its next run, whether it runs now and how often ' +
      'it failed in a row; how many jobs wait and run; the processes that run them.',
  })
  @ApiProblems(401, 403)
  async schedulerStatus(): Promise<SchedulerStatusDto> {
    return toSchedulerStatusDto(await this.scheduler.status());
  }

  @Get('data-freshness')
  @ApiOperation({
    summary: 'Freshness of the data',
    description:
      'For every client: when workflows and executions were last collected and figures last computed, what is still open, ' +
      'missing or to be done, and by which rules executions were classified.',
  })
  @ApiProblems(401, 403)
  async dataFreshness(): Promise<DataFreshnessDto> {
    return toDataFreshnessDto(await this.freshness.all());
  }
}
