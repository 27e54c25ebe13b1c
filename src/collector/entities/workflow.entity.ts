import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { bigintNumber } from '../../database/index.js';

/** A workflow as n8n last described it. Never nodes, pinned data or static data: they hold secrets. */
@Entity('workflows')
@Unique('uq_workflows_n8n_workflow_id', ['clientId', 'n8nWorkflowId'])
export class WorkflowEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_workflows' })
  clientId: number;

  @PrimaryColumn({
    type: 'bigint',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    transformer: bigintNumber,
    primaryKeyConstraintName: 'pk_workflows',
  })
  id: number;

  @Column({ name: 'n8n_workflow_id', type: 'text' })
  n8nWorkflowId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'boolean', default: false })
  active: boolean;

  @Column({ type: 'boolean', default: false })
  archived: boolean;

  /** Names of its tags. */
  @Column({ type: 'jsonb', default: [] })
  tags: string[];

  @Column({ name: 'n8n_created_at', type: 'timestamptz', precision: 3, nullable: true })
  n8nCreatedAt: Date | null;

  @Column({ name: 'n8n_updated_at', type: 'timestamptz', precision: 3, nullable: true })
  n8nUpdatedAt: Date | null;

  /** `null`: a placeholder for a workflow that n8n did not show yet. */
  @Column({ name: 'last_synced_at', type: 'timestamptz', precision: 3, nullable: true })
  lastSyncedAt: Date | null;

  /** Full listings in a row in which it was missing. */
  @Column({ name: 'missing_listings', type: 'smallint', default: 0 })
  missingListings: number;

  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt: Date | null;

  /** Executions from this instant on still carry a verdict made with an older name or older tags. */
  @Column({ name: 'reclassify_from', type: 'timestamptz', precision: 3, nullable: true })
  reclassifyFrom: Date | null;

  @Column({ type: 'text', nullable: true })
  timezone: string | null;

  @Column({ name: 'error_workflow', type: 'text', nullable: true })
  errorWorkflow: string | null;

  @Column({ name: 'save_success', type: 'text', nullable: true })
  saveSuccess: string | null;

  @Column({ name: 'save_error', type: 'text', nullable: true })
  saveError: string | null;
}
