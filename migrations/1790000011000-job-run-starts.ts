import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Health asks which processes started a job lately; a quarter of a year of jobs is not read for that. */
export class JobRunStarts1790000011000 implements MigrationInterface {
  readonly name = 'JobRunStarts1790000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_job_runs_started ON job_runs (started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_job_runs_started');
  }
}
