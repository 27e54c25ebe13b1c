import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Access,
  ApiKeyRequired,
  assertClientVisible,
  assertSeesAllClients,
  CurrentPrincipal,
  type Principal,
} from '../auth/index.js';
import { ApiProblems } from '../common/index.js';
import { AnswerInterceptor, ApiAnswers, CsvRows, serve } from './answer.interceptor.js';
import { ExecutionsDto } from './dto/executions.dto.js';
import { ExplainedExecutionDto } from './dto/explain.dto.js';
import { HistoricalDto } from './dto/historical.dto.js';
import {
  ClientPathDto,
  ExecutionPathDto,
  ExecutionsQueryDto,
  HistoricalQueryDto,
  RangeQueryDto,
  WorkflowsQueryDto,
} from './dto/query.dto.js';
import { OverviewDto, SummaryDto } from './dto/summary.dto.js';
import { WorkflowsDto } from './dto/workflows.dto.js';
import { ExecutionsService } from './executions.service.js';
import { HistoricalService } from './historical.service.js';
import { OverviewService } from './overview.service.js';
import { SummaryService } from './summary.service.js';
import { WorkflowsService } from './workflows.service.js';

/** Metrics of all clients and of each, from what is stored; n8n is never asked. */
@ApiTags('Metrics')
@ApiKeyRequired()
@Access('client')
@ApiAnswers()
@UseInterceptors(AnswerInterceptor)
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly overviews: OverviewService,
    private readonly summaries: SummaryService,
    private readonly workflowLists: WorkflowsService,
    private readonly series: HistoricalService,
    private readonly executionLists: ExecutionsService,
  ) {}

  @Get('all')
  @ApiOperation({
    operationId: 'getAllMetrics',
    summary: 'Summary of every client, and the totals',
    description:
      'Each client over the same dates in its own time zone, 30 days up to today by default. For admins and viewers of all clients.',
  })
  @Access('all-clients')
  @CsvRows('clients', OverviewDto)
  async all(@Query() query: RangeQueryDto, @CurrentPrincipal() principal: Principal): Promise<OverviewDto> {
    assertSeesAllClients(principal);
    return serve(await this.overviews.overview(query));
  }

  @Get('client/:id')
  @ApiOperation({
    operationId: 'getClientMetrics',
    summary: 'Summary of a client',
    description:
      'Figures, trends, workflow counts and coverage over a range of days: 30 days up to today by default, 800 at most.',
  })
  async summary(
    @Param() { id }: ClientPathDto,
    @Query() query: RangeQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SummaryDto> {
    assertClientVisible(principal, id);
    return serve(await this.summaries.summary(id, query));
  }

  @Get('client/:id/workflows')
  @ApiOperation({
    operationId: 'getClientWorkflows',
    summary: 'Workflows of a client with their figures',
    description:
      'Sorted and paged; `summary` is over all workflows. The range is 30 days up to today by default. Also as text/csv.',
  })
  @CsvRows('workflows', WorkflowsDto)
  async workflows(
    @Param() { id }: ClientPathDto,
    @Query() query: WorkflowsQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<WorkflowsDto> {
    assertClientVisible(principal, id);
    return serve(await this.workflowLists.workflows(id, query));
  }

  @Get('client/:id/historical')
  @ApiOperation({
    operationId: 'getClientHistorical',
    summary: 'Daily, weekly or monthly series of a client or of one workflow',
    description:
      'One point per period that intersects the range, empty ones included; the running one has `is_partial: true`. By default ' +
      '30 days, 12 weeks or 12 months; 800 points at most. Days and periods are those of the client’s time zone. Also as text/csv.',
  })
  @CsvRows('metrics_data', HistoricalDto)
  async historical(
    @Param() { id }: ClientPathDto,
    @Query() query: HistoricalQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<HistoricalDto> {
    assertClientVisible(principal, id);
    return serve(await this.series.historical(id, query));
  }

  @Get('client/:id/executions')
  @ApiOperation({
    operationId: 'listClientExecutions',
    summary: 'Stored executions of a client',
    description:
      'Newest first, with the verdict of the production filter. Only as far back as raw executions are kept. Also as text/csv.',
  })
  @CsvRows('items', ExecutionsDto)
  async executions(
    @Param() { id }: ClientPathDto,
    @Query() query: ExecutionsQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ExecutionsDto> {
    assertClientVisible(principal, id);
    return serve(await this.executionLists.page(id, query));
  }

  @Get('client/:id/executions/:n8n_execution_id')
  @ApiOperation({
    operationId: 'getClientExecution',
    summary: 'One stored execution, explained',
    description:
      'By n8n’s id. When the instance was reset and an id exists twice, the newer one. `explain` lists every production rule in the order in ' +
      'which they are tried, what it saw, and which one decided, by the rules in force and the workflow’s present name and tags.',
  })
  @ApiProblems([404, { code: 'execution_not_found', detail: 'This client has no stored execution 48213.' }])
  async execution(
    @Param() { id, n8n_execution_id }: ExecutionPathDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ExplainedExecutionDto> {
    assertClientVisible(principal, id);
    return serve(await this.executionLists.find(id, n8n_execution_id));
  }
}
