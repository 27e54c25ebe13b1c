import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Capabilities } from '../../n8n-client/index.js';
import { bigintNumber } from '../../database/index.js';

/** How far the copying of a client has come. Its row is also the client's lock. */
@Entity('sync_states')
export class SyncStateEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_sync_states' })
  clientId: number;

  /** Rises with every change of the client's data. */
  @Column({ name: 'data_version', type: 'bigint', default: 0, transformer: bigintNumber })
  dataVersion: number;

  @Column({ type: 'integer', default: 1 })
  epoch: number;

  @Column({ name: 'next_sync_at', type: 'timestamptz', precision: 3 })
  nextSyncAt: Date;

  /** Every visible execution at or below this id is stored. `null` until the first walk has reached its end. */
  @Column({ type: 'text', nullable: true })
  watermark: string | null;

  /** A walk under way: what will be the watermark when it ends ... */
  @Column({ name: 'walk_top', type: 'text', nullable: true })
  walkTop: string | null;

  /** ... and the lowest id that it has stored so far. */
  @Column({ name: 'walk_position', type: 'text', nullable: true })
  walkPosition: string | null;

  @Column({ name: 'walk_started_at', type: 'timestamptz', precision: 3, nullable: true })
  walkStartedAt: Date | null;

  @Column({ name: 'walk_rows', type: 'bigint', default: 0, transformer: bigintNumber })
  walkRows: number;

  @Column({ name: 'applied_config_version', type: 'integer', default: 0 })
  appliedConfigVersion: number;

  @Column({ name: 'applied_timezone', type: 'text', nullable: true })
  appliedTimezone: string | null;

  @Column({ name: 'applied_rule_version', type: 'integer', default: 0 })
  appliedRuleVersion: number;

  /** The rule version that a re-classification under way applies ... */
  @Column({ name: 'reclassify_version', type: 'integer', nullable: true })
  reclassifyVersion: number | null;

  /** ... and the instant before which everything carries its verdicts already. */
  @Column({ name: 'reclassify_cursor', type: 'timestamptz', precision: 3, nullable: true })
  reclassifyCursor: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  capabilities: Capabilities | null;

  @Column({ name: 'capabilities_checked_at', type: 'timestamptz', precision: 3, nullable: true })
  capabilitiesCheckedAt: Date | null;

  @Column({ name: 'first_observed_at', type: 'timestamptz', precision: 3, nullable: true })
  firstObservedAt: Date | null;

  @Column({ name: 'workflows_synced_at', type: 'timestamptz', precision: 3, nullable: true })
  workflowsSyncedAt: Date | null;

  @Column({ name: 'workflows_error', type: 'text', nullable: true })
  workflowsError: string | null;

  @Column({ name: 'executions_synced_at', type: 'timestamptz', precision: 3, nullable: true })
  executionsSyncedAt: Date | null;

  @Column({ name: 'executions_error', type: 'text', nullable: true })
  executionsError: string | null;

  @Column({ name: 'details_synced_at', type: 'timestamptz', precision: 3, nullable: true })
  detailsSyncedAt: Date | null;

  @Column({ name: 'details_error', type: 'text', nullable: true })
  detailsError: string | null;

  @Column({ name: 'failed_at', type: 'timestamptz', precision: 3, nullable: true })
  failedAt: Date | null;

  @Column({ name: 'consecutive_failures', type: 'integer', default: 0 })
  consecutiveFailures: number;

  /** Rows of n8n's answers that could not be read, since the beginning. */
  @Column({ name: 'set_aside_rows', type: 'bigint', default: 0, transformer: bigintNumber })
  setAsideRows: number;
}
