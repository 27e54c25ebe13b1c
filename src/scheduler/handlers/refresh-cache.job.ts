import { Inject, Injectable } from '@nestjs/common';
import { ClientsService } from '../../clients/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { type JobContext } from '../../jobs/index.js';
import { CacheRefresher, MetricsWarmer } from '../../metrics/index.js';
import { answersInReach } from './answers-in-reach.js';
import { isClientGone } from './gone.js';

/** Drops what is kept of one client or of all, and computes the answers that people ask for most. */
@Injectable()
export class RefreshCacheJob {
  constructor(
    private readonly clients: ClientsService,
    private readonly refresher: CacheRefresher,
    private readonly warmer: MetricsWarmer,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'role' | 'redisUrl'>,
  ) {}

  async run({ clientId, signal, progress }: JobContext): Promise<Record<string, unknown>> {
    const ids = clientId === null ? (await this.clients.allClients()).map(({ id }) => id) : [clientId];
    const cleared = clientId === null ? await this.refresher.clear() : null;
    const totals = { clients: 0, warmed: 0 };
    for (const id of ids) {
      signal.throwIfAborted();
      try {
        await this.refresher.drop(id);
        if (answersInReach(this.config)) totals.warmed += await this.warmer.warm(id);
        totals.clients += 1;
      } catch (error) {
        if (!isClientGone(error)) throw error;
      }
      await progress({ ...totals, of_clients: ids.length });
    }
    return { ...totals, ...(cleared === null ? {} : { cleared }) };
  }
}
