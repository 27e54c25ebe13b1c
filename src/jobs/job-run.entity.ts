import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { bigintNumber } from '../database/index.js';
import { type JobState } from './job.types.js';

/** What is known of one job, from the moment it was enqueued. Every job and scheduler answer is read from here. */
@Entity('job_runs')
@Unique('uq_job_runs_job_id', ['jobId'])
@Check('ck_job_runs_state', "state IN ('queued', 'running', 'completed', 'failed')")
@Index('ix_job_runs_name_enqueued', ['name', 'enqueuedAt'])
@Index('ix_job_runs_client', ['clientId', 'name', 'enqueuedAt'])
@Index('ix_job_runs_started', ['startedAt'])
@Index('ix_job_runs_open', { synchronize: false })
export class JobRunEntity {
  @PrimaryColumn({
    type: 'bigint',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    transformer: bigintNumber,
    primaryKeyConstraintName: 'pk_job_runs',
  })
  id: number;

  @Column({ name: 'job_id', type: 'text' })
  jobId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'client_id', type: 'integer', nullable: true })
  clientId: number | null;

  @Column({ type: 'text', nullable: true })
  slot: string | null;

  /** What it was asked to do; never a secret. */
  @Column({ type: 'jsonb', default: {} })
  payload: Record<string, unknown>;

  @Column({ type: 'text' })
  state: JobState;

  @Column({ name: 'enqueued_at', type: 'timestamptz', precision: 3 })
  enqueuedAt: Date;

  /** Of the newest attempt. */
  @Column({ name: 'started_at', type: 'timestamptz', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', precision: 3, nullable: true })
  finishedAt: Date | null;

  /** How often it was started: retries, and runs taken over from a process that died. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** Which process ran the newest attempt. */
  @Column({ type: 'text', nullable: true })
  replica: string | null;

  @Column({ type: 'jsonb', nullable: true })
  progress: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  counts: Record<string, unknown> | null;

  /** Of the newest failed attempt, secrets masked; `null` once the job completed. */
  @Column({ type: 'text', nullable: true })
  error: string | null;
}
