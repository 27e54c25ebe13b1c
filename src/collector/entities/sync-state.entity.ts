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

  /** Whatever has a higher id was made after this instant. */
  @Column({ name: 'watermark_at', type: 'timestamptz', precision: 3, nullable: true })
  watermarkAt: Date | null;

  /** A walk under way: what will be the watermark when it ends ... */
  @Column({ name: 'walk_top', type: 'text', nullable: true })
  walkTop: string | null;

  @Column({ name: 'walk_top_at', type: 'timestamptz', precision: 3, nullable: true })
  walkTopAt: Date | null;

  /** ... and the lowest id that it has stored so far. */
  @Column({ name: 'walk_position', type: 'text', nullable: true })
  walkPosition: string | null;

  @Column({ name: 'walk_position_at', type: 'timestamptz', precision: 3, nullable: true })
  walkPositionAt: Date | null;

  @Column({ name: 'walk_started_at', type: 'timestamptz', precision: 3, nullable: true })
  walkStartedAt: Date | null;

  @Column({ name: 'walk_rows', type: 'bigint', default: 0, transformer: bigintNumber })
  walkRows: number;

  /** Nothing was stored when that walk began: below its position there is nothing to compare with. */
  @Column({ name: 'walk_fresh', type: 'boolean', default: false })
  walkFresh: boolean;

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

  /** Names the sync that may write. A newer sync takes it over; the older one finds out at its next write and ends. */
  @Column({ name: 'sync_token', type: 'text', nullable: true })
  syncToken: string | null;

  /** Requests sent to the instance since the beginning, retries included. */
  @Column({ name: 'requests_sent', type: 'bigint', default: 0, transformer: bigintNumber })
  requestsSent: number;

  @Column({ name: 'last_sync_requests', type: 'integer', nullable: true })
  lastSyncRequests: number | null;

  /** New executions an hour, smoothed. */
  @Column({ name: 'arrival_per_hour', type: 'double precision', nullable: true })
  arrivalPerHour: number | null;

  @Column({ name: 'arrival_measured_at', type: 'timestamptz', precision: 3, nullable: true })
  arrivalMeasuredAt: Date | null;

  /** Executions that the instance showed when its window was last measured ... */
  @Column({ name: 'visible_rows', type: 'bigint', nullable: true, transformer: bigintNumber })
  visibleRows: number | null;

  /** ... and the age of the oldest of them. */
  @Column({ name: 'visible_hours', type: 'double precision', nullable: true })
  visibleHours: number | null;

  /** Whether something that was stored is no longer shown: only then is the window known to have an end. */
  @Column({ type: 'boolean', default: false })
  prunes: boolean;

  @Column({ name: 'window_checked_at', type: 'timestamptz', precision: 3, nullable: true })
  windowCheckedAt: Date | null;

  /** Minutes between two syncs as last chosen. */
  @Column({ name: 'interval_minutes', type: 'double precision', nullable: true })
  intervalMinutes: number | null;

  @Column({ name: 'circuit_failures', type: 'integer', default: 0 })
  circuitFailures: number;

  /** Until then the instance is left alone. */
  @Column({ name: 'circuit_open_until', type: 'timestamptz', precision: 3, nullable: true })
  circuitOpenUntil: Date | null;

  /** When the last deep reconcile that came to its end began. */
  @Column({ name: 'reconciled_at', type: 'timestamptz', precision: 3, nullable: true })
  reconciledAt: Date | null;

  /** A deep reconcile under way: when it began ... */
  @Column({ name: 'reconcile_started_at', type: 'timestamptz', precision: 3, nullable: true })
  reconcileStartedAt: Date | null;

  /** ... and the lowest id that it has compared; `null` at its top. */
  @Column({ name: 'reconcile_position', type: 'text', nullable: true })
  reconcilePosition: string | null;
}
