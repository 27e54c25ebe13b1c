import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AggregationSummaryReadModel } from '../../aggregator/index.js';
import { ApiKeyRequired, Roles } from '../../auth/index.js';
import { AppCache } from '../../cache/index.js';
import { DataFreshnessService, SchedulerStatusService } from '../../scheduler/index.js';
import { DataFreshnessDto } from './freshness.dto.js';
import { AggregationSummaryDto, CacheStatusDto, SchedulerStatusDto } from './monitoring.dto.js';
import { toAggregationSummaryDto, toCacheStatusDto, toDataFreshnessDto, toSchedulerStatusDto } from './monitoring.mapper.js';

/** Whether everything that should happen by itself does. */
@ApiTags('Administration')
@ApiKeyRequired()
@Roles('admin')
@Controller('metrics/admin')
export class MonitoringController {
  constructor(
    private readonly scheduler: SchedulerStatusService,
    private readonly freshness: DataFreshnessService,
    private readonly rollups: AggregationSummaryReadModel,
    private readonly cache: AppCache,
  ) {}

  @Get('scheduler-status')
  @ApiOperation({
    operationId: 'getSchedulerStatus',
    summary: 'Status of the scheduler',
    description:
      'Every schedule with its last run (start, duration, outcome, counts), its next run, whether it runs now and how often ' +
      'it failed in a row; how many jobs wait and run; the processes that run them.',
  })
  async schedulerStatus(): Promise<SchedulerStatusDto> {
    return toSchedulerStatusDto(await this.scheduler.status());
  }

  @Get('aggregation-summary')
  @ApiOperation({
    operationId: 'getAggregationSummary',
    summary: 'What the rollups hold',
    description:
      'Rows by kind of period with the oldest and the newest, how many never change again, and what is still to be computed.',
  })
  async aggregationSummary(): Promise<AggregationSummaryDto> {
    return toAggregationSummaryDto(await this.rollups.summary());
  }

  @Get('cache')
  @ApiOperation({
    operationId: 'getCacheStatus',
    summary: 'How the cache is doing',
    description:
      'Where answers are kept and whether that can be reached, how many are kept, and hits, misses and errors of the process that answers, ' +
      'since its start. `POST .../refresh-cache` drops them.',
  })
  async cacheStatus(): Promise<CacheStatusDto> {
    return toCacheStatusDto(this.cache.status(), this.cache.stats(), await this.cache.count());
  }

  @Get('data-freshness')
  @ApiOperation({
    operationId: 'getDataFreshness',
    summary: 'Freshness of the data',
    description:
      'For every client: when workflows and executions were last collected and figures last computed, what is still open, ' +
      'missing or to be done, and by which rules executions were classified, over 30 days and day by day.',
  })
  async dataFreshness(): Promise<DataFreshnessDto> {
    return toDataFreshnessDto(await this.freshness.allInDetail());
  }
}
