import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';

export type NewApiKeyRow = Omit<ApiKeyEntity, 'id' | 'revokedAt' | 'lastUsedAt'>;

/** Rows of `api_keys`. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  async findByPrefix(prefix: string): Promise<ApiKeyEntity | null> {
    return this.dataSource.getRepository(ApiKeyEntity).findOneBy({ prefix });
  }

  async insert(row: NewApiKeyRow): Promise<ApiKeyEntity> {
    return this.dataSource.getRepository(ApiKeyEntity).save({ ...row, revokedAt: null, lastUsedAt: null });
  }

  /** In the order of their ids, after `afterId`. */
  async listAfter(afterId: number, limit: number): Promise<ApiKeyEntity[]> {
    return this.dataSource
      .getRepository(ApiKeyEntity)
      .createQueryBuilder('key')
      .where('key.id > :afterId', { afterId })
      .orderBy('key.id')
      .limit(limit)
      .getMany();
  }

  /** @returns the key as it is then; a key that was revoked before keeps its first date. `null`: no such key. */
  async revoke(id: number, at: Date): Promise<ApiKeyEntity | null> {
    await this.dataSource.query('UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, at]);
    return this.dataSource.getRepository(ApiKeyEntity).findOneBy({ id });
  }

  /** @returns how many keys this revoked */
  async revokeOfClient(clientId: number, at: Date): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'UPDATE api_keys SET revoked_at = $2 WHERE client_id = $1 AND revoked_at IS NULL',
      [clientId, at],
    );
    return count;
  }

  /** Writes nothing when the stored time is younger than `notAfter`, so that parallel requests make one write. */
  async touch(id: number, at: Date, notAfter: Date): Promise<void> {
    await this.dataSource.query(
      'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
      [id, at, notAfter],
    );
  }
}
