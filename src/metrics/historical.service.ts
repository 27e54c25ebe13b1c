import { Injectable } from '@nestjs/common';
import { CLIENT_WIDE, emptyFigures, type Sums } from '../aggregator/index.js';
import { lastDayOf, type LocalDay, localDayOf, NotFoundError, type Plain } from '../common/index.js';
import { type Answer } from './answer.js';
import { type AnswerScope, AnswersService, type Computed } from './answers.service.js';
import { type HistoricalDto, type PointDto } from './dto/historical.dto.js';
import { type HistoricalQueryDto } from './dto/query.dto.js';
import { type HistoricalTrendsDto } from './dto/trends.dto.js';
import { loadSeries } from './load-parts.js';
import { isPartial, periodBefore, seriesRange, type SeriesRange } from './metric-range.js';
import { type Part, type Source } from './part.js';
import { toCoverageDto, toProvenanceDto, toSeriesTrendsDto, toTrendsDto } from './to-dto.js';

/** A period of a series with its figures. */
interface Period {
  start: LocalDay;
  end: LocalDay;
  part: Part;
  partial: boolean;
}

/** The series of a client or of one of its workflows. */
@Injectable()
export class HistoricalService {
  constructor(private readonly answers: AnswersService) {}

  /**
   * One point per day, week or month, empty ones included.
   * @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_range`, `range_too_long`
   */
  async historical(clientId: number, query: Plain<HistoricalQueryDto>): Promise<Answer<Plain<HistoricalDto>>> {
    const { period_type, start_date, end_date, workflow_id } = query;
    const question = { clientId, endpoint: 'historical', query: { period_type, start_date, end_date, workflow_id } };
    return this.answers.cached(question, (scope) => compute(scope, query));
  }
}

async function compute(scope: AnswerScope, query: Plain<HistoricalQueryDto>): Promise<Computed<Plain<HistoricalDto>>> {
  const { snapshot, client, today } = scope;
  const asked = { startDate: query.start_date, endDate: query.end_date };
  const range = seriesRange(query.period_type, asked, { weekStartsOn: client.weekStartsOn, today });
  if (query.workflow_id !== undefined && !(await snapshot.hasWorkflow(query.workflow_id))) {
    throw workflowNotFound(query.workflow_id);
  }
  const [before, ...periods] = await loadPeriods(scope, range, query.workflow_id ?? CLIENT_WIDE);
  const coverage = await snapshot.coverage(range.startDate, range.endDate);
  const seenFrom = coverage.firstObservedAt === null ? today : localDayOf(coverage.firstObservedAt, client.timezone);
  const body: Plain<HistoricalDto> = {
    client_id: client.id,
    workflow_id: query.workflow_id ?? null,
    period_type: range.periodType,
    start_date: range.startDate,
    end_date: range.endDate,
    timezone: client.timezone,
    metrics_data: periods.map(toPoint),
    trends: trendsOf(before, periods, seenFrom),
    coverage: toCoverageDto(coverage),
  };
  return { body, source: sourceOf(periods), computedAt: newestOf(body) };
}

/** The periods of the range behind the one before it, which is only there to compare with; nothing for an empty range. */
async function loadPeriods({ snapshot, client, today }: AnswerScope, range: SeriesRange, workflowId: number): Promise<Period[]> {
  const first = range.starts[0];
  if (first === undefined) return [];
  const starts = [periodBefore(range.periodType, first, client.weekStartsOn), ...range.starts];
  const parts = await loadSeries(snapshot, range.periodType, starts, { workflowId, today });
  return starts.flatMap((start, i) => {
    const part = parts[i];
    const end = lastDayOf(range.periodType, start);
    return part === undefined ? [] : [{ start, end, part, partial: isPartial(range.periodType, start, today) }];
  });
}

function toPoint({ start, end, part, partial }: Period): Plain<PointDto> {
  return { period_start: start, period_end: end, ...toProvenanceDto(part, partial) };
}

/** The last complete period against the one before it, and the direction of all complete ones. */
function trendsOf(before: Period | undefined, periods: readonly Period[], seenFrom: LocalDay): Plain<HistoricalTrendsDto> {
  const complete = periods.filter((period) => !period.partial);
  const last = complete.at(-1);
  const baseline = complete.at(-2) ?? before;
  const trends = toTrendsDto(last?.part.figures ?? emptyFigures, last === undefined ? undefined : baseline?.part.figures);
  // Empty periods before anyone looked are no zeros: a series that begins with them would always seem to rise.
  const firstKnown = complete.findIndex((period) => !isEmpty(period.part.figures) || period.end >= seenFrom);
  const known = firstKnown === -1 ? [] : complete.slice(firstKnown);
  return { ...trends, period_start: last?.start ?? null, series: toSeriesTrendsDto(known.map((period) => period.part.figures)) };
}

function isEmpty({ successful, failed, canceled, open, excluded }: Sums): boolean {
  return successful + failed + canceled + open + excluded === 0;
}

function sourceOf(periods: readonly Period[]): Source {
  return periods.every(({ part }) => part.source === 'rollup') ? 'rollup' : 'mixed';
}

function newestOf(body: Plain<HistoricalDto>): string | null {
  const times = body.metrics_data.flatMap((point) => point.computed_at ?? []);
  return times.sort().at(-1) ?? null;
}

/** 404 for a workflow that this client does not have. */
export function workflowNotFound(workflowId: number): NotFoundError {
  return new NotFoundError('workflow_not_found', `This client has no workflow ${workflowId}.`);
}
