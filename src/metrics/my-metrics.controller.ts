import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, ApiKeyRequired, boundClientId, CurrentPrincipal, type Principal } from '../auth/index.js';
import { ApiProblems } from '../common/index.js';
import { AnswerInterceptor, ApiAnswers, CsvRows, serve } from './answer.interceptor.js';
import { ExecutionsDto } from './dto/executions.dto.js';
import { HistoricalDto } from './dto/historical.dto.js';
import { ExecutionsQueryDto, HistoricalQueryDto, RangeQueryDto, WorkflowsQueryDto } from './dto/query.dto.js';
import { SummaryDto } from './dto/summary.dto.js';
import { WorkflowsDto } from './dto/workflows.dto.js';
import { ExecutionsService } from './executions.service.js';
import { HistoricalService } from './historical.service.js';
import { SummaryService } from './summary.service.js';
import { WorkflowsService } from './workflows.service.js';

/** The same answers for the client that the key is bound to. */
@ApiTags('My metrics')
@ApiKeyRequired()
@Access('own-client')
@ApiProblems(404)
@ApiAnswers()
@UseInterceptors(AnswerInterceptor)
@Controller('metrics')
export class MyMetricsController {
  constructor(
    private readonly summaries: SummaryService,
    private readonly workflowLists: WorkflowsService,
    private readonly series: HistoricalService,
    private readonly executionLists: ExecutionsService,
  ) {}

  @Get('my-metrics')
  @ApiOperation({
    operationId: 'getMyMetrics',
    summary: 'Summary of my client',
    description:
      'As `metrics/client/{id}` for the client that the key is bound to; 400 `no_client_bound` when it is bound to none.',
  })
  async summary(@Query() query: RangeQueryDto, @CurrentPrincipal() principal: Principal): Promise<SummaryDto> {
    return serve(await this.summaries.summary(boundClientId(principal), query));
  }

  @Get('my-workflows')
  @ApiOperation({
    operationId: 'getMyWorkflows',
    summary: 'Workflows of my client with their figures',
    description: 'As `metrics/client/{id}/workflows` for the client that the key is bound to.',
  })
  @CsvRows('workflows', WorkflowsDto)
  async workflows(@Query() query: WorkflowsQueryDto, @CurrentPrincipal() principal: Principal): Promise<WorkflowsDto> {
    return serve(await this.workflowLists.workflows(boundClientId(principal), query));
  }

  @Get('my-historical')
  @ApiOperation({
    operationId: 'getMyHistorical',
    summary: 'Daily, weekly or monthly series of my client',
    description: 'As `metrics/client/{id}/historical` for the client that the key is bound to.',
  })
  @CsvRows('metrics_data', HistoricalDto)
  async historical(@Query() query: HistoricalQueryDto, @CurrentPrincipal() principal: Principal): Promise<HistoricalDto> {
    return serve(await this.series.historical(boundClientId(principal), query));
  }

  @Get('my-executions')
  @ApiOperation({
    operationId: 'listMyExecutions',
    summary: 'Stored executions of my client',
    description: 'As `metrics/client/{id}/executions` for the client that the key is bound to.',
  })
  @CsvRows('items', ExecutionsDto)
  async executions(@Query() query: ExecutionsQueryDto, @CurrentPrincipal() principal: Principal): Promise<ExecutionsDto> {
    return serve(await this.executionLists.page(boundClientId(principal), query));
  }
}
