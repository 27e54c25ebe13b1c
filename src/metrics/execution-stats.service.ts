import { Inject, Injectable } from '@nestjs/common';
import { quotient } from '../aggregator/index.js';
import { type Plain } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService, type Computed } from './answers.service.js';
import { type ExecutionStatDto, type ExecutionStatsDto } from './dto/execution-stats.dto.js';
import { type ExecutionStatsQueryDto } from './dto/raw-query.dto.js';
import { type GroupPlace, largestFirst, pageOfGroups, placeAfter } from './largest-first.js';
import { type ExecutionStatRow, RawGroupsReadModel } from './raw-groups.read-model.js';
import { rawWindow } from './raw-window.js';

const TIME_DECIMALS = 6;

/** How many executions there are of each workflow, mode and status, and how long they took. */
@Injectable()
export class ExecutionStatsService {
  constructor(
    private readonly answers: AnswersService,
    private readonly groups: RawGroupsReadModel,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'rawRetentionDays'>,
  ) {}

  /**
   * A page, the largest groups first. All groups are kept as one answer: pages are cut from it.
   * @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_range`, `range_too_long`, `invalid_cursor`
   */
  async stats(clientId: number, query: Plain<ExecutionStatsQueryDto>): Promise<Answer<Plain<ExecutionStatsDto>>> {
    const { start_date, end_date, workflow_id, production, limit } = query;
    const after = placeAfter(query.cursor);
    const question = { clientId, endpoint: 'execution-stats', query: { start_date, end_date, workflow_id, production } };
    const answer = await this.answers.cached(question, (scope) => this.compute(scope, query));
    return answer.map(JSON.stringify([limit, query.cursor]), (body) => {
      const page = pageOfGroups(body.items, placeOf, { after, limit });
      return { ...body, items: page.items, next_cursor: page.nextCursor };
    });
  }

  private async compute(scope: AnswerScope, query: Plain<ExecutionStatsQueryDto>): Promise<Computed<Plain<ExecutionStatsDto>>> {
    const { filter, envelope } = await rawWindow(scope, query, this.config.rawRetentionDays);
    const rows = await scope.snapshot.read((manager) => this.groups.executionStats(manager, scope.client.id, filter));
    const total = Number(rows[0]?.total ?? 0);
    const items = rows.map(toStatDto);
    const body: Plain<ExecutionStatsDto> = {
      ...envelope,
      total_executions: total,
      ungrouped_executions: total - items.reduce((sum, item) => sum + item.executions, 0),
      items: largestFirst(items, placeOf),
      next_cursor: null,
    };
    return { body, source: 'raw', computedAt: null };
  }
}

function placeOf(stat: Plain<ExecutionStatDto>): GroupPlace {
  const id = [stat.workflow_id, stat.is_production, stat.mode, stat.status].join(' ');
  return { count: stat.executions, at: stat.last_started_at, id: id.slice(0, 300) };
}

function toStatDto(row: ExecutionStatRow): Plain<ExecutionStatDto> {
  const timed = Number(row.timed);
  return {
    workflow_id: Number(row.workflow_id),
    n8n_workflow_id: row.n8n_workflow_id,
    workflow_name: row.workflow_name,
    mode: row.mode,
    status: row.status,
    is_production: row.is_production,
    executions: Number(row.count),
    timed_executions: timed,
    total_execution_time_ms: Number(row.total_ms),
    avg_execution_time_seconds: quotient(BigInt(row.total_ms), 1_000 * timed, TIME_DECIMALS),
    min_execution_time_seconds: row.min_ms === null ? null : Number(row.min_ms) / 1_000,
    max_execution_time_seconds: row.max_ms === null ? null : Number(row.max_ms) / 1_000,
    first_started_at: row.first_at.toISOString(),
    last_started_at: row.last_at.toISOString(),
  };
}
