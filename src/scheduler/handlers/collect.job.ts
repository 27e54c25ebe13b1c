import { Injectable } from '@nestjs/common';
import { SyncStateReadModel } from '../../collector/index.js';
import { ClientsService } from '../../clients/index.js';
import { Clock } from '../../common/index.js';
import { JobsService } from '../../jobs/index.js';
import { JOB } from '../job-names.js';
import { PROBE_SLOTS } from '../probe-pool.js';
import { SchedulerService } from '../scheduler.service.js';

/** More wait for the next minute; the longest waiting come first. */
const CLIENTS_PER_TICK = 500;

/** Of clients whose last sync failed: more than the pool of probes can try in a minute would only be turned away. */
const FAILING_PER_TICK = 4 * PROBE_SLOTS;

const FORGOTTEN_AFTER_MS = 15 * 60_000;

/** Every minute: enqueues what is due, and mends what a crash or an outage has left behind. */
@Injectable()
export class CollectJob {
  constructor(
    private readonly states: SyncStateReadModel,
    private readonly jobs: JobsService,
    private readonly scheduler: SchedulerService,
    private readonly clock: Clock,
    private readonly clients: ClientsService,
  ) {}

  async run(): Promise<Record<string, unknown>> {
    const due = await this.states.dueClients(this.clock.now(), CLIENTS_PER_TICK, FAILING_PER_TICK);
    const syncs = await this.jobs.enqueueAll(due.map((clientId) => ({ name: JOB.sync, clientId })));
    const enqueued = syncs.filter(({ created }) => created).length;
    await this.eraseForgotten();
    return { due: due.length, enqueued, caught_up: await this.scheduler.catchUp(), lost_jobs: await this.jobs.markLost() };
  }

  /** A client whose deletion lost its job, in a crash between the two, is erased after all; one attempt an hour. */
  private async eraseForgotten(): Promise<void> {
    const now = this.clock.now();
    const ids = await this.clients.deletedBefore(new Date(now.getTime() - FORGOTTEN_AFTER_MS));
    const slot = now.toISOString().slice(0, 13);
    await this.jobs.enqueueAll(ids.map((clientId) => ({ name: JOB.eraseClient, clientId, slot })));
  }
}
