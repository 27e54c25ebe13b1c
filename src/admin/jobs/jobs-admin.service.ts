import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { Clock, ConflictError, invalidFields, type LocalDay, NotFoundError } from '../../common/index.js';
import { type EnqueuedJob, JobRedriver, type JobRun, JobsService } from '../../jobs/index.js';
import { JOB } from '../../scheduler/index.js';
import { rangeErrors } from './aggregation-range.js';

const JOB_ID = /^[\w.|:-]{1,300}$/;

/** A job that somebody asked for; `created` is false when one that was there already is taken. */
export interface RequestedJob {
  run: JobRun;
  created: boolean;
}

/** Days to compute again, both ends inclusive; `clientId` null: all clients. */
export interface AggregationRange {
  clientId: number | null;
  start: LocalDay;
  end: LocalDay;
}

/** What an administrator may have done in the background. */
@Injectable()
export class JobsAdminService {
  constructor(
    private readonly jobs: JobsService,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  @Inject(JobRedriver) private readonly redriver: JobRedriver;

  /**
   * Looks at everything, whatever is due; a sync that is queued or running is joined.
   * @throws NotFoundError `client_not_found`
   */
  async sync(clientId: number, waitSeconds: number, actor: string): Promise<RequestedJob> {
    await this.clients.get(clientId);
    const job = await this.jobs.enqueue({ name: JOB.sync, clientId, payload: { full: true } });
    await this.audit.record(actor, 'sync.start', `client:${clientId}`, { job_id: job.jobId });
    return this.requested(job, waitSeconds);
  }

  /** The same for every enabled client, in the order of their ids. */
  async syncAll(waitSeconds: number, actor: string): Promise<RequestedJob[]> {
    const clients = await this.clients.activeClients();
    const jobs = await this.jobs.enqueueAll(clients.map(({ id }) => ({ name: JOB.sync, clientId: id, payload: { full: true } })));
    await this.audit.record(actor, 'sync.start-all', null, { clients: clients.length });
    const runs = new Map(
      (
        await this.jobs.waitForAll(
          jobs.map(({ jobId }) => jobId),
          waitSeconds,
        )
      ).map((run) => [run.jobId, run]),
    );
    return jobs.flatMap(({ jobId, created }) => {
      const run = runs.get(jobId);
      return run === undefined ? [] : [{ run, created }];
    });
  }

  /**
   * Marks the days as dirty and computes them again; days whose raw executions are partly gone keep their figures.
   * @throws InvalidInputError `invalid_request`, NotFoundError `client_not_found`
   */
  async aggregate({ clientId, start, end }: AggregationRange, actor: string): Promise<RequestedJob> {
    const errors = rangeErrors(start, end, this.clock.now().toISOString().slice(0, 10));
    if (errors.length > 0) throw invalidFields(errors);
    if (clientId !== null) await this.clients.get(clientId);
    const payload = { start_date: start, end_date: end };
    const job = await this.jobs.enqueue({ name: JOB.aggregate, payload, ...(clientId === null ? {} : { clientId }) });
    const target = clientId === null ? null : `client:${clientId}`;
    await this.audit.record(actor, 'aggregation.start', target, { ...payload, job_id: job.jobId });
    return this.requested(job, 0);
  }

  /** Removes what is past its retention, or only counts it; the counts are the job's result. */
  async cleanup(dryRun: boolean, waitSeconds: number, actor: string): Promise<RequestedJob> {
    const job = await this.jobs.enqueue({ name: dryRun ? JOB.cleanupDryRun : JOB.cleanup });
    await this.audit.record(actor, 'cleanup.start', null, { dry_run: dryRun, job_id: job.jobId });
    return this.requested(job, waitSeconds);
  }

  /**
   * Drops kept answers, of one client or all, and computes the ones that are asked for most.
   * @throws NotFoundError `client_not_found`
   */
  async refreshCache(clientId: number | null, waitSeconds: number, actor: string): Promise<RequestedJob> {
    if (clientId !== null) await this.clients.get(clientId);
    const job = await this.jobs.enqueue({ name: JOB.refreshCache, ...(clientId === null ? {} : { clientId }) });
    await this.audit.record(actor, 'cache.refresh', clientId === null ? null : `client:${clientId}`, { job_id: job.jobId });
    return this.requested(job, waitSeconds);
  }

  /**
   * Runs a failed job once more.
   * @throws NotFoundError `job_not_found`, ConflictError `job_not_failed`
   */
  async retry(jobId: string, waitSeconds: number, actor: string): Promise<RequestedJob> {
    const { name, clientId } = await this.get(jobId);
    const job = await this.redriver.retry(jobId);
    if (job === null) {
      const { state } = await this.get(jobId);
      throw new ConflictError('job_not_failed', `Only a failed job can be run again; this one is ${state}.`);
    }
    const target = clientId === null ? null : `client:${clientId}`;
    await this.audit.record(actor, 'job.retry', target, { name, job_id: jobId });
    return this.requested(job, waitSeconds);
  }

  /** @throws NotFoundError `job_not_found` */
  async get(jobId: string): Promise<JobRun> {
    const run = JOB_ID.test(jobId) ? await this.jobs.waitFor(jobId, 0) : null;
    if (run === null) throw new NotFoundError('job_not_found', 'There is no such job, or it is too old to be remembered.');
    return run;
  }

  private async requested({ jobId, created }: EnqueuedJob, waitSeconds: number): Promise<RequestedJob> {
    const run = await this.jobs.waitFor(jobId, waitSeconds);
    return { run: run ?? (await this.get(jobId)), created };
  }
}
