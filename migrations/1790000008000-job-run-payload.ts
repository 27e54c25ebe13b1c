import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A failed job can be run again, as it was asked for, after the queue has forgotten it. */
export class JobRunPayload1790000008000 implements MigrationInterface {
  readonly name = 'JobRunPayload1790000008000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE job_runs ADD COLUMN payload jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE job_runs DROP COLUMN payload');
  }
}
