import { Injectable } from '@nestjs/common';
import { Clock, decodeCursor, invalidFields, NotFoundError, type Page, toPage } from '../common/index.js';
import { z } from 'zod';
import { type ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { generateKey } from './key-material.js';
import { type Role } from './principal.js';

/** A stored key as it may be shown: everything but the key. */
export type ApiKey = Readonly<Omit<ApiKeyEntity, 'hash'>>;

export interface NewApiKey {
  name: string;
  role: Role;
  /** Binds a viewer to one client that exists; `null`: all clients. */
  clientId: number | null;
  expiresAt: Date | null;
}

const pageKey = z.object({ id: z.int32() });

/** Makes, lists and revokes API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The only moment the key itself is known: hand it to the caller and forget it.
   * @throws InvalidInputError `invalid_request` for an expiry in the past or an admin key that is bound to a client
   */
  async create(wanted: NewApiKey): Promise<{ apiKey: ApiKey; key: string }> {
    const now = this.clock.now();
    if (wanted.expiresAt !== null && wanted.expiresAt <= now) {
      throw invalidFields([{ field: 'expires_at', message: 'must be in the future' }]);
    }
    if (wanted.role === 'admin' && wanted.clientId !== null) {
      throw invalidFields([{ field: 'client_id', message: 'must be left out for role admin: an admin sees every client' }]);
    }
    const { key, prefix, hash } = generateKey();
    const row = await this.keys.insert({ ...wanted, prefix, hash, createdAt: now });
    return { apiKey: withoutHash(row), key };
  }

  /** Revoked and expired keys too, oldest first. */
  async list(limit: number, cursor?: string): Promise<Page<ApiKey>> {
    const after = cursor === undefined ? 0 : decodeCursor(cursor, pageKey).id;
    const rows = await this.keys.listAfter(after, limit + 1);
    return toPage(rows.map(withoutHash), limit, ({ id }) => ({ id }));
  }

  /**
   * Takes effect with the next request. Revoking twice changes nothing.
   * @throws NotFoundError `api_key_not_found`
   */
  async revoke(id: number): Promise<ApiKey> {
    const key = await this.keys.revoke(id, this.clock.now());
    if (key === null) throw new NotFoundError('api_key_not_found', `There is no API key ${id}.`);
    return withoutHash(key);
  }

  /** Ends the keys that are bound to a client, when it is deleted. @returns how many */
  async revokeOfClient(clientId: number): Promise<number> {
    return this.keys.revokeOfClient(clientId, this.clock.now());
  }
}

function withoutHash(row: ApiKeyEntity): ApiKey {
  const { id, prefix, name, role, clientId, createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  return { id, prefix, name, role, clientId, createdAt, expiresAt, revokedAt, lastUsedAt };
}
