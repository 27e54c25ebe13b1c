import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/index.js';
import { PendingChanges } from '../collector/index.js';
import { Clock } from '../common/index.js';
import { JobsService } from '../jobs/index.js';
import { JOB } from './job-names.js';

const ERASE_AFTER_MS = 15 * 60_000;
/** More wait for the next minute. */
const MAX_CLIENTS = 500;

/** Finds work whose job was lost in a crash between writing and enqueueing, and enqueues it; one attempt an hour. */
@Injectable()
export class ForgottenWork {
  constructor(
    private readonly clients: ClientsService,
    private readonly changes: PendingChanges,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
  ) {}

  /** Deleted clients that are not erased, and rules that are not applied to what is stored. */
  async enqueue(): Promise<void> {
    const now = this.clock.now();
    const slot = now.toISOString().slice(0, 13);
    const deleted = await this.clients.deletedBefore(new Date(now.getTime() - ERASE_AFTER_MS));
    const unapplied = await this.changes.unappliedClients(MAX_CLIENTS);
    await this.jobs.enqueueAll([
      ...deleted.map((clientId) => ({ name: JOB.eraseClient, clientId, slot })),
      ...unapplied.map((clientId) => ({ name: JOB.applyConfiguration, clientId, slot })),
    ]);
  }
}
