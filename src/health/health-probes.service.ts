import { Injectable } from '@nestjs/common';
import { AppCache } from '../cache/index.js';
import { JobsWorker } from '../jobs/index.js';
import { LeaveTaking } from './leave-taking.js';
import { type Finding } from './probe.js';
import { SchemaReadModel } from './schema.read-model.js';

/** What this process needs in order to serve. The caller sets the time limits. */
@Injectable()
export class HealthProbes {
  constructor(
    private readonly schema: SchemaReadModel,
    private readonly worker: JobsWorker,
    private readonly answers: AppCache,
    private readonly leaveTaking: LeaveTaking,
  ) {}

  /** Whether this process is going to be there in a moment. */
  staying(): Promise<Finding> {
    const { leaving } = this.leaveTaking;
    return Promise.resolve(leaving ? { status: 'down', cause: 'the process is shutting down' } : { status: 'up' });
  }

  async database(): Promise<Finding> {
    const startedAt = performance.now();
    const missing = await this.schema.missingMigrations();
    const data = { latency_ms: Math.round(performance.now() - startedAt) };
    if (missing.length === 0) return this.writable(data);
    return { status: 'down', cause: `the schema is older than this build: ${missing.join(', ')} did not run`, data };
  }

  /** One that is read-only still serves what is stored, so it is not down. */
  private async writable(data: Record<string, unknown>): Promise<Finding> {
    if (!(await this.schema.isReadOnly())) return { status: 'up', data };
    return { status: 'degraded', cause: 'the database is read-only: nothing is collected or changed', data };
  }

  /** Whether this process takes jobs, if that is its role. */
  consuming(): Promise<Finding> {
    const status = this.worker.status();
    return Promise.resolve(
      status === 'stopped' ? { status: 'down', cause: 'this worker takes no jobs' } : { status: 'up', data: { worker: status } },
    );
  }

  cache(): Promise<Finding> {
    const { kind, up, error } = this.answers.status();
    const data = { kind };
    return Promise.resolve(up ? { status: 'up', data } : { status: 'degraded', cause: error ?? 'it cannot be reached', data });
  }
}
