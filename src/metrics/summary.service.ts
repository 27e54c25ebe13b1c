import { Injectable } from '@nestjs/common';
import { emptyFigures, type Figures } from '../aggregator/index.js';
import { type Plain } from '../common/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService, type Computed } from './answers.service.js';
import { type RangeQueryDto } from './dto/query.dto.js';
import { type SummaryDto } from './dto/summary.dto.js';
import { loadRange, loadSums } from './load-parts.js';
import { rangeBefore, summaryRange } from './metric-range.js';
import { isoOrNull, toCoverageDto, toProvenanceDto, toTrendsDto } from './to-dto.js';

/** What totals over clients are made of: exact sums, as text where JSON has no number for them. */
export interface SummarySums {
  successful: number;
  failed: number;
  successesWithValue: number;
  timeSavedMs: string;
}

/** A client's summary with its exact sums. */
export interface SummaryWithSums {
  summary: Plain<SummaryDto>;
  sums: SummarySums;
}

/** `last_updated` is left out: it moves with every sync, and what is kept should not. */
interface KeptSummary {
  summary: Omit<Plain<SummaryDto>, 'last_updated'>;
  sums: SummarySums;
}

/** A client over a range of days. */
@Injectable()
export class SummaryService {
  constructor(private readonly answers: AnswersService) {}

  /** @throws NotFoundError `client_not_found`; InvalidInputError `invalid_range`, `range_too_long` */
  async summary(clientId: number, query: Plain<RangeQueryDto>): Promise<Answer<Plain<SummaryDto>>> {
    const answer = await this.kept(clientId, query);
    return withLastUpdated(answer, 'summary', ({ summary }, last_updated) => ({ ...summary, last_updated }));
  }

  /** As {@link summary}, with what is needed to add clients up. */
  async summaryWithSums(clientId: number, query: Plain<RangeQueryDto>): Promise<Answer<SummaryWithSums>> {
    const answer = await this.kept(clientId, query);
    return withLastUpdated(answer, 'sums', ({ summary, sums }, last_updated) => ({
      summary: { ...summary, last_updated },
      sums,
    }));
  }

  private async kept(clientId: number, query: Plain<RangeQueryDto>): Promise<Answer<KeptSummary>> {
    const { start_date, end_date } = query;
    const question = { clientId, endpoint: 'summary', query: { start_date, end_date } };
    return this.answers.cached(question, (scope) => compute(scope, query));
  }
}

/** The time of the last sync is added to what is kept: it moves with every sync, the figures do not. */
function withLastUpdated<T>(
  answer: Answer<KeptSummary>,
  view: string,
  of: (kept: KeptSummary, lastUpdated: string | null) => T,
): Answer<T> {
  const lastUpdated = isoOrNull(answer.meta.syncedAt);
  return answer.map(
    (syncedAt) => `${view}|${isoOrNull(syncedAt)}`,
    (kept) => of(kept, lastUpdated),
  );
}

async function compute({ snapshot, client, today }: AnswerScope, query: Plain<RangeQueryDto>): Promise<Computed<KeptSummary>> {
  const asked = { startDate: query.start_date, endDate: query.end_date };
  const range = summaryRange(asked, { weekStartsOn: client.weekStartsOn, today });
  const part = await loadRange(snapshot, range, today);
  const before = await loadSums(snapshot, rangeBefore(range), today);
  const workflows = await snapshot.workflowCounts();
  const figures = toProvenanceDto(part, range.endDate >= today);
  const summary: KeptSummary['summary'] = {
    client_id: client.id,
    client_name: client.name,
    start_date: range.startDate,
    end_date: range.endDate,
    timezone: client.timezone,
    total_workflows: workflows.total,
    active_workflows: workflows.active,
    ...figures,
    trends: toTrendsDto(part.figures, before),
    last_activity: isoOrNull(await snapshot.lastActivity()),
    coverage: toCoverageDto(await snapshot.coverage(range.startDate, range.endDate)),
  };
  return { body: { summary, sums: sumsOf(part.figures) }, source: part.source, computedAt: figures.computed_at };
}

function sumsOf({ successful, failed, successesWithValue, timeSavedMs }: Figures): SummarySums {
  return { successful, failed, successesWithValue, timeSavedMs: timeSavedMs.toString() };
}

/** Sums of several clients as figures again, for what is served of them. */
export function addSums(all: readonly SummarySums[]): Figures {
  const total = (of: (sums: SummarySums) => number): number => all.reduce((sum, sums) => sum + of(sums), 0);
  return {
    ...emptyFigures,
    successful: total((sums) => sums.successful),
    failed: total((sums) => sums.failed),
    successesWithValue: total((sums) => sums.successesWithValue),
    timeSavedMs: all.reduce((sum, sums) => sum + BigInt(sums.timeSavedMs), 0n),
  };
}
