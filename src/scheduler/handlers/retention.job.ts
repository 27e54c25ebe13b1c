import { Injectable } from '@nestjs/common';
import { type JobContext, JobsService, RetryableJobError } from '../../jobs/index.js';
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

  async cleanupDryRun({ signal }: JobContext): Promise<Record<string, unknown>> {
    return this.retention.run({ dryRun: true, signal });
  }

  async eraseClient({ clientId, signal }: JobContext): Promise<Record<string, unknown>> {
    if (clientId === null) throw new Error('erasing needs a client');
    try {
      return await this.retention.eraseClient(clientId, signal);
    } catch (error) {
      throw new RetryableJobError(error instanceof Error ? error.message : String(error));
    }
  }
}
