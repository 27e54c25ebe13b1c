import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The newest execution of a workflow is one look into an index, however many a day has. */
export class LastExecutions1790000009000 implements MigrationInterface {
  name = 'LastExecutions1790000009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX ix_workflow_executions_client_workflow ON workflow_executions (client_id, workflow_id, started_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_workflow_executions_client_workflow');
  }
}
