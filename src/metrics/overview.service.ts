import { Injectable } from '@nestjs/common';
import { derive } from '../aggregator/index.js';
import { type CacheOutcome } from '../cache/index.js';
import { type Client } from '../clients/index.js';
import { NotFoundError, type Plain } from '../common/index.js';
import { type Answer, type AnswerMeta } from './answer.js';
import { AnswersService } from './answers.service.js';
import { type RangeQueryDto } from './dto/query.dto.js';
import { type OverviewDto } from './dto/summary.dto.js';
import { refuseReversed } from './metric-range.js';
import { addSums, SummaryService, type SummaryWithSums } from './summary.service.js';
import { isoOrNull } from './to-dto.js';

/** Each summary takes a connection: more at once would keep other requests waiting. */
const AT_ONCE = 4;

/** All clients and their totals, each client in its own time zone. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly answers: AnswersService,
    private readonly summaries: SummaryService,
  ) {}

  /** @throws InvalidInputError `invalid_range`, `range_too_long` */
  async overview(query: RangeQueryDto): Promise<Answer<Plain<OverviewDto>>> {
    refuseReversed(query.start_date, query.end_date);
    const { start_date, end_date } = query;
    return this.answers.cachedOfAll({ endpoint: 'overview', query: { start_date, end_date } }, (clients) =>
      this.compute(clients, query),
    );
  }

  private async compute(
    clients: readonly Client[],
    query: RangeQueryDto,
  ): Promise<{ body: Plain<OverviewDto>; meta: AnswerMeta }> {
    const answers = await this.allSummaries(clients, query);
    const bodies = answers.map((answer) => answer.body);
    const summaries = bodies.map(({ summary }) => summary).sort(byName);
    const totals = derive(addSums(bodies.map(({ sums }) => sums)));
    const syncedAt = newest(answers.map(({ meta }) => meta.syncedAt));
    const body: Plain<OverviewDto> = {
      clients: summaries,
      total_clients: summaries.length,
      total_workflows: summaries.reduce((sum, summary) => sum + summary.total_workflows, 0),
      total_executions: totals.total_executions,
      overall_success_rate: totals.success_rate,
      time_saved_hours: totals.time_saved_hours,
      last_updated: isoOrNull(syncedAt),
    };
    return { body, meta: { cache: outcomeOf(answers), syncedAt, dataAt: newest(answers.map(({ meta }) => meta.dataAt)) } };
  }

  private async allSummaries(clients: readonly Client[], query: RangeQueryDto): Promise<Answer<SummaryWithSums>[]> {
    const waiting = clients.map((client) => client.id);
    const answers: Answer<SummaryWithSums>[] = [];
    const work = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const answer = await this.summaryUnlessGone(id, query);
        if (answer !== null) answers.push(answer);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return answers;
  }

  /** `null` for a client that was deleted since the list was made. */
  private async summaryUnlessGone(clientId: number, query: RangeQueryDto): Promise<Answer<SummaryWithSums> | null> {
    try {
      return await this.summaries.summaryWithSums(clientId, query);
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }
}

function byName(a: { client_name: string; client_id: number }, b: { client_name: string; client_id: number }): number {
  return a.client_name < b.client_name ? -1 : a.client_name > b.client_name ? 1 : a.client_id - b.client_id;
}

/** As good as the worst part: a hit only when every part was one. */
function outcomeOf(answers: readonly Answer<unknown>[]): CacheOutcome {
  if (answers.some(({ meta }) => meta.cache === 'bypass')) return 'bypass';
  return answers.every(({ meta }) => meta.cache === 'hit') ? 'hit' : 'miss';
}

function newest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((best, time) => (time !== null && (best === null || time > best) ? time : best), null);
}
