import { Injectable } from '@nestjs/common';
import { periodTypes } from '../common/index.js';
import { HistoricalService } from './historical.service.js';
import { SummaryService } from './summary.service.js';
import { WorkflowsService } from './workflows.service.js';

/** Makes the answers that people ask for most before they ask. */
@Injectable()
export class MetricsWarmer {
  constructor(
    private readonly summaries: SummaryService,
    private readonly workflows: WorkflowsService,
    private readonly series: HistoricalService,
  ) {}

  /**
   * The summary, the workflows and the three series of a client over their default ranges; one after the other, so that
   * warming takes one connection. What is kept and still true is left alone.
   * @returns how many answers were computed
   * @throws NotFoundError `client_not_found`
   */
  async warm(clientId: number): Promise<number> {
    const outcomes = [
      (await this.summaries.summary(clientId, {})).cache,
      (await this.workflows.workflows(clientId, { sort: 'total_executions', limit: 1 })).cache,
    ];
    for (const type of periodTypes) outcomes.push((await this.series.historical(clientId, { period_type: type })).cache);
    return outcomes.filter((outcome) => outcome !== 'hit').length;
  }
}
