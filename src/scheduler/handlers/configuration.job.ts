import { Injectable } from '@nestjs/common';
import { AggregatorService } from '../../aggregator/index.js';
import { PendingChanges } from '../../collector/index.js';
import { type JobContext } from '../../jobs/index.js';
import { isClientGone } from './gone.js';

/** Applies changed rules or a changed zone to what is stored. Only a hint: the client's next sync would do the same. */
@Injectable()
export class ConfigurationJob {
  constructor(
    private readonly changes: PendingChanges,
    private readonly aggregator: AggregatorService,
  ) {}

  async run({ clientId, signal }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('applying a configuration needs a client');
    try {
      const reclassified = await this.changes.apply(clientId, signal);
      const { days, rowsWritten, remaining } = await this.aggregator.recomputeAll(clientId, signal);
      return { reclassified, days_recomputed: days, rollup_rows_written: rowsWritten, days_remaining: remaining };
    } catch (error) {
      if (isClientGone(error)) return { skipped: 'client_not_found' };
      throw error;
    }
  }
}
