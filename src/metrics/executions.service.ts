import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type ExecutionExplanation, ExecutionExplainer } from '../collector/index.js';
import { dayRange, decodeCursor, NotFoundError, toPage, type Plain } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService } from './answers.service.js';
import { type ExecutionDto, type ExecutionsDto } from './dto/executions.dto.js';
import { type ExplainDto, type ExplainedExecutionDto } from './dto/explain.dto.js';
import { type ExecutionsQueryDto } from './dto/query.dto.js';
import { type ExecutionFilter, ExecutionsReadModel, type StoredExecution } from './executions.read-model.js';
import { workflowNotFound } from './historical.service.js';
import { refuseReversed } from './metric-range.js';
import { rawKeptFrom } from './raw-window.js';
import { isoOrNull } from './to-dto.js';

const cursorKey = z.object({
  at: z.iso.datetime(),
  epoch: z.int32(),
  // PostgreSQL has no text with a NUL in it.
  id: z.string().regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u),
});

/** The stored executions of a client. Not cached: a page is one index scan, and hardly anyone asks for the same one twice. */
@Injectable()
export class ExecutionsService {
  constructor(
    private readonly answers: AnswersService,
    private readonly executions: ExecutionsReadModel,
    private readonly explainer: ExecutionExplainer,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * A page, newest first.
   * @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_range`, `invalid_cursor`
   */
  async page(clientId: number, query: ExecutionsQueryDto): Promise<Answer<Plain<ExecutionsDto>>> {
    refuseReversed(query.start_date, query.end_date);
    const key = query.cursor === undefined ? null : decodeCursor(query.cursor, cursorKey);
    const after = key === null ? null : { startedAt: new Date(key.at), epoch: key.epoch, id: key.id };
    return this.answers.direct(clientId, async (scope) => {
      if (query.workflow_id !== undefined && !(await scope.snapshot.hasWorkflow(query.workflow_id))) {
        throw workflowNotFound(query.workflow_id);
      }
      const rows = await scope.snapshot.read((manager) =>
        this.executions.page(manager, clientId, this.filterOf(scope, query), { after, limit: query.limit + 1 }),
      );
      const page = toPage(rows, query.limit, (row) => ({
        at: row.started_at.toISOString(),
        epoch: row.epoch,
        id: row.n8n_execution_id,
      }));
      return { items: page.items.map(toExecutionDto), next_cursor: page.nextCursor };
    });
  }

  /** @throws NotFoundError `client_not_found`, `execution_not_found` */
  async find(clientId: number, executionId: string): Promise<Answer<Plain<ExplainedExecutionDto>>> {
    return this.answers.direct(clientId, (scope) =>
      scope.snapshot.read(async (manager) => {
        const row = await this.executions.find(manager, clientId, executionId, rawKeptFrom(scope, this.config.rawRetentionDays));
        if (row === null) throw new NotFoundError('execution_not_found', `This client has no stored execution ${executionId}.`);
        const facts = {
          mode: row.mode,
          status: row.status,
          startedAt: row.started_at,
          durationMs: row.execution_time_ms === null ? null : Number(row.execution_time_ms),
          testIndicator: row.test_indicator,
        };
        const explanation = await this.explainer.explain(manager, scope.client, Number(row.workflow_id), facts);
        return { ...toExecutionDto(row), explain: toExplainDto(row, explanation) };
      }),
    );
  }

  private filterOf(scope: AnswerScope, query: ExecutionsQueryDto): ExecutionFilter {
    const { timezone } = scope.client;
    const limit = rawKeptFrom(scope, this.config.rawRetentionDays);
    const from = query.start_date === undefined ? limit : dayRange(query.start_date, timezone).start;
    return {
      from: from > limit ? from : limit,
      to: query.end_date === undefined ? null : dayRange(query.end_date, timezone).end,
      status: query.status,
      mode: query.mode,
      workflowId: query.workflow_id,
      production: query.production,
      reason: query.reason,
    };
  }
}

function toExecutionDto(row: StoredExecution): Plain<ExecutionDto> {
  return {
    ...row,
    workflow_id: Number(row.workflow_id),
    started_at: row.started_at.toISOString(),
    finished_at: isoOrNull(row.finished_at),
    wait_till: isoOrNull(row.wait_till),
    execution_time_ms: row.execution_time_ms === null ? null : Number(row.execution_time_ms),
    first_seen_at: row.first_seen_at.toISOString(),
    last_changed_at: row.last_changed_at.toISOString(),
  };
}

function toExplainDto(row: StoredExecution, { verdict, ruleVersion, workflow, rules }: ExecutionExplanation): Plain<ExplainDto> {
  const matches = verdict.production === row.is_production && verdict.reason === row.filter_reason;
  return {
    rule_version: ruleVersion,
    workflow,
    is_production: verdict.production,
    filter_reason: verdict.reason,
    matches_stored_verdict: matches,
    note: matches ? null : staleNote(row, ruleVersion),
    rules,
  };
}

function staleNote(
  { rule_version: stored, filter_reason: reason, is_production: production }: StoredExecution,
  now: number,
): string {
  const why =
    stored === now ? 'before the workflow was renamed, re-tagged or its quiet hours moved' : `by rule version ${stored}`;
  return `The stored verdict (${production ? 'production' : 'not production'}, ${reason}) was made ${why}; it is about to be made anew by version ${now}.`;
}
