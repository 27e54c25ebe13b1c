import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Who set a time-saved value by hand; `null` for what n8n says. */
export class TimeSavedAuthor1790000002000 implements MigrationInterface {
  name = 'TimeSavedAuthor1790000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow_time_saved ADD COLUMN author text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow_time_saved DROP COLUMN author');
  }
}
