import { Injectable } from '@nestjs/common';
import { DEFAULT_PAGE_LIMIT, periodTypes } from '../common/index.js';
import { type Answer } from './answer.js';
import { AnswersService } from './answers.service.js';
import { ClientMoments } from './client-moments.js';
import { HistoricalService } from './historical.service.js';
import { SummaryService } from './summary.service.js';
import { WorkflowsService } from './workflows.service.js';

/** So many more questions of those that people ask about a client. */
const MOST_ASKED = 5;

/** Makes the answers that people ask for most before they ask. */
@Injectable()
export class MetricsWarmer {
  constructor(
    private readonly moments: ClientMoments,
    private readonly summaries: SummaryService,
    private readonly workflows: WorkflowsService,
    private readonly series: HistoricalService,
    private readonly answers: AnswersService,
  ) {}

  /**
   * The summary, the workflows and the three series of a client over their default ranges, and what this process was asked
   * most about it; one after the other, so that warming takes one connection. What is kept and still true is left alone.
   * @returns how many answers were computed
   * @throws NotFoundError `client_not_found`
   */
  async warm(clientId: number): Promise<number> {
    // Answers for a moment that is over would warm nobody.
    this.moments.forget(clientId);
    const questions: (() => Promise<Answer<unknown>>)[] = [
      () => this.summaries.summary(clientId, {}),
      () => this.workflows.workflows(clientId, { sort: 'total_executions', limit: DEFAULT_PAGE_LIMIT }),
      ...periodTypes.map((type) => () => this.series.historical(clientId, { period_type: type })),
    ];
    let computed = await this.answers.makeReady(MOST_ASKED, { clientId });
    for (const ask of questions) {
      const { content, meta } = await ask();
      content.json();
      if (meta.cache !== 'hit') computed += 1;
    }
    return computed;
  }
}
