import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { type ClientGauges } from '../../collector/index.js';
import { Clock, MAX_CLIENT_SERIES } from '../../common/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { type JobGauges } from '../../jobs/index.js';
import { FRESHNESS_STATUSES, freshnessOf } from '../../scheduler/index.js';
import { probe } from '../probe.js';
import { ClientSeries } from './client-series.js';
import { type Monitored, MonitoringReadModel } from './monitoring.read-model.js';

const LIMIT_MS = 2_000;
/** A read that hangs on a dead connection is not waited for by every scrape after it. */
const GIVE_UP_MS = 30_000;

/** Figures that the database holds for all replicas: every replica shows the same ones. */
@Injectable()
export class DatabaseGauges {
  private readonly logger = new Logger(DatabaseGauges.name);
  private readonly up: Gauge;
  private readonly clients: Gauge<'status'>;
  private readonly withoutSeries: Gauge;
  private readonly queue: Gauge<'state'>;
  private readonly oldest: Gauge;
  private readonly schedules: Gauge<'job_name'>;
  private readonly series: ClientSeries;
  private flight: { since: number; read: Promise<Monitored> } | null = null;

  constructor(
    registry: Registry,
    private readonly monitoring: MonitoringReadModel,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'syncIntervalMinutes'>,
  ) {
    const registers = [registry];
    const one = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
    const by = <L extends string>(label: L, name: string, help: string): Gauge<L> =>
      new Gauge({ name, help, labelNames: [label], registers });
    this.up = one('flowmastery_database_up', '1 when the database answered this scrape; at 0 the figures it holds are left out.');
    this.clients = by('status', 'flowmastery_clients', 'Clients by freshness: fresh, late, stale, never, failing; or disabled.');
    this.withoutSeries = one('flowmastery_clients_without_series', 'Clients beyond the first 1,000: only counted by status.');
    this.queue = by(
      'state',
      'flowmastery_queue_jobs',
      'Jobs that are not over, by state: queued (also for another try) or running.',
    );
    this.oldest = one(
      'flowmastery_queue_oldest_job_age_seconds',
      'How long the job at the end of the queue has waited; 0: none waits.',
    );
    this.schedules = by(
      'job_name',
      'flowmastery_schedule_last_success_timestamp_seconds',
      'When a scheduled job last completed; `collect` is the tick of every minute.',
    );
    this.series = new ClientSeries(registry);
  }

  /** Reads the database once, for 2 s at most. Never rejects: without an answer `flowmastery_database_up` is 0. */
  async refresh(): Promise<void> {
    const found = await probe(
      async () => {
        this.show(await this.read());
        return { status: 'up' };
      },
      { timeoutMs: LIMIT_MS, otherwise: 'down' },
    );
    if (found.status === 'up') return;
    this.logger.debug(`the database did not answer a scrape: ${found.cause}`);
    this.showNothing();
  }

  private read(): Promise<Monitored> {
    const now = performance.now();
    if (this.flight === null || now - this.flight.since > GIVE_UP_MS) {
      const flight = { since: now, read: this.monitoring.read() };
      const landed = (): void => {
        if (this.flight === flight) this.flight = null;
      };
      flight.read.then(landed, landed);
      this.flight = flight;
    }
    return this.flight.read;
  }

  private show({ clients, jobs }: Monitored): void {
    const now = this.clock.now();
    this.up.set(1);
    this.showStatuses(clients, now);
    this.showJobs(jobs, now);
    const shown = clients.slice(0, MAX_CLIENT_SERIES).filter(({ enabled }) => enabled);
    this.series.show(shown, jobs.lastSeconds, this.config.syncIntervalMinutes, now);
    this.withoutSeries.set(Math.max(0, clients.length - MAX_CLIENT_SERIES));
  }

  private showStatuses(clients: readonly ClientGauges[], now: Date): void {
    for (const status of [...FRESHNESS_STATUSES, 'disabled']) this.clients.set({ status }, 0);
    for (const client of clients) {
      const { status } = client.enabled ? freshnessOf(client, this.config.syncIntervalMinutes, now) : { status: 'disabled' };
      this.clients.inc({ status });
    }
  }

  private showJobs({ queued, running, oldestQueuedAt, lastSuccess }: JobGauges, now: Date): void {
    this.queue.set({ state: 'queued' }, queued);
    this.queue.set({ state: 'running' }, running);
    this.oldest.set(oldestQueuedAt === null ? 0 : Math.max(0, now.getTime() - oldestQueuedAt.getTime()) / 1_000);
    this.schedules.reset();
    for (const [name, at] of lastSuccess) this.schedules.set({ job_name: name }, at.getTime() / 1_000);
  }

  /** What was true a while ago must not look as if it were now. */
  private showNothing(): void {
    this.up.set(0);
    for (const gauge of [this.clients, this.queue, this.schedules]) gauge.reset();
    for (const gauge of [this.oldest, this.withoutSeries]) gauge.remove();
    this.series.clear();
  }
}
