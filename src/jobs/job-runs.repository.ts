import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { QUEUE_NAME, type QueuedRun } from './job-queue.js';

/** One attempt: an attempt that was taken over by another process may not write any more. */
export interface Attempt {
  jobId: string;
  number: number;
}

/** Writes `job_runs`. */
@Injectable()
export class JobRunsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns the ids of those that were not recorded before */
  async recordQueued(runs: readonly QueuedRun[]): Promise<Set<string>> {
    if (runs.length === 0) return new Set();
    const rows = await this.dataSource.query<{ job_id: string }[]>(
      `INSERT INTO job_runs (job_id, name, client_id, slot, payload, state, enqueued_at)
       SELECT job_id, name, client_id, slot, payload, 'queued', enqueued_at
         FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::jsonb[], $6::timestamptz[])
              AS r (job_id, name, client_id, slot, payload, enqueued_at)
       ON CONFLICT (job_id) DO NOTHING RETURNING job_id`,
      [
        runs.map(({ jobId }) => jobId),
        runs.map(({ name }) => name),
        runs.map(({ clientId }) => clientId),
        runs.map(({ slot }) => slot),
        runs.map(({ payload }) => JSON.stringify(payload)),
        runs.map(({ enqueuedAt }) => enqueuedAt),
      ],
    );
    return new Set(rows.map(({ job_id }) => job_id));
  }

  /** Those of the jobs that have run to their end, well or not. */
  async over(jobIds: readonly string[]): Promise<Set<string>> {
    if (jobIds.length === 0) return new Set();
    const rows = await this.dataSource.query<{ job_id: string }[]>(
      `SELECT job_id FROM job_runs WHERE job_id = ANY($1) AND state IN ('completed', 'failed')`,
      [jobIds],
    );
    return new Set(rows.map(({ job_id }) => job_id));
  }

  /** Also makes the row when the process that enqueued the job died before it could. */
  async recordStart(run: QueuedRun, replica: string, at: Date): Promise<Attempt> {
    const rows = await this.dataSource.query<{ attempts: number }[]>(
      `INSERT INTO job_runs AS r (job_id, name, client_id, slot, payload, state, enqueued_at, started_at, attempts, replica)
       VALUES ($1, $2, $3, $4, $8, 'running', $5, $6, 1, $7)
       ON CONFLICT (job_id) DO UPDATE
         SET state = 'running', started_at = EXCLUDED.started_at, finished_at = NULL, attempts = r.attempts + 1,
             replica = EXCLUDED.replica, progress = NULL, counts = NULL
       RETURNING attempts`,
      [run.jobId, run.name, run.clientId, run.slot, run.enqueuedAt, at, replica, JSON.stringify(run.payload)],
    );
    return { jobId: run.jobId, number: rows[0]?.attempts ?? 1 };
  }

  async recordProgress(attempt: Attempt, progress: Record<string, unknown>): Promise<void> {
    await this.dataSource.query(`UPDATE job_runs SET progress = $3 WHERE job_id = $1 AND attempts = $2 AND state = 'running'`, [
      attempt.jobId,
      attempt.number,
      JSON.stringify(progress),
    ]);
  }

  async recordCompletion(attempt: Attempt, counts: Record<string, unknown>, at: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE job_runs SET state = 'completed', finished_at = $3, counts = $4, error = NULL
        WHERE job_id = $1 AND attempts = $2 AND state = 'running'`,
      [attempt.jobId, attempt.number, at, JSON.stringify(counts)],
    );
  }

  async recordFailure(attempt: Attempt, error: string, at: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE job_runs SET state = 'failed', finished_at = $3, error = $4
        WHERE job_id = $1 AND attempts = $2 AND state = 'running'`,
      [attempt.jobId, attempt.number, at, error],
    );
  }

  /** The attempt is over but the job will run again. `error` null: it was only interrupted. */
  async recordPutBack(attempt: Attempt, error: string | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE job_runs SET state = 'queued', error = coalesce($3, error) WHERE job_id = $1 AND attempts = $2 AND state = 'running'`,
      [attempt.jobId, attempt.number, error],
    );
  }

  /**
   * Takes a failed run for another round; of several callers at once only one gets it.
   * @returns `null` when the run is not failed (any more)
   */
  async reopen(jobId: string, at: Date): Promise<QueuedRun | null> {
    const [rows] = await this.dataSource.query<[QueuedRun[], number]>(
      `UPDATE job_runs SET state = 'queued', enqueued_at = $2, finished_at = NULL WHERE job_id = $1 AND state = 'failed'
       RETURNING job_id AS "jobId", name, client_id AS "clientId", slot, payload, enqueued_at AS "enqueuedAt"`,
      [jobId, at],
    );
    return rows[0] ?? null;
  }

  /** Takes back a `reopen` that led to nothing. */
  async closeAgain(jobId: string, at: Date): Promise<void> {
    await this.dataSource.query(`UPDATE job_runs SET state = 'failed', finished_at = $2 WHERE job_id = $1 AND state = 'queued'`, [
      jobId,
      at,
    ]);
  }

  /**
   * Marks runs that the queue no longer knows, or knows as over: nobody is going to finish them.
   * @param before only runs enqueued and started before this instant
   * @returns how many were marked
   */
  async markLost(before: Date, at: Date): Promise<number> {
    const [, lost] = await this.dataSource.query<[unknown, number]>(
      `UPDATE job_runs r
          SET state = 'failed', finished_at = $2,
              error = coalesce((SELECT j.failed_reason FROM bullmq.job j WHERE j.queue = $3 AND j.id = r.job_id),
                               'lost: its process ended and the queue does not know it any more')
        WHERE r.state IN ('queued', 'running') AND greatest(r.enqueued_at, r.started_at) < $1
          AND NOT EXISTS (SELECT 1 FROM bullmq.job j
                           WHERE j.queue = $3 AND j.id = r.job_id AND j.state NOT IN ('completed', 'failed'))`,
      [before, at, QUEUE_NAME],
    );
    return lost;
  }

  /**
   * @param before older runs go, whatever they are
   * @param routineBefore older completed runs of `routineNames` go
   * @param limit rows at most
   * @returns how many were deleted
   */
  async purge(before: Date, routineBefore: Date, routineNames: readonly string[], limit: number): Promise<number> {
    const [, deleted] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM job_runs WHERE id IN (
         SELECT id FROM job_runs
          WHERE state IN ('completed', 'failed')
            AND (enqueued_at < $1 OR (enqueued_at < $2 AND state = 'completed' AND name = ANY($3)))
          LIMIT $4)`,
      [before, routineBefore, routineNames, limit],
    );
    return deleted;
  }
}
