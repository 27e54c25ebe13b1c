import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One n8n instance whose history is kept. A deleted one stays, marked, until its rows are erased. */
@Entity('clients')
@Index('uq_clients_name', ['name'], { unique: true, where: 'deleted_at IS NULL' })
@Check('ck_clients_week_starts_on', 'week_starts_on BETWEEN 0 AND 6')
export class ClientEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_clients',
  })
  id: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'n8n_base_url', type: 'text' })
  n8nBaseUrl: string;

  @Column({ name: 'n8n_api_key_sealed', type: 'text' })
  n8nApiKeySealed: string;

  @Column({ type: 'text', default: 'UTC' })
  timezone: string;

  @Column({ name: 'week_starts_on', type: 'smallint', default: 1 })
  weekStartsOn: number;

  @Column({ type: 'boolean', default: true })
  enabled: boolean;

  @Column({ name: 'sync_interval_minutes', type: 'integer', nullable: true })
  syncIntervalMinutes: number | null;

  @Column({ name: 'requests_per_minute', type: 'integer', nullable: true })
  requestsPerMinute: number | null;

  @Column({ name: 'config_version', type: 'integer', default: 1 })
  configVersion: number;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt: Date | null;
}
