import { Inject, Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import {
  type ClientFreshness,
  ClientGaugesReadModel,
  type DayStatistics,
  FilterStatisticsReadModel,
  paceOf,
  SyncStateReadModel,
} from '../collector/index.js';
import { Clock } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type Freshness, FRESHNESS_STATUSES, freshnessOf, type FreshnessStatus } from './freshness.js';

/** Everything known of a client's data, judged. */
export interface JudgedFreshness extends ClientFreshness, Freshness {
  /** Minutes between two syncs as configured, the default filled in. */
  configuredMinutes: number;
  /** Minutes between two syncs as chosen: shorter where the instance would forget too much in between. */
  intervalMinutes: number;
  /** Hours until the instance stops showing an execution, at the present rate. */
  windowHours: number;
  /** What a person should know. */
  warnings: string[];
}

/** With how executions were judged, day by day. */
export interface DetailedFreshness extends JudgedFreshness {
  filterStatisticsByDay: DayStatistics[];
}

const COUNTS_KEPT_MS = 60_000;

/** Says how fresh the clients' data is. */
@Injectable()
export class DataFreshnessService {
  private counts: { at: number; value: Promise<Record<FreshnessStatus, number>> } | null = null;

  constructor(
    private readonly states: SyncStateReadModel,
    private readonly gauges: ClientGaugesReadModel,
    private readonly statistics: FilterStatisticsReadModel,
    private readonly clients: ClientsService,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'syncIntervalMinutes'>,
    private readonly clock: Clock,
  ) {}

  /** Every client that is not deleted, by id. */
  async all(): Promise<JudgedFreshness[]> {
    const now = this.clock.now();
    return (await this.states.freshness(now)).map((client) => this.judge(client, now));
  }

  private judge(client: ClientFreshness, now: Date): JudgedFreshness {
    const configuredMinutes = client.syncIntervalMinutes ?? this.config.syncIntervalMinutes;
    const { intervalMinutes, windowHours, tooSlow } = paceOf(client.pace, configuredMinutes);
    const warnings = tooSlow
      ? [
          `The instance forgets executions ${Math.max(1, Math.round(windowHours * 60))} min after they start, at the present rate: even a sync every minute may miss some. Raise EXECUTIONS_DATA_PRUNE_MAX_COUNT in n8n.`,
        ]
      : [];
    return {
      ...client,
      ...freshnessOf(client, this.config.syncIntervalMinutes, now),
      configuredMinutes,
      intervalMinutes,
      windowHours,
      warnings,
    };
  }

  /** The same with the statistics of the last 30 days of each. */
  async allInDetail(): Promise<DetailedFreshness[]> {
    const clients = (await this.clients.allClients()).map(({ id, timezone }) => ({ clientId: id, timezone }));
    const byDay = await this.statistics.byDay(clients, this.clock.now());
    return (await this.all()).map((client) => ({ ...client, filterStatisticsByDay: byDay.get(client.clientId) ?? [] }));
  }

  /** Enabled clients by status; at most a minute old, because probes ask often and the figures cost a look at every client. */
  async statusCounts(): Promise<Record<FreshnessStatus, number>> {
    // By the stopwatch: a clock that is put back must not keep them for longer.
    const now = performance.now();
    if (this.counts === null || now - this.counts.at >= COUNTS_KEPT_MS) {
      const value = this.count();
      const counts = { at: now, value };
      this.counts = counts;
      value.catch(() => {
        if (this.counts === counts) this.counts = null;
      });
    }
    return this.counts.value;
  }

  private async count(): Promise<Record<FreshnessStatus, number>> {
    const now = this.clock.now();
    const clients = (await this.gauges.all()).filter(({ enabled }) => enabled);
    const found = clients.map((client) => freshnessOf(client, this.config.syncIntervalMinutes, now).status);
    const entries = FRESHNESS_STATUSES.map((status) => [status, found.filter((one) => one === status).length]);
    return Object.fromEntries(entries) as Record<FreshnessStatus, number>;
  }
}
