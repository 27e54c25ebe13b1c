import { type MigrationInterface, type QueryRunner } from 'typeorm';

const up = [
  // Another database behind the same URL: executions from `first_id` on belong to this epoch. Epoch 1 has no row.
  `CREATE TABLE sync_epochs (
    client_id integer NOT NULL,
    epoch integer NOT NULL,
    first_id text NOT NULL,
    detected_at timestamptz(3) NOT NULL,
    CONSTRAINT pk_sync_epochs PRIMARY KEY (client_id, epoch)
  )`,

  `ALTER TABLE sync_states
    ADD COLUMN walk_fresh boolean NOT NULL DEFAULT false,
    ADD COLUMN walk_position_at timestamptz(3),
    ADD COLUMN walk_top_at timestamptz(3),
    ADD COLUMN watermark_at timestamptz(3),
    ADD COLUMN sync_token text,
    ADD COLUMN requests_sent bigint NOT NULL DEFAULT 0,
    ADD COLUMN last_sync_requests integer,
    ADD COLUMN arrival_per_hour double precision,
    ADD COLUMN arrival_measured_at timestamptz(3),
    ADD COLUMN visible_rows bigint,
    ADD COLUMN visible_hours double precision,
    ADD COLUMN prunes boolean NOT NULL DEFAULT false,
    ADD COLUMN window_checked_at timestamptz(3),
    ADD COLUMN interval_minutes double precision,
    ADD COLUMN circuit_failures integer NOT NULL DEFAULT 0,
    ADD COLUMN circuit_open_until timestamptz(3),
    ADD COLUMN reconciled_at timestamptz(3),
    ADD COLUMN reconcile_started_at timestamptz(3),
    ADD COLUMN reconcile_position text`,

  `ALTER TABLE pending_executions
    ADD COLUMN around_from timestamptz(3),
    ADD COLUMN around_to timestamptz(3)`,

  `ALTER TABLE coverage_gaps
    ADD COLUMN epoch integer NOT NULL DEFAULT 1,
    ADD COLUMN ids int8multirange,
    ADD COLUMN bucket date,
    ADD COLUMN workflow_id bigint,
    ALTER COLUMN to_at DROP NOT NULL`,
  `CREATE UNIQUE INDEX uq_coverage_gaps_bucket ON coverage_gaps (client_id, epoch, reason, bucket) WHERE bucket IS NOT NULL`,
  `CREATE UNIQUE INDEX uq_coverage_gaps_going_on ON coverage_gaps (client_id, workflow_id) WHERE to_at IS NULL`,
];

const down = [
  `DROP INDEX uq_coverage_gaps_going_on`,
  `DROP INDEX uq_coverage_gaps_bucket`,
  `UPDATE coverage_gaps SET to_at = now() WHERE to_at IS NULL`,
  `ALTER TABLE coverage_gaps ALTER COLUMN to_at SET NOT NULL,
    DROP COLUMN workflow_id, DROP COLUMN bucket, DROP COLUMN ids, DROP COLUMN epoch`,
  `ALTER TABLE pending_executions DROP COLUMN around_to, DROP COLUMN around_from`,
  `ALTER TABLE sync_states
    DROP COLUMN reconcile_position, DROP COLUMN reconcile_started_at, DROP COLUMN reconciled_at, DROP COLUMN circuit_open_until,
    DROP COLUMN circuit_failures, DROP COLUMN interval_minutes, DROP COLUMN window_checked_at, DROP COLUMN prunes,
    DROP COLUMN visible_hours, DROP COLUMN visible_rows, DROP COLUMN arrival_measured_at, DROP COLUMN arrival_per_hour,
    DROP COLUMN last_sync_requests, DROP COLUMN requests_sent, DROP COLUMN sync_token, DROP COLUMN watermark_at,
    DROP COLUMN walk_top_at, DROP COLUMN walk_position_at, DROP COLUMN walk_fresh`,
  `DROP TABLE sync_epochs`,
];

/** What the collector remembers of epochs, gaps, its pace, and how it treats an instance. */
export class CollectorLedgers1790000001000 implements MigrationInterface {
  name = 'CollectorLedgers1790000001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of up) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of down) await runner.query(sql);
  }
}
