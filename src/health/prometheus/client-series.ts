import { Gauge, type Registry } from 'prom-client';
import { type ClientGauges } from '../../collector/index.js';

/** The figures of one client; `undefined`: there is none yet, so no sample is shown. */
type Reading = (client: ClientGauges, now: Date) => number | undefined;

const SERIES: Record<string, { help: string; read: Reading }> = {
  last_sync_timestamp_seconds: {
    help: 'When the executions of the client were last synced.',
    read: ({ executionsSyncedAt }) => (executionsSyncedAt === null ? undefined : executionsSyncedAt.getTime() / 1_000),
  },
  sync_failures: { help: 'Syncs of the client that failed in a row.', read: ({ consecutiveFailures }) => consecutiveFailures },
  circuit_open: {
    help: '1 while the n8n of the client is left alone because it failed again and again.',
    read: ({ circuitOpenUntil }, now) => (circuitOpenUntil !== null && circuitOpenUntil > now ? 1 : 0),
  },
  coverage_gaps: {
    help: 'Stretches of time of which executions of the client are or may be missing.',
    read: ({ coverageGaps }) => coverageGaps,
  },
  missing_executions: {
    help: 'Ids in these stretches: an upper bound of the executions that are missing.',
    read: ({ missingExecutions }) => missingExecutions,
  },
  dirty_days: { help: 'Days of the client whose rollup is not yet equal to its executions.', read: ({ dirtyDays }) => dirtyDays },
};

/** Series with the label `client_id`, made anew at each scrape, so that deleted and disabled clients leave nothing behind. */
export class ClientSeries {
  private readonly gauges: { gauge: Gauge<'client_id'>; read: Reading }[];
  private readonly interval: Gauge<'client_id'>;
  private readonly duration: Gauge<'client_id'>;

  constructor(registry: Registry) {
    const make = (name: string, help: string): Gauge<'client_id'> =>
      new Gauge({ name: `flowmastery_client_${name}`, help, labelNames: ['client_id'], registers: [registry] });
    this.gauges = Object.entries(SERIES).map(([name, { help, read }]) => ({ gauge: make(name, help), read }));
    this.interval = make('sync_interval_seconds', 'Time between two syncs of the client, as configured.');
    this.duration = make('last_sync_duration_seconds', 'How long the last sync of the client that came through took.');
  }

  /** @param defaultMinutes between two syncs of clients without an interval of their own */
  show(clients: readonly ClientGauges[], durations: ReadonlyMap<number, number>, defaultMinutes: number, now: Date): void {
    this.clear();
    for (const client of clients) {
      const labels = { client_id: String(client.clientId) };
      for (const { gauge, read } of this.gauges) {
        const value = read(client, now);
        if (value !== undefined) gauge.set(labels, value);
      }
      this.interval.set(labels, (client.syncIntervalMinutes ?? defaultMinutes) * 60);
      const seconds = durations.get(client.clientId);
      if (seconds !== undefined) this.duration.set(labels, seconds);
    }
  }

  clear(): void {
    for (const { gauge } of this.gauges) gauge.reset();
    this.interval.reset();
    this.duration.reset();
  }
}
