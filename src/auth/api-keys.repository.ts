import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BriefMemory } from '../common/index.js';
import { ApiKeyEntity } from './api-key.entity.js';

export type NewApiKeyRow = Omit<ApiKeyEntity, 'id' | 'revokedAt' | 'lastUsedAt'>;

/** A stored key, and its hash as bytes. */
export interface KnownKey {
  key: ApiKeyEntity;
  digest: Buffer;
}

/** How long (ms) a key that another replica revoked may still be good here. */
const REMEMBER = { ms: 1_000, entries: 1_000 };

/** Rows of `api_keys`. */
@Injectable()
export class ApiKeysRepository {
  private readonly recent = new BriefMemory<string, KnownKey | null>(REMEMBER);

  constructor(private readonly dataSource: DataSource) {}

  /** As it was within the last second; what this process revoked since is not given. */
  async findByPrefix(prefix: string): Promise<KnownKey | null> {
    const known = await this.recent.get(prefix, async () => {
      const key = await this.dataSource.getRepository(ApiKeyEntity).findOneBy({ prefix });
      return key === null ? null : { key, digest: Buffer.from(key.hash, 'hex') };
    });
    // Anybody may try any number of prefixes: only keys that exist take memory.
    if (known === null) this.recent.forget(prefix);
    return known;
  }

  /** As {@link findByPrefix}, only from memory; `null`: it is not there. */
  rememberedByPrefix(prefix: string): KnownKey | null {
    return this.recent.peek(prefix) ?? null;
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
    this.recent.forgetAll();
    return this.dataSource.getRepository(ApiKeyEntity).findOneBy({ id });
  }

  /** @returns how many keys this revoked */
  async revokeOfClient(clientId: number, at: Date): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'UPDATE api_keys SET revoked_at = $2 WHERE client_id = $1 AND revoked_at IS NULL',
      [clientId, at],
    );
    this.recent.forgetAll();
    return count;
  }

  /** Writes nothing when the stored time is younger than `notAfter`, so that parallel requests make one write. */
  async touch(key: ApiKeyEntity, at: Date, notAfter: Date): Promise<void> {
    // The remembered row learns it first: requests that come meanwhile, or after a failure, do not write as well.
    key.lastUsedAt = at;
    await this.dataSource.query(
      'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)',
      [key.id, at, notAfter],
    );
  }
}
