import { Inject, Injectable, Logger } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { Clock, sha256, UnauthorizedError } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { callerOf, type PresentedKey } from '../rate-limit/index.js';
import { type ApiKeyEntity } from './api-key.entity.js';
import { ApiKeysRepository, type KnownKey } from './api-keys.repository.js';
import { prefixOf, sameDigest } from './key-material.js';
import { type Principal } from './principal.js';

/** `last_used_at` is written at most this often per key. */
const TOUCH_EVERY_MS = 60_000;

const BOOTSTRAP: Principal = { keyId: null, actor: 'bootstrap', role: 'admin', clientId: null };

/** Finds out whose key a request carries. */
@Injectable()
export class AuthenticationService {
  private readonly logger = new Logger(AuthenticationService.name);
  private readonly bootstrapDigest: Buffer;
  private readonly metricsDigest: Buffer | null;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.bootstrapDigest = sha256(config.adminApiKey);
    this.metricsDigest = config.metricsToken === null ? null : sha256(config.metricsToken);
  }

  /**
   * A revoked key ends at once here, and within a second on other replicas: keys are remembered for that long.
   * @throws UnauthorizedError `missing_key`, `invalid_key`, `revoked_key` or `expired_key`
   */
  async authenticate(presented: PresentedKey | null): Promise<Principal> {
    if (presented === null) {
      throw new UnauthorizedError('missing_key', 'An API key is needed: `Authorization: Bearer <key>` or `X-API-Key: <key>`.');
    }
    if (sameDigest(presented.digest, this.bootstrapDigest)) return BOOTSTRAP;
    const { key } = await this.storedKey(presented);
    const now = this.clock.now();
    if (key.revokedAt !== null) throw new UnauthorizedError('revoked_key', 'This API key was revoked.');
    if (key.expiresAt !== null && key.expiresAt <= now) throw new UnauthorizedError('expired_key', 'This API key has expired.');
    if (isTouchDue(key, now)) await this.touch(key, now);
    return principalOf(key);
  }

  /**
   * The same for a key that is remembered, good, and needs no note of its use, without a wait or a look at the database; `null`: only
   * {@link authenticate} can tell.
   */
  recognise(request: FastifyRequest): Principal | null {
    const { presented } = callerOf(request);
    if (presented === null) return null;
    const { text, digest } = presented;
    if (sameDigest(digest, this.bootstrapDigest)) return BOOTSTRAP;
    const prefix = prefixOf(text);
    const known = prefix === null ? null : this.keys.rememberedByPrefix(prefix);
    if (known === null || !sameDigest(digest, known.digest) || known.key.revokedAt !== null) return null;
    const { key } = known;
    const now = this.clock.now();
    return (key.expiresAt !== null && key.expiresAt <= now) || isTouchDue(key, now) ? null : principalOf(key);
  }

  /** Who reads `/metrics` with the token of the configuration, without a look at the database; `null`: it is another key. */
  metricsReader(presented: PresentedKey | null): Principal | null {
    if (presented === null || this.metricsDigest === null || !sameDigest(presented.digest, this.metricsDigest)) return null;
    return { keyId: null, actor: 'metrics', role: 'viewer', clientId: null };
  }

  private async storedKey({ text, digest }: PresentedKey): Promise<KnownKey> {
    const prefix = prefixOf(text);
    const known = prefix === null ? null : await this.keys.findByPrefix(prefix);
    if (known !== null && sameDigest(digest, known.digest)) return known;
    throw new UnauthorizedError('invalid_key', 'This API key is not known.');
  }

  private async touch(key: ApiKeyEntity, now: Date): Promise<void> {
    try {
      await this.keys.touch(key, now, touchedBefore(now));
    } catch (error) {
      // A read must not fail because this note could not be written (a full disk, a standby).
      this.logger.warn({ msg: 'last use of an API key was not written', key_id: key.id, err: error });
    }
  }
}

function isTouchDue({ lastUsedAt }: ApiKeyEntity, now: Date): boolean {
  return lastUsedAt === null || lastUsedAt <= touchedBefore(now);
}

function touchedBefore(now: Date): Date {
  return new Date(now.getTime() - TOUCH_EVERY_MS);
}

function principalOf({ id, prefix, name, role, clientId }: ApiKeyEntity): Principal {
  return { keyId: id, actor: `key:${prefix} ${name}`, role, clientId };
}
