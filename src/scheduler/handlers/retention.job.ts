import { Injectable } from '@nestjs/common';
import { type JobContext, JobsService } from '../../jobs/index.js';
import { RetentionService } from '../../retention/index.js';

/** Lets go of what is past its retention, and of deleted clients. */
@Injectable()
export class RetentionJob {
  constructor(
    private readonly retention: RetentionService,
    private readonly jobs: JobsService,
  ) {}

  async cleanup({ payload, signal }: JobContext): Promise<Record<string, unknown>> {
    const dryRun = payload.dry_run === true;
    const counts = await this.retention.run({ dryRun, signal });
    return { ...counts, job_runs: dryRun ? 0 : await this.jobs.purgeRuns() };
  }

  async eraseClient({ clientId, signal }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('erasing needs a client');
    return this.retention.eraseClient(clientId, signal);
  }
}
