import { Inject, Injectable } from '@nestjs/common';
import { quotient } from '../aggregator/index.js';
import { type Plain } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService, type Computed } from './answers.service.js';
import { type FailureGroupDto, type FailuresDto } from './dto/failures.dto.js';
import { type FailuresQueryDto } from './dto/raw-query.dto.js';
import { PATTERN_INPUT } from './error-pattern.js';
import { type FailureGroup, FailureGroups } from './failure-groups.js';
import { type GroupPlace, largestFirst, pageOfGroups, placeAfter } from './largest-first.js';
import { RawGroupsReadModel } from './raw-groups.read-model.js';
import { rawWindow } from './raw-window.js';

const SHARE_DECIMALS = 4;

/** Why executions fail: failures with the same workflow, node and message together. */
@Injectable()
export class FailuresService {
  constructor(
    private readonly answers: AnswersService,
    private readonly groups: RawGroupsReadModel,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'rawRetentionDays'>,
  ) {}

  /**
   * A page, the largest groups first. All groups are kept as one answer: pages are cut from it.
   * @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_range`, `range_too_long`, `invalid_cursor`
   */
  async failures(clientId: number, query: Plain<FailuresQueryDto>): Promise<Answer<Plain<FailuresDto>>> {
    const { start_date, end_date, workflow_id, production, limit } = query;
    const after = placeAfter(query.cursor);
    const question = { clientId, endpoint: 'errors', query: { start_date, end_date, workflow_id, production } };
    const answer = await this.answers.cached(question, (scope) => this.compute(scope, query));
    return answer.map(JSON.stringify([limit, query.cursor]), (body) => {
      const page = pageOfGroups(body.items, placeOf, { after, limit });
      return { ...body, items: page.items, next_cursor: page.nextCursor };
    });
  }

  private async compute(scope: AnswerScope, query: Plain<FailuresQueryDto>): Promise<Computed<Plain<FailuresDto>>> {
    const { filter, envelope } = await rawWindow(scope, query, this.config.rawRetentionDays);
    const groups = new FailureGroups();
    await scope.snapshot.read(async (manager) => {
      for await (const rows of this.groups.failures(manager, scope.client.id, filter)) groups.add(rows);
    });
    const { failures, pending, unavailable } = groups.totals;
    const items = groups.all().map((group) => toGroupDto(group, failures));
    const body: Plain<FailuresDto> = {
      ...envelope,
      total_failures: failures,
      details_pending: pending,
      details_unavailable: unavailable,
      ungrouped_failures: failures - items.reduce((sum, { count }) => sum + count, 0),
      items: largestFirst(items, placeOf),
      next_cursor: null,
    };
    return { body, source: 'raw', computedAt: null };
  }
}

function placeOf({ count, last_seen, fingerprint }: Plain<FailureGroupDto>): GroupPlace {
  return { count, at: last_seen, id: fingerprint };
}

function toGroupDto(group: FailureGroup, total: number): Plain<FailureGroupDto> {
  return {
    fingerprint: group.fingerprint,
    workflow_id: group.workflowId,
    n8n_workflow_id: group.n8nWorkflowId,
    workflow_name: group.workflowName,
    error_node: group.node,
    error_type: group.type,
    message: group.pattern,
    sample_message: group.sampleMessage?.slice(0, PATTERN_INPUT) ?? null,
    count: group.count,
    share: quotient(100 * group.count, total, SHARE_DECIMALS) ?? 0,
    first_seen: group.firstAt.toISOString(),
    last_seen: group.lastAt.toISOString(),
    sample_execution_ids: group.samples.map(({ id }) => id),
  };
}
