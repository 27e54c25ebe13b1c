import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber } from '../../database/index.js';

/** One execution, production or not, with the verdict and its reason. Partitioned by week of `started_at`. */
@Entity('workflow_executions')
@Check('ck_workflow_executions_detail_state', "detail_state IN ('none', 'pending', 'done', 'unavailable')")
@Index('ix_workflow_executions_client_date', ['clientId', 'startedAt'])
@Index('ix_workflow_executions_client_workflow', ['clientId', 'workflowId', 'startedAt'])
@Index('ix_workflow_executions_production_status', ['isProduction', 'status'])
@Index('ix_workflow_executions_open', { synchronize: false })
@Index('ix_workflow_executions_detail_pending', { synchronize: false })
export class WorkflowExecutionEntity {
  @PrimaryColumn({ name: 'client_id', type: 'integer', primaryKeyConstraintName: 'pk_workflow_executions' })
  clientId: number;

  /** Which database behind the client's URL the id belongs to. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'pk_workflow_executions' })
  epoch: number;

  @PrimaryColumn({ name: 'n8n_execution_id', type: 'text', primaryKeyConstraintName: 'pk_workflow_executions' })
  n8nExecutionId: string;

  @PrimaryColumn({ name: 'started_at', type: 'timestamptz', precision: 3, primaryKeyConstraintName: 'pk_workflow_executions' })
  startedAt: Date;

  @Column({ name: 'workflow_id', type: 'bigint', transformer: bigintNumber })
  workflowId: number;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'text' })
  mode: string;

  @Column({ name: 'finished_at', type: 'timestamptz', precision: 3, nullable: true })
  finishedAt: Date | null;

  @Column({ name: 'wait_till', type: 'timestamptz', precision: 3, nullable: true })
  waitTill: Date | null;

  /** finished - started in ms; `null` when it is open, or when the clocks make it negative. */
  @Column({ name: 'execution_time_ms', type: 'bigint', nullable: true, transformer: bigintNumber })
  executionTimeMs: number | null;

  @Column({ name: 'is_production', type: 'boolean' })
  isProduction: boolean;

  @Column({ name: 'filter_reason', type: 'text' })
  filterReason: string;

  @Column({ name: 'rule_version', type: 'integer' })
  ruleVersion: number;

  @Column({ name: 'retry_of', type: 'text', nullable: true })
  retryOf: string | null;

  @Column({ name: 'retry_success_id', type: 'text', nullable: true })
  retrySuccessId: string | null;

  /** At most 2,000 characters, secrets masked. */
  @Column({ name: 'error_message', type: 'text', nullable: true })
  errorMessage: string | null;

  @Column({ name: 'error_node', type: 'text', nullable: true })
  errorNode: string | null;

  @Column({ name: 'error_type', type: 'text', nullable: true })
  errorType: string | null;

  @Column({ name: 'test_indicator', type: 'text', nullable: true })
  testIndicator: string | null;

  /** Whether the failure's detail was fetched: none needed, pending, done, or unavailable. */
  @Column({ name: 'detail_state', type: 'text', default: 'none' })
  detailState: string;

  @Column({ name: 'detail_tries', type: 'smallint', default: 0 })
  detailTries: number;

  @Column({ name: 'first_seen_at', type: 'timestamptz', precision: 3 })
  firstSeenAt: Date;

  @Column({ name: 'last_changed_at', type: 'timestamptz', precision: 3 })
  lastChangedAt: Date;
}
