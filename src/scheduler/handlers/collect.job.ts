import { Inject, Injectable } from '@nestjs/common';
import { SyncStateReadModel } from '../../collector/index.js';
import { Clock } from '../../common/index.js';
import { APP_CONFIG, type AppConfig } from '../../config/index.js';
import { JobsService } from '../../jobs/index.js';
import { JOB } from '../job-names.js';
import { PROBE_SLOTS } from '../probe-pool.js';
import { ForgottenWork } from '../forgotten-work.service.js';
import { SchedulerService } from '../scheduler.service.js';

/** More wait for the next minute; the longest waiting come first. */
const CLIENTS_PER_TICK = 500;

/** Of clients whose last sync failed: more than the pool of probes can try in a minute would only be turned away. */
const FAILING_PER_TICK = 4 * PROBE_SLOTS;

/** A sync that is due between two ticks starts at the nearer one: with an interval of a minute it would else miss every other. */
const HALF_A_TICK_MS = 30_000;

/** Every minute: enqueues what is due, and mends what a crash or an outage has left behind. */
@Injectable()
export class CollectJob {
  constructor(
    private readonly states: SyncStateReadModel,
    private readonly jobs: JobsService,
    private readonly scheduler: SchedulerService,
    private readonly clock: Clock,
    private readonly forgotten: ForgottenWork,
  ) {}

  @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'syncIntervalMinutes'>;

  async run(): Promise<Record<string, unknown>> {
    const until = new Date(this.clock.now().getTime() + HALF_A_TICK_MS);
    const due = await this.states.dueClients(until, this.config.syncIntervalMinutes, CLIENTS_PER_TICK, FAILING_PER_TICK);
    const syncs = await this.jobs.enqueueAll(due.map((clientId) => ({ name: JOB.sync, clientId })));
    const enqueued = syncs.filter(({ created }) => created).length;
    await this.forgotten.enqueue();
    return { due: due.length, enqueued, caught_up: await this.scheduler.catchUp(), lost_jobs: await this.jobs.markLost() };
  }
}
