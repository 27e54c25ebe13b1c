import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, UnauthorizedError } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { hashKey, prefixOf, sameHash } from './key-material.js';
import { type Principal } from './principal.js';

/** `last_used_at` is written at most this often per key. */
const TOUCH_EVERY_MS = 60_000;

/** Finds out whose key a request carries. */
@Injectable()
export class AuthenticationService {
  private readonly logger = new Logger(AuthenticationService.name);
  private readonly bootstrapHash: string;
  private readonly metricsHash: string | null;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.bootstrapHash = hashKey(config.adminApiKey);
    this.metricsHash = config.metricsToken === null ? null : hashKey(config.metricsToken);
  }

  /**
   * A revoked key ends at once here, and within a second on other replicas: keys are remembered for that long.
   * @throws UnauthorizedError `missing_key`, `invalid_key`, `revoked_key` or `expired_key`
   */
  async authenticate(presented: string | null): Promise<Principal> {
    if (presented === null) {
      throw new UnauthorizedError('missing_key', 'An API key is needed: `Authorization: Bearer <key>` or `X-API-Key: <key>`.');
    }
    const hash = hashKey(presented);
    if (sameHash(hash, this.bootstrapHash)) return { keyId: null, actor: 'bootstrap', role: 'admin', clientId: null };
    const key = await this.storedKey(presented, hash);
    const now = this.clock.now();
    if (key.revokedAt !== null) throw new UnauthorizedError('revoked_key', 'This API key was revoked.');
    if (key.expiresAt !== null && key.expiresAt <= now) throw new UnauthorizedError('expired_key', 'This API key has expired.');
    await this.touch(key, now);
    return { keyId: key.id, actor: `key:${key.prefix} ${key.name}`, role: key.role, clientId: key.clientId };
  }

  /** Who reads `/metrics` with the token of the configuration, without a look at the database; `null`: it is another key. */
  metricsReader(presented: string | null): Principal | null {
    if (presented === null || this.metricsHash === null || !sameHash(hashKey(presented), this.metricsHash)) return null;
    return { keyId: null, actor: 'metrics', role: 'viewer', clientId: null };
  }

  private async storedKey(presented: string, hash: string): Promise<ApiKeyEntity> {
    const prefix = prefixOf(presented);
    const key = prefix === null ? null : await this.keys.findByPrefix(prefix);
    if (key !== null && sameHash(hash, key.hash)) return key;
    throw new UnauthorizedError('invalid_key', 'This API key is not known.');
  }

  private async touch(key: ApiKeyEntity, now: Date): Promise<void> {
    const due = new Date(now.getTime() - TOUCH_EVERY_MS);
    if (key.lastUsedAt !== null && key.lastUsedAt > due) return;
    try {
      await this.keys.touch(key, now, due);
    } catch (error) {
      // A read must not fail because this note could not be written (a full disk, a standby).
      this.logger.warn({ msg: 'last use of an API key was not written', key_id: key.id, err: error });
    }
  }
}
