import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { decodeCursor, type Page, toPage } from '../common/index.js';
import { type JobRun, type JobState } from './job.types.js';
import { JobRunEntity } from './job-run.entity.js';

export interface JobRunFilter {
  name?: string;
  clientId?: number;
  state?: JobState;
}

/** How a recurring job has been doing. */
export interface RecurringJob {
  name: string;
  /** The newest run that was started, `null` when there was none. */
  lastRun: JobRun | null;
  running: boolean;
  /** Failed runs since the newest completed one, 1,000 at most. */
  failuresInARow: number;
}

/** Jobs that are not over. */
export interface QueueDepth {
  queued: number;
  running: number;
  /** When the job that has waited longest was enqueued. */
  oldestQueuedAt: Date | null;
}

/** A process that ran jobs. */
export interface ReplicaSeen {
  /** `hostname-pid` */
  replica: string;
  lastStartedAt: Date;
  runs: number;
}

interface RecurringRow {
  name: string;
  last_id: string | null;
  running: number;
  failures: number;
}

/** With a limit the index of names and times is used: without one, the planner takes the many rows of syncs for those of every name. */
const MOST_FAILURES = 1_000;

const cursorSchema = z.object({ id: z.int() });

/** Reads the history of jobs. */
@Injectable()
export class JobRunsReadModel {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async get(jobId: string): Promise<JobRun | null> {
    return this.dataSource.getRepository(JobRunEntity).findOneBy({ jobId });
  }

  /** In no particular order; unknown ones are left out. */
  async getAll(jobIds: readonly string[]): Promise<JobRun[]> {
    return this.dataSource
      .getRepository(JobRunEntity)
      .createQueryBuilder('run')
      .where('run.jobId = ANY(:jobIds)', { jobIds })
      .getMany();
  }

  /**
   * Newest first.
   * @throws InvalidInputError `invalid_cursor`
   */
  async list(filter: JobRunFilter, page: { cursor?: string | undefined; limit: number }): Promise<Page<JobRun>> {
    const query = this.dataSource
      .getRepository(JobRunEntity)
      .createQueryBuilder('run')
      .orderBy('run.id', 'DESC')
      .limit(page.limit + 1);
    if (filter.name !== undefined) query.andWhere('run.name = :name', { name: filter.name });
    if (filter.clientId !== undefined) query.andWhere('run.clientId = :clientId', { clientId: filter.clientId });
    if (filter.state !== undefined) query.andWhere('run.state = :state', { state: filter.state });
    if (page.cursor !== undefined) query.andWhere('run.id < :id', decodeCursor(page.cursor, cursorSchema));
    return toPage(await query.getMany(), page.limit, ({ id }) => ({ id }));
  }

  /** In the order of `names`, as of `until`: after a clock was put back, later runs are those of the time before. */
  async recurring(names: readonly string[], until: Date): Promise<RecurringJob[]> {
    const rows = await this.dataSource.query<RecurringRow[]>(
      `SELECT n.name, last.id AS last_id,
              (SELECT count(*) FROM job_runs r WHERE r.name = n.name AND r.state = 'running')::int AS running,
              (SELECT count(*) FROM (
                 SELECT r.state FROM job_runs r WHERE r.name = n.name AND r.enqueued_at > coalesce(good.enqueued_at, '-infinity')
                  ORDER BY r.enqueued_at DESC LIMIT ${MOST_FAILURES}) r WHERE r.state = 'failed')::int AS failures
         FROM unnest($1::text[]) WITH ORDINALITY AS n (name, position)
         LEFT JOIN LATERAL (SELECT id FROM job_runs r WHERE r.name = n.name AND r.started_at IS NOT NULL AND r.enqueued_at <= $2
                             ORDER BY r.enqueued_at DESC LIMIT 1) last ON true
         LEFT JOIN LATERAL (SELECT enqueued_at FROM job_runs r WHERE r.name = n.name AND r.state = 'completed'
                             ORDER BY r.enqueued_at DESC LIMIT 1) good ON true
        ORDER BY n.position`,
      [names, until],
    );
    const ids = rows.flatMap(({ last_id }) => (last_id === null ? [] : [Number(last_id)]));
    const runs = await this.dataSource
      .getRepository(JobRunEntity)
      .createQueryBuilder('run')
      .where('run.id = ANY(:ids)', { ids })
      .getMany();
    return rows.map(({ name, last_id, running, failures }) => ({
      name,
      lastRun: runs.find(({ id }) => id === Number(last_id)) ?? null,
      running: running > 0,
      failuresInARow: failures,
    }));
  }

  /** The id of the newest run of that name that was enqueued after an instant, `null` when there is none. */
  async newestEnqueuedAfter(name: string, after: Date): Promise<number | null> {
    const [row] = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM job_runs WHERE name = $1 AND enqueued_at > $2 ORDER BY id DESC LIMIT 1',
      [name, after],
    );
    return row === undefined ? null : Number(row.id);
  }

  async queueDepth(): Promise<QueueDepth> {
    const [row] = await this.dataSource.query<{ queued: number; running: number; oldest: Date | null }[]>(
      `SELECT count(*) FILTER (WHERE state = 'queued')::int AS queued, count(*) FILTER (WHERE state = 'running')::int AS running,
              min(enqueued_at) FILTER (WHERE state = 'queued') AS oldest
         FROM job_runs WHERE state IN ('queued', 'running')`,
    );
    return { queued: row?.queued ?? 0, running: row?.running ?? 0, oldestQueuedAt: row?.oldest ?? null };
  }

  /** Processes that started a job since then, the most recent first. */
  async replicasSeen(since: Date): Promise<ReplicaSeen[]> {
    const rows = await this.dataSource.query<{ replica: string; last: Date; runs: number }[]>(
      `SELECT replica, max(started_at) AS last, count(*)::int AS runs FROM job_runs
        WHERE started_at >= $1 AND replica IS NOT NULL GROUP BY replica ORDER BY last DESC LIMIT 200`,
      [since],
    );
    return rows.map(({ replica, last, runs }) => ({ replica, lastStartedAt: last, runs }));
  }
}
