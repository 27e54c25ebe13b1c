import { Injectable } from '@nestjs/common';
import { ApiKeysService, AuditService } from '../../auth/index.js';
import { type Client, type ClientChanges, ClientsService, type ClientTarget, type NewClient } from '../../clients/index.js';
import { ConnectionCheckService, type ConnectionReport } from '../../collector/index.js';
import { JobsService } from '../../jobs/index.js';
import { JOB } from '../../scheduler/index.js';

/** A client as stored, and what the check of its connection found; `null`: it was not tried. */
export interface StoredClient {
  client: Client;
  connection: ConnectionReport | null;
}

/** A client that does not exist yet shares the check lane of all such. */
const NO_CLIENT = 0;
/** A check makes a handful of requests; a client's own budget does not apply to it. */
const CHECK_REQUESTS_PER_MINUTE = 600;

/** What an administrator does with clients: the registry, with the connection tried first and every write remembered. */
@Injectable()
export class ClientAdminService {
  constructor(
    private readonly clients: ClientsService,
    private readonly connections: ConnectionCheckService,
    private readonly keys: ApiKeysService,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws UnprocessableError whose code says why the connection does not work; nothing is stored then */
  async create(input: NewClient, verify: boolean, actor: string): Promise<StoredClient> {
    const target = {
      clientId: NO_CLIENT,
      baseUrl: input.n8nBaseUrl,
      apiKey: input.n8nApiKey,
      requestsPerMinute: CHECK_REQUESTS_PER_MINUTE,
    };
    const connection = verify ? await this.connections.check(target) : null;
    const client = await this.clients.create(input);
    await this.connections.remember(client.id, connection);
    await this.audit.record(actor, 'client.create', targetOf(client.id), { ...wireNames(input), verified: verify });
    return { client, connection };
  }

  /** A new address or key is tried before it is stored. @throws UnprocessableError as `create` does */
  async patch(clientId: number, changes: ClientChanges, verify: boolean, actor: string): Promise<StoredClient> {
    const reconnects = changes.n8nBaseUrl !== undefined || changes.n8nApiKey !== undefined;
    const connection = verify && reconnects ? await this.connections.check(await this.targetWith(clientId, changes)) : null;
    const client = await this.clients.patch(clientId, changes);
    if (reconnects) await this.connections.remember(clientId, connection);
    await this.jobs.enqueue({ name: JOB.applyConfiguration, clientId });
    await this.audit.record(actor, 'client.update', targetOf(clientId), { ...wireNames(changes), verified: connection !== null });
    return { client, connection };
  }

  /** Gone at once for everyone, keys bound to it included. @returns the job that erases its rows */
  async remove(clientId: number, actor: string): Promise<string> {
    await this.clients.remove(clientId);
    const revokedKeys = await this.keys.revokeOfClient(clientId);
    const { jobId } = await this.jobs.enqueue({ name: JOB.eraseClient, clientId });
    await this.audit.record(actor, 'client.delete', targetOf(clientId), { job_id: jobId, revoked_keys: revokedKeys });
    return jobId;
  }

  async verify(clientId: number, actor: string): Promise<ConnectionReport> {
    const report = await this.connections.check(await this.clients.target(clientId));
    await this.connections.remember(clientId, report);
    await this.audit.record(actor, 'client.verify', targetOf(clientId));
    return report;
  }

  /** The stored key is not opened when a new one comes: it may be unreadable, which is why a new one comes. */
  private async targetWith(clientId: number, { n8nBaseUrl, n8nApiKey }: ClientChanges): Promise<ClientTarget> {
    if (n8nApiKey === undefined) {
      const target = await this.clients.target(clientId);
      return { ...target, baseUrl: n8nBaseUrl ?? target.baseUrl };
    }
    const client = await this.clients.get(clientId);
    return { clientId, baseUrl: n8nBaseUrl ?? client.n8nBaseUrl, apiKey: n8nApiKey, requestsPerMinute: client.requestsPerMinute };
  }
}

function targetOf(clientId: number): string {
  return `client:${clientId}`;
}

/** Audit events name fields as the API does. */
function wireNames(input: ClientChanges): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}
