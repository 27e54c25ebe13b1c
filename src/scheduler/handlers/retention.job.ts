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

  async cleanup({ signal }: JobContext): Promise<Record<string, unknown>> {
    const counts = await this.retention.run({ dryRun: false, signal });
    return { ...counts, job_runs: await this.jobs.purgeRuns() };
  }

  async eraseClient({ clientId, signal }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('erasing needs a client');
    return this.retention.eraseClient(clientId, signal);
  }
}
