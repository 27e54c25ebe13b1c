import { Inject, Injectable, Logger } from '@nestjs/common';
import { AggregatorService } from '../../aggregator/index.js';
import { CollectorService, SyncStateReadModel, SyncSupersededError } from '../../collector/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { type JobContext } from '../../jobs/index.js';
import { MetricsWarmer } from '../../metrics/index.js';
import { ProbePool } from '../probe-pool.js';
import { answersInReach } from './answers-in-reach.js';
import { isClientGone } from './gone.js';

/** Copies what is new at one client and brings its rollups up to date. */
@Injectable()
export class SyncJob {
  private readonly logger = new Logger(SyncJob.name);
  private readonly probes = new ProbePool();

  constructor(
    private readonly collector: CollectorService,
    private readonly aggregator: AggregatorService,
    private readonly warmer: MetricsWarmer,
    private readonly states: SyncStateReadModel,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role' | 'redisUrl'>,
  ) {}

  async run(context: JobContext): Promise<Record<string, unknown>> {
    const { clientId, payload } = context;
    if (clientId === null) throw new Error('a sync needs a client');
    try {
      // Asked for by a person: at once, whatever the pool says.
      if (payload.full === true || !(await this.states.isFailing(clientId))) return await this.sync(clientId, context);
      return (await this.probes.tryRun(() => this.sync(clientId, context))) ?? { skipped: 'probes_busy' };
    } catch (error) {
      if (isClientGone(error)) return { skipped: 'client_not_found' };
      if (error instanceof SyncSupersededError) return { skipped: 'superseded' };
      throw error;
    }
  }

  private async sync(clientId: number, { payload, signal, progress, again }: JobContext): Promise<Record<string, unknown>> {
    const done = { days: 0, rowsWritten: 0, remaining: 0 };
    const recompute = async (): Promise<void> => {
      const { days, rowsWritten, remaining } = await this.aggregator.recomputeAll(clientId, signal);
      Object.assign(done, { days: done.days + days, rowsWritten: done.rowsWritten + rowsWritten, remaining });
    };
    const context = { signal, progress, listsStored: recompute, full: payload.full === true };
    const { counts, more } = await this.collector.sync(clientId, context);
    await recompute();
    if (more) again();
    const { days, rowsWritten, remaining } = done;
    const warmed = rowsWritten > 0 ? await this.warm(clientId) : 0;
    return { ...counts, more, days_recomputed: days, rollup_rows_written: rowsWritten, days_remaining: remaining, warmed };
  }

  private async warm(clientId: number): Promise<number> {
    if (!answersInReach(this.config)) return 0;
    try {
      return await this.warmer.warm(clientId);
    } catch (error) {
      this.logger.warn({ msg: 'answers could not be computed ahead', client_id: clientId, err: error });
      return 0;
    }
  }
}
