import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A key of the API. The key itself is shown once and never stored: `hash` is its SHA-256. */
@Entity('api_keys')
@Unique('uq_api_keys_prefix', ['prefix'])
@Check('ck_api_keys_role', `role IN ('admin', 'viewer')`)
export class ApiKeyEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_api_keys',
  })
  id: number;

  @Column({ type: 'text' })
  prefix: string;

  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  role: 'admin' | 'viewer';

  @Column({ name: 'client_id', type: 'integer', nullable: true })
  clientId: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null;
}
