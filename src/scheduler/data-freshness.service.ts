import { Inject, Injectable } from '@nestjs/common';
import { type ClientFreshness, SyncStateReadModel } from '../collector/index.js';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Freshness, FRESHNESS_STATUSES, freshnessOf, type FreshnessStatus } from './freshness.js';

/** Everything known of a client's data, judged. */
export interface JudgedFreshness extends ClientFreshness, Freshness {
  /** Minutes between two syncs, the default filled in. */
  intervalMinutes: number;
}

const COUNTS_KEPT_MS = 60_000;

/** Says how fresh the clients' data is. */
@Injectable()
export class DataFreshnessService {
  private counts: { until: number; value: Promise<Record<FreshnessStatus, number>> } | null = null;

  constructor(
    private readonly states: SyncStateReadModel,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'syncIntervalMinutes'>,
    private readonly clock: Clock,
  ) {}

  /** Every client that is not deleted, by id. */
  async all(): Promise<JudgedFreshness[]> {
    const now = this.clock.now();
    return (await this.states.freshness(now)).map((client) => ({
      ...client,
      ...freshnessOf(client, this.config.syncIntervalMinutes, now),
      intervalMinutes: client.syncIntervalMinutes ?? this.config.syncIntervalMinutes,
    }));
  }

  /** Enabled clients by status; at most a minute old, because probes ask often and the figures cost a look at every client. */
  async statusCounts(): Promise<Record<FreshnessStatus, number>> {
    const now = this.clock.now().getTime();
    if (this.counts === null || this.counts.until <= now) {
      const value = this.count();
      const counts = { until: now + COUNTS_KEPT_MS, value };
      this.counts = counts;
      value.catch(() => {
        if (this.counts === counts) this.counts = null;
      });
    }
    return this.counts.value;
  }

  private async count(): Promise<Record<FreshnessStatus, number>> {
    const clients = (await this.all()).filter(({ enabled }) => enabled);
    const entries = FRESHNESS_STATUSES.map((status) => [status, clients.filter((client) => client.status === status).length]);
    return Object.fromEntries(entries) as Record<FreshnessStatus, number>;
  }
}
