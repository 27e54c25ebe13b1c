import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregatorService } from '../../aggregator/index.js';
import { CollectorService } from '../../collector/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { type JobContext } from '../../jobs/index.js';
import { MetricsWarmer } from '../../metrics/index.js';
import { isClientGone } from './gone.js';

/** Copies what is new at one client and brings its rollups up to date. */
@Injectable()
export class SyncJob {
  private readonly logger = new Logger(SyncJob.name);

  constructor(
    private readonly collector: CollectorService,
    private readonly aggregator: AggregatorService,
    private readonly warmer: MetricsWarmer,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role' | 'redisUrl'>,
  ) {}

  async run({ clientId, payload, signal, progress, again }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('a sync needs a client');
    try {
      const listsStored = async (): Promise<void> => {
        await this.aggregator.recomputeAll(clientId, signal);
      };
      const context = { signal, progress, listsStored, full: payload.full === true };
      const { counts, more } = await this.collector.sync(clientId, context);
      const { days, rowsWritten, remaining } = await this.aggregator.recomputeAll(clientId, signal);
      if (more) again();
      const warmed = rowsWritten > 0 ? await this.warm(clientId) : 0;
      return { ...counts, more, days_recomputed: days, rollup_rows_written: rowsWritten, days_remaining: remaining, warmed };
    } catch (error) {
      if (isClientGone(error)) return { skipped: 'client_not_found' };
      throw error;
    }
  }

  /** Only where the answers will be looked for: in this process, or in the Redis that all share. */
  private async warm(clientId: number): Promise<number> {
    if (this.config.role === 'worker' && this.config.redisUrl === null) return 0;
    try {
      return await this.warmer.warm(clientId);
    } catch (error) {
      this.logger.warn({ msg: 'answers could not be computed ahead', client_id: clientId, err: error });
      return 0;
    }
  }
}
