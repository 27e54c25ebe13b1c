import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Probes and Prometheus ask every few seconds for the jobs that are not over and for the newest sync of each client. */
const up = [
  `CREATE INDEX ix_job_runs_open ON job_runs (state, enqueued_at) WHERE state IN ('queued', 'running')`,
  `CREATE INDEX ix_job_runs_client ON job_runs (client_id, name, enqueued_at)`,
];

const down = ['DROP INDEX ix_job_runs_client', 'DROP INDEX ix_job_runs_open'];

export class JobRunLookUps1790000006000 implements MigrationInterface {
  readonly name = 'JobRunLookUps1790000006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of up) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of down) await runner.query(sql);
  }
}
