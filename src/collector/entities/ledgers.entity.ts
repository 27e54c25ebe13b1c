import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber } from '../../database/index.js';

/** An execution id below the watermark that is not final yet: seen open, or missing between its neighbours. */
@Entity('pending_executions')
@Check('ck_pending_executions_kind', "kind IN ('open', 'missing')")
export class PendingExecutionEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_pending_executions' })
  clientId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'pk_pending_executions' })
  epoch: number;

  @PrimaryColumn({ name: 'n8n_execution_id', type: 'text', primaryKeyConstraintName: 'pk_pending_executions' })
  n8nExecutionId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'next_check_at', type: 'timestamptz', precision: 3 })
  nextCheckAt: Date;

  @Column({ type: 'integer', default: 0 })
  tries: number;

  @Column({ name: 'first_seen_at', type: 'timestamptz', precision: 3 })
  firstSeenAt: Date;

  /** For a missing id: when its neighbours started, the older one ... */
  @Column({ name: 'around_from', type: 'timestamptz', precision: 3, nullable: true })
  aroundFrom: Date | null;

  /** ... and the newer one. */
  @Column({ name: 'around_to', type: 'timestamptz', precision: 3, nullable: true })
  aroundTo: Date | null;
}

/** Another database behind the client's URL: executions from `firstId` on belong to this epoch. Epoch 1 has no row. */
@Entity('sync_epochs')
export class SyncEpochEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_sync_epochs' })
  clientId: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'pk_sync_epochs' })
  epoch: number;

  @Column({ name: 'first_id', type: 'text' })
  firstId: string;

  @Column({ name: 'detected_at', type: 'timestamptz', precision: 3 })
  detectedAt: Date;
}

/** A stretch of time of which executions were lost or could not be seen. */
@Entity('coverage_gaps')
@Index('uq_coverage_gaps_bucket', { synchronize: false })
@Index('uq_coverage_gaps_going_on', { synchronize: false })
export class CoverageGapEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_coverage_gaps' })
  clientId: number;

  @PrimaryColumn({
    type: 'bigint',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    transformer: bigintNumber,
    primaryKeyConstraintName: 'pk_coverage_gaps',
  })
  id: number;

  @Column({ name: 'from_at', type: 'timestamptz', precision: 3 })
  fromAt: Date;

  /** `null`: it goes on. */
  @Column({ name: 'to_at', type: 'timestamptz', precision: 3, nullable: true })
  toAt: Date | null;

  @Column({ type: 'text' })
  reason: string;

  /** Upper bound. */
  @Column({ name: 'missing_ids', type: 'bigint', nullable: true, transformer: bigintNumber })
  missingIds: number | null;

  @Column({ type: 'text' })
  confidence: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ type: 'integer', default: 1 })
  epoch: number;

  /** The missing ids themselves, where they are numbers and not too scattered: one that turns up after all is taken out. */
  @Column({ type: 'int8multirange', nullable: true })
  ids: string | null;

  /** UTC day, for gaps that are collected id by id. */
  @Column({ type: 'date', nullable: true })
  bucket: string | null;

  /** The workflow that is concerned; `null`: any. */
  @Column({ name: 'workflow_id', type: 'bigint', nullable: true, transformer: bigintNumber })
  workflowId: number | null;
}

/** A local day whose rollup is not yet equal to raw. */
@Entity('dirty_days')
export class DirtyDayEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_dirty_days' })
  clientId: number;

  @PrimaryColumn({ type: 'date', primaryKeyConstraintName: 'pk_dirty_days' })
  day: string;
}

/** Minutes that one success of a workflow saves, from an instant on. `minutes` null: no value from then on. */
@Entity('workflow_time_saved')
@Check('ck_workflow_time_saved_source', "source IN ('n8n', 'manual')")
export class WorkflowTimeSavedEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_workflow_time_saved' })
  clientId: number;

  @PrimaryColumn({
    name: 'workflow_id',
    type: 'bigint',
    transformer: bigintNumber,
    primaryKeyConstraintName: 'pk_workflow_time_saved',
  })
  workflowId: number;

  @PrimaryColumn({ name: 'valid_from', type: 'timestamptz', precision: 3, primaryKeyConstraintName: 'pk_workflow_time_saved' })
  validFrom: Date;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_workflow_time_saved' })
  source: string;

  @Column({ type: 'numeric', precision: 12, scale: 4, nullable: true })
  minutes: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  /** Who set it by hand; `null` for n8n's. */
  @Column({ type: 'text', nullable: true })
  author: string | null;
}

/** One row: the instant below which raw executions are gone. It only rises. */
@Entity('retention_floor')
@Check('ck_retention_floor_one_row', 'id = 1')
export class RetentionFloorEntity {
  @PrimaryColumn({ type: 'smallint', default: 1, primaryKeyConstraintName: 'pk_retention_floor' })
  id: number;

  @Column({ name: 'raw_floor', type: 'timestamptz', precision: 3 })
  rawFloor: Date;
}
