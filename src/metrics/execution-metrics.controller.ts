import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, ApiKeyRequired, assertClientVisible, CurrentPrincipal, type Principal } from '../auth/index.js';
import { AnswerInterceptor, ApiAnswers, CsvRows, serve } from './answer.interceptor.js';
import { ExecutionStatsDto } from './dto/execution-stats.dto.js';
import { FailuresDto } from './dto/failures.dto.js';
import { ClientPathDto } from './dto/query.dto.js';
import { ExecutionStatsQueryDto, FailuresQueryDto } from './dto/raw-query.dto.js';
import { ExecutionStatsService } from './execution-stats.service.js';
import { FailuresService } from './failures.service.js';

/** What is counted from stored executions alone, as far back as they are kept. */
@ApiTags('Metrics')
@ApiKeyRequired()
@Access('client')
@ApiAnswers()
@UseInterceptors(AnswerInterceptor)
@Controller('metrics')
export class ExecutionMetricsController {
  constructor(
    private readonly failures: FailuresService,
    private readonly executionStats: ExecutionStatsService,
  ) {}

  @Get('client/:id/errors')
  @ApiOperation({
    operationId: 'getClientErrors',
    summary: 'Failures of a client by workflow, node and message',
    description:
      'The largest groups first. Messages that differ only in numbers, ids, quoted values, addresses and times are one. The range is 30 ' +
      'days up to today by default, and only as far back as raw executions are kept. Details of failures are read after the ' +
      'executions themselves: `details_pending` says how many are still to come. Also as text/csv.',
  })
  @CsvRows('items', FailuresDto)
  async errors(
    @Param() { id }: ClientPathDto,
    @Query() query: FailuresQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<FailuresDto> {
    assertClientVisible(principal, id);
    return serve(await this.failures.failures(id, query));
  }

  @Get('client/:id/execution-stats')
  @ApiOperation({
    operationId: 'getClientExecutionStats',
    summary: 'Executions of a client by workflow, mode and status',
    description:
      'Counts and durations, the largest groups first, production executions and the others apart. The range is 30 days up to today by ' +
      'default, and only as far back as raw executions are kept. Also as text/csv.',
  })
  @CsvRows('items', ExecutionStatsDto)
  async stats(
    @Param() { id }: ClientPathDto,
    @Query() query: ExecutionStatsQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ExecutionStatsDto> {
    assertClientVisible(principal, id);
    return serve(await this.executionStats.stats(id, query));
  }
}
