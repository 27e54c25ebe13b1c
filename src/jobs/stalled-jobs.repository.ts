import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { QUEUE_NAME } from './job-queue.js';

/** A job that somebody runs, and what its lock looks like: another owner or a renewal makes it look different. */
export interface JobLock {
  jobId: string;
  lock: string;
}

/** A restart of the database makes running jobs look stalled; only one that kills its worker again and again must end. */
const MAX_STALLED = 8;
const LOCK = "lock_token || ' ' || locked_until_ms";

/** Reads and releases the locks of the queue. */
@Injectable()
export class StalledJobsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async locks(): Promise<JobLock[]> {
    return this.dataSource.query<JobLock[]>(
      `SELECT id AS "jobId", ${LOCK} AS lock FROM bullmq.job
        WHERE queue = $1 AND state = 'active' AND lock_token IS NOT NULL AND locked_until_ms IS NOT NULL`,
      [QUEUE_NAME],
    );
  }

  /** What the queue's own `move_stalled_jobs_to_wait` does, for locks that still look the same. @returns ids of the jobs */
  async putBack(locks: readonly JobLock[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `WITH released AS (
         UPDATE bullmq.job j
            SET state = 'waiting', lock_token = NULL, locked_until_ms = NULL, stalled_marked = false,
                stalled_count = j.stalled_count + 1, seq = nextval('bullmq.job_seq'),
                deferred_failure = CASE WHEN j.stalled_count + 1 > $4 THEN 'job stalled more than allowable limit'
                                        ELSE j.deferred_failure END
           FROM unnest($2::text[], $3::text[]) AS s (id, lock)
          WHERE j.queue = $1 AND j.id = s.id AND j.state = 'active' AND ${LOCK} = s.lock
         RETURNING j.id)
       SELECT id, pg_notify('bullmq_jobs', $1) FROM released`,
      [QUEUE_NAME, locks.map(({ jobId }) => jobId), locks.map(({ lock }) => lock), MAX_STALLED],
    );
    return rows.map(({ id }) => id);
  }
}
