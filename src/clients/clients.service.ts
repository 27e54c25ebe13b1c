import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, decodeCursor, invalidFields, NotFoundError, type Page, toPage, UnprocessableError } from '../common/index.js';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { clientFieldErrors, normaliseBaseUrl } from './client-input.js';
import { type ClientEntity } from './client.entity.js';
import { type Client, type ClientChanges, type ClientTarget, type NewClient } from './client.js';
import { type ClientRowChanges, ClientsRepository } from './clients.repository.js';
import { KeyRing, type Resealed, unsealReason } from './key-ring.js';

const pageKey = z.object({ id: z.int32() });

/** The registry of clients. A deleted client does not exist here. */
@Injectable()
export class ClientsService {
  private readonly keys: KeyRing;

  constructor(
    private readonly clients: ClientsRepository,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {
    this.keys = new KeyRing(config.encryptionKey, config.oldEncryptionKeys);
  }

  /**
   * Stores a client; its first sync is due at once.
   * @throws InvalidInputError `invalid_request`, ConflictError `client_name_taken`
   */
  async create(input: NewClient): Promise<Client> {
    refuseBadFields(input);
    const now = this.clock.now();
    const row = await this.clients.insert({
      name: input.name,
      n8nBaseUrl: normaliseBaseUrl(input.n8nBaseUrl),
      n8nApiKeySealed: this.keys.seal(input.n8nApiKey),
      timezone: input.timezone ?? 'UTC',
      weekStartsOn: input.weekStartsOn ?? 1,
      enabled: input.enabled ?? true,
      syncIntervalMinutes: input.syncIntervalMinutes ?? null,
      requestsPerMinute: input.requestsPerMinute ?? null,
      createdAt: now,
      updatedAt: now,
    });
    return this.toClient(row);
  }

  /** In the order of their ids. @throws InvalidInputError `invalid_cursor` */
  async list(limit: number, cursor?: string): Promise<Page<Client>> {
    const after = cursor === undefined ? 0 : decodeCursor(cursor, pageKey).id;
    const rows = await this.clients.listAfter(after, limit + 1);
    return toPage(
      rows.map((row) => this.toClient(row)),
      limit,
      ({ id }) => ({ id }),
    );
  }

  /** @throws NotFoundError `client_not_found` */
  async get(clientId: number): Promise<Client> {
    return this.toClient(await this.row(clientId));
  }

  /** Every client that is not deleted, the disabled ones among them. */
  async allClients(): Promise<Client[]> {
    return (await this.clients.listAll()).map((row) => this.toClient(row));
  }

  /** Ids of clients that were deleted before an instant and are not erased yet. */
  async deletedBefore(at: Date): Promise<number[]> {
    return this.clients.deletedBefore(at);
  }

  /** The clients that are collected. */
  async activeClients(): Promise<Client[]> {
    return (await this.allClients()).filter((client) => client.enabled);
  }

  /**
   * Changes what is given and differs. A new zone or week start raises `configVersion`; a new address, key or interval
   * and re-enabling bring the next sync forward.
   * @throws NotFoundError `client_not_found`, InvalidInputError `invalid_request`, ConflictError `client_name_taken`
   */
  async patch(clientId: number, input: ClientChanges): Promise<Client> {
    refuseBadFields(input);
    const row = await this.clients.change(clientId, (current) => this.decide(current, input));
    if (row === null) throw clientNotFound(clientId);
    return this.toClient(row);
  }

  /**
   * The client is gone for everyone at once; erasing its rows is a job of its own.
   * @returns its id
   * @throws NotFoundError `client_not_found`
   */
  async remove(clientId: number): Promise<number> {
    if (!(await this.clients.markDeleted(clientId, this.clock.now()))) throw clientNotFound(clientId);
    return clientId;
  }

  /**
   * How to call the client's n8n, with its key in the clear.
   * @throws NotFoundError `client_not_found`, UnprocessableError `n8n_key_unreadable` when the key that
   *   sealed it is not given
   */
  async target(clientId: number): Promise<ClientTarget> {
    const row = await this.row(clientId);
    const { n8nBaseUrl, requestsPerMinute } = this.toClient(row);
    return { clientId, baseUrl: n8nBaseUrl, apiKey: this.open(row), requestsPerMinute };
  }

  /** Seals every n8n key with the current key that is still sealed with an older one; one that is changed meanwhile is left as it is then. */
  async reseal(): Promise<Resealed> {
    const done: Resealed = { resealed: 0, current: 0, unreadable: [] };
    for (const { id, n8nApiKeySealed: sealed } of await this.clients.listAll()) {
      if (this.keys.isCurrent(sealed)) {
        done.current += 1;
        continue;
      }
      try {
        await this.clients.replaceSealedKey(id, sealed, this.keys.seal(this.keys.open(sealed)));
        done.resealed += 1;
      } catch (error) {
        done.unreadable.push({ clientId: id, reason: unsealReason(error) });
      }
    }
    return done;
  }

  private decide(
    current: ClientEntity,
    input: ClientChanges,
  ): { changes: ClientRowChanges; recompute: boolean; syncBy: Date | null } {
    const { n8nApiKey, n8nBaseUrl, ...plain } = input;
    const given: ClientRowChanges = { ...plain, ...(n8nBaseUrl !== undefined && { n8nBaseUrl: normaliseBaseUrl(n8nBaseUrl) }) };
    const changes = differing(current, given);
    if (n8nApiKey !== undefined) changes.n8nApiKeySealed = this.keys.seal(n8nApiKey);
    if (Object.keys(changes).length === 0) return { changes, recompute: false, syncBy: null };
    const now = this.clock.now();
    changes.updatedAt = now;
    const soon = ['n8nBaseUrl', 'n8nApiKeySealed', 'syncIntervalMinutes', 'enabled'].some((field) => field in changes);
    return { changes, recompute: 'timezone' in changes || 'weekStartsOn' in changes, syncBy: soon ? now : null };
  }

  private async row(clientId: number): Promise<ClientEntity> {
    const row = await this.clients.find(clientId);
    if (row === null) throw clientNotFound(clientId);
    return row;
  }

  private open(row: ClientEntity): string {
    try {
      return this.keys.open(row.n8nApiKeySealed);
    } catch (error) {
      const remedy = 'Give the key that it was sealed with in ENCRYPTION_KEY or ENCRYPTION_KEYS_OLD, or give the n8n key again.';
      throw new UnprocessableError(
        'n8n_key_unreadable',
        `The n8n key of client ${row.id} cannot be opened: ${unsealReason(error)}. ${remedy}`,
      );
    }
  }

  private toClient(row: ClientEntity): Client {
    const { id, name, n8nBaseUrl, timezone, weekStartsOn, enabled, configVersion, createdAt, updatedAt } = row;
    const syncIntervalMinutes = row.syncIntervalMinutes ?? this.config.syncIntervalMinutes;
    const requestsPerMinute = row.requestsPerMinute ?? this.config.n8nRequestsPerMinute;
    return {
      id,
      name,
      n8nBaseUrl,
      timezone,
      weekStartsOn,
      enabled,
      syncIntervalMinutes,
      requestsPerMinute,
      configVersion,
      createdAt,
      updatedAt,
    };
  }
}

function differing(current: ClientEntity, given: ClientRowChanges): ClientRowChanges {
  const fields = Object.entries(given) as [keyof ClientRowChanges, unknown][];
  return Object.fromEntries(fields.filter(([field, value]) => value !== undefined && current[field] !== value));
}

function refuseBadFields(input: ClientChanges): void {
  const errors = clientFieldErrors(input);
  if (errors.length > 0) throw invalidFields(errors);
}

function clientNotFound(clientId: number): NotFoundError {
  return new NotFoundError('client_not_found', `There is no client ${clientId}.`);
}
