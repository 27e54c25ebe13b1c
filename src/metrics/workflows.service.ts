import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { derive, emptyFigures, type Figures } from '../aggregator/index.js';
import { decodeCursor, toPage, type Plain } from '../common/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService, type Computed } from './answers.service.js';
import { type WorkflowsQueryDto } from './dto/query.dto.js';
import { type WorkflowMetricsDto, type WorkflowsDto } from './dto/workflows.dto.js';
import { loadWorkflows } from './load-parts.js';
import { summaryRange } from './metric-range.js';
import { type WorkflowFacts } from './snapshot.read-model.js';
import { isoOrNull, toCoverageDto, toProvenanceDto } from './to-dto.js';
import { defaultOrder, placeOf, sortedAfter, type SortKey, sortKeys, type SortOrder } from './workflow-order.js';

/** A cursor belongs to one order: continued in another it would skip and repeat workflows. */
const cursorKey = z.object({
  sort: z.enum(sortKeys),
  order: z.enum(['asc', 'desc']),
  value: z.union([z.string(), z.number(), z.null()]),
  id: z.int(),
});

/** The workflows of a client with their figures over a range of days. */
@Injectable()
export class WorkflowsService {
  constructor(private readonly answers: AnswersService) {}

  /**
   * One page in the order that was asked for. All workflows are kept as one answer: pages and orders are cut from it.
   * @throws NotFoundError `client_not_found`; InvalidInputError `invalid_range`, `range_too_long`, `invalid_cursor`
   */
  async workflows(clientId: number, query: Plain<WorkflowsQueryDto>): Promise<Answer<Plain<WorkflowsDto>>> {
    const { start_date, end_date, sort } = query;
    const order = query.order ?? defaultOrder(sort);
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, inOrder(sort, order));
    const question = { clientId, endpoint: 'workflows', query: { start_date, end_date } };
    const answer = await this.answers.cached(question, (scope) => compute(scope, query));
    const view = JSON.stringify([sort, order, query.limit, query.cursor]);
    return answer.map(view, (body) => {
      const rows = sortedAfter(body.workflows, sort, order, after).slice(0, query.limit + 1);
      const page = toPage(rows, query.limit, (workflow) => ({ sort, order, ...placeOf(workflow, sort) }));
      return { ...body, workflows: page.items, next_cursor: page.nextCursor };
    });
  }
}

function inOrder(sort: SortKey, order: SortOrder): z.ZodType<z.infer<typeof cursorKey>> {
  return cursorKey.refine((key) => key.sort === sort && key.order === order);
}

async function compute(
  { snapshot, client, today }: AnswerScope,
  query: Plain<WorkflowsQueryDto>,
): Promise<Computed<Plain<WorkflowsDto>>> {
  const asked = { startDate: query.start_date, endDate: query.end_date };
  const range = summaryRange(asked, { weekStartsOn: client.weekStartsOn, today });
  const { whole, workflows: figures } = await loadWorkflows(snapshot, range, today);
  const lastExecutions = await snapshot.lastExecutions(today);
  const facts = await snapshot.workflows();
  const listed = facts.filter((workflow) => !workflow.deleted || figures.has(workflow.id));
  const body: Plain<WorkflowsDto> = {
    client_id: client.id,
    client_name: client.name,
    start_date: range.startDate,
    end_date: range.endDate,
    timezone: client.timezone,
    workflows: listed.map((workflow) => toWorkflowDto(workflow, figures.get(workflow.id), lastExecutions.get(workflow.id))),
    summary: toProvenanceDto(whole, range.endDate >= today),
    coverage: toCoverageDto(await snapshot.coverage(range.startDate, range.endDate)),
    next_cursor: null,
  };
  return { body, source: whole.source, computedAt: body.summary.computed_at };
}

function toWorkflowDto(
  workflow: WorkflowFacts,
  figures: Figures | undefined,
  lastExecution: Date | undefined,
): Plain<WorkflowMetricsDto> {
  return {
    workflow_id: workflow.id,
    n8n_workflow_id: workflow.n8nWorkflowId,
    workflow_name: workflow.name,
    active: workflow.active,
    deleted: workflow.deleted,
    tags: workflow.tags,
    ...derive(figures ?? emptyFigures),
    last_execution: isoOrNull(lastExecution),
  };
}
