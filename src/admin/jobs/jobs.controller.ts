import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { ApiKeyRequired, CurrentPrincipal, type Principal, Roles } from '../../auth/index.js';
import { ApiProblems } from '../../common/index.js';
import { type JobRunFilter, JobRunsReadModel } from '../../jobs/index.js';
import { JobDto, JobRunPageDto, RequestedJobDto, RequestedJobsDto } from './job.dto.js';
import { isOver, toJobDto, toJobRunDto, toRequestedJobDto } from './job.mapper.js';
import {
  CleanupQueryDto,
  JobRunsQueryDto,
  RefreshCacheDto,
  SyncPathDto,
  TriggerAggregationDto,
  WaitQueryDto,
} from './job-request.dto.js';
import { JobsAdminService, type RequestedJob } from './jobs-admin.service.js';

/** Background work: starting it and looking at it. */
@ApiTags('Administration')
@ApiKeyRequired()
@Roles('admin')
@Controller('metrics/admin')
export class JobsController {
  constructor(
    private readonly admin: JobsAdminService,
    private readonly history: JobRunsReadModel,
  ) {}

  @Post('sync/:client_id')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'syncClient',
    summary: 'Sync one client now',
    description:
      'Enqueues a sync that looks at everything, whatever is due. One that is queued or running is joined, not doubled ' +
      '(`joined`). `wait` waits up to so many seconds for the result; `state` says whether it is over. 404 ' +
      '`client_not_found` for an unknown or deleted client.',
  })
  @ApiProblems(404)
  async sync(
    @Param() path: SyncPathDto,
    @Query() query: WaitQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestedJobDto> {
    return toAnswer(await this.admin.sync(path.client_id, query.wait, principal.actor), reply);
  }

  @Post('sync-all')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'syncAllClients',
    summary: 'Sync all clients now',
    description: 'The same for every enabled client. `wait` waits up to so many seconds until all of them are over.',
  })
  async syncAll(@Query() query: WaitQueryDto, @CurrentPrincipal() principal: Principal): Promise<RequestedJobsDto> {
    const requested = await this.admin.syncAll(query.wait, principal.actor);
    const jobs = requested.map(({ run, created }) => toRequestedJobDto(run, created));
    return { jobs, total: jobs.length, finished: jobs.filter(isOver).length };
  }

  @Post('trigger-aggregation')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'triggerAggregation',
    summary: 'Compute figures again',
    description:
      'Recomputes the days of the range, and the weeks and months they are in, from the stored executions, for one client or ' +
      'all. Days whose executions are partly past their retention keep their figures.',
  })
  @ApiProblems(404)
  async triggerAggregation(
    @Body() body: TriggerAggregationDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestedJobDto> {
    const range = { clientId: body.client_id ?? null, start: body.start_date, end: body.end_date };
    return toAnswer(await this.admin.aggregate(range, principal.actor), reply);
  }

  @Post('cleanup')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'cleanUp',
    summary: 'Remove what is past its retention',
    description:
      'Raw executions by whole weeks, once every day in them is rolled up; rollups by months; deleted workflows that nothing ' +
      'refers to any more. With `dry_run=true` nothing is removed. The counts and freed bytes are the result of the job.',
  })
  async cleanup(
    @Query() query: CleanupQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestedJobDto> {
    return toAnswer(await this.admin.cleanup(query.dry_run, query.wait, principal.actor), reply);
  }

  @Post('refresh-cache')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'refreshCache',
    summary: 'Drop kept answers and compute the usual ones',
    description:
      'Nothing that was kept about the client, or about any, is served any more, on every replica. Then the summary, the workflows and ' +
      'the three series over their default ranges are computed ahead, where replicas find them: in Redis, or in the process that runs the job.',
  })
  @ApiBody({ type: RefreshCacheDto, required: false })
  @ApiProblems(404)
  async refreshCache(
    @Body() body: RefreshCacheDto,
    @Query() query: WaitQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestedJobDto> {
    return toAnswer(await this.admin.refreshCache(body.client_id ?? null, query.wait, principal.actor), reply);
  }

  @Get('jobs/:job_id')
  @ApiParam({ name: 'job_id', description: 'As it was answered when the job was asked for.', example: 'cleanup.all.2026-03-01' })
  @ApiOperation({
    operationId: 'getJob',
    summary: 'One job',
    description: 'State, progress, counts and error. 404 `job_not_found` when it is unknown or too old to be remembered.',
  })
  @ApiProblems([404, { code: 'job_not_found', detail: 'There is no such job, or it is too old to be remembered.' }])
  async job(@Param('job_id') jobId: string): Promise<JobDto> {
    return toJobDto(await this.admin.get(jobId));
  }

  @Post('jobs/:job_id/retry')
  @HttpCode(202)
  @ApiParam({
    name: 'job_id',
    description: 'Of a failed job; `job-runs?state=failed` lists them.',
    example: 'cleanup.all.2026-03-01',
  })
  @ApiOperation({
    operationId: 'retryJob',
    summary: 'Run a failed job once more',
    description:
      'The same job, with the same id, occasion and parameters, is enqueued again and has all its attempts anew. A sync joins the one ' +
      'of its client that is queued or running by now (`joined`). `wait` waits up to so many seconds for the result.',
  })
  @ApiProblems(
    [404, { code: 'job_not_found', detail: 'There is no such job, or it is too old to be remembered.' }],
    [409, { code: 'job_not_failed', detail: 'Only a failed job can be run again; this one is completed.' }],
  )
  async retry(
    @Param('job_id') jobId: string,
    @Query() query: WaitQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestedJobDto> {
    return toAnswer(await this.admin.retry(jobId, query.wait, principal.actor), reply);
  }

  @Get('job-runs')
  @ApiOperation({
    operationId: 'listJobRuns',
    summary: 'History of jobs',
    description: 'Newest first. Kept for 90 days; completed runs of `collect` and `sync` for a week.',
  })
  async runs(@Query() query: JobRunsQueryDto): Promise<JobRunPageDto> {
    const filter: JobRunFilter = { name: query.name, clientId: query.client_id, state: query.state };
    const page = await this.history.list(filter, { cursor: query.cursor, limit: query.limit });
    return { items: page.items.map(toJobRunDto), next_cursor: page.nextCursor };
  }
}

function toAnswer({ run, created }: RequestedJob, reply: FastifyReply): RequestedJobDto {
  const answer = toRequestedJobDto(run, created);
  void reply.header('Location', answer.status_url);
  return answer;
}
