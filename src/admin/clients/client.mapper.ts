import { type Client, type ClientChanges, type NewClient } from '../../clients/index.js';
import { type ConnectionReport } from '../../collector/index.js';
import { type Page, type Plain } from '../../common/index.js';
import { type StoredClient } from './client-admin.service.js';
import {
  type CapabilitiesDto,
  type ClientDeletionDto,
  type ClientDto,
  type ClientPageDto,
  type ConnectionDto,
  type StoredClientDto,
  type VerificationDto,
} from './client.dto.js';
import { type CreateClientDto, type UpdateClientDto } from './client-input.dto.js';

/** Domain to wire. */
export function toClientDto(client: Client): Plain<ClientDto> {
  return {
    id: client.id,
    name: client.name,
    n8n_base_url: client.n8nBaseUrl,
    timezone: client.timezone,
    week_starts_on: client.weekStartsOn,
    enabled: client.enabled,
    sync_interval_minutes: client.syncIntervalMinutes,
    requests_per_minute: client.requestsPerMinute,
    config_version: client.configVersion,
    created_at: client.createdAt.toISOString(),
    updated_at: client.updatedAt.toISOString(),
  };
}

/** Domain to wire. */
export function toClientPageDto(page: Page<Client>): Plain<ClientPageDto> {
  return { items: page.items.map(toClientDto), next_cursor: page.nextCursor };
}

/** Domain to wire. */
export function toConnectionDto({ capabilities, keyExpiresAt, topExecutionId }: ConnectionReport): Plain<ConnectionDto> {
  return {
    capabilities: toCapabilitiesDto(capabilities),
    key_expires_at: keyExpiresAt?.toISOString() ?? null,
    newest_execution_id: topExecutionId,
  };
}

function toCapabilitiesDto(capabilities: ConnectionReport['capabilities']): Plain<CapabilitiesDto> {
  return {
    status_in_list: capabilities.statusInList,
    running_list: capabilities.runningList,
    waiting_list: capabilities.waitingList,
    started_after: capabilities.startedAfter,
    max_limit: capabilities.maxLimit,
    insights: capabilities.insights,
    page_size: capabilities.pageSize,
    undetermined: capabilities.undetermined ?? false,
  };
}

/** Domain to wire. */
export function toStoredClientDto({ client, connection }: StoredClient): Plain<StoredClientDto> {
  return { ...toClientDto(client), connection: connection === null ? null : toConnectionDto(connection) };
}

/** Domain to wire. */
export function toVerificationDto(clientId: number, checkedAt: Date, report: ConnectionReport): Plain<VerificationDto> {
  return { client_id: clientId, checked_at: checkedAt.toISOString(), ...toConnectionDto(report) };
}

/** Domain to wire. */
export function toDeletionDto(clientId: number, jobId: string): Plain<ClientDeletionDto> {
  return { client_id: clientId, job_id: jobId, job_url: `/api/v1/metrics/admin/jobs/${jobId}` };
}

/** Wire to domain. */
export function toNewClient(body: CreateClientDto): NewClient {
  return { ...settings(body), name: body.name, n8nBaseUrl: body.n8n_base_url, n8nApiKey: body.n8n_api_key };
}

/** Wire to domain. */
export function toClientChanges(body: UpdateClientDto): ClientChanges {
  return { ...settings(body), name: body.name, n8nBaseUrl: body.n8n_base_url, n8nApiKey: body.n8n_api_key };
}

function settings(body: Plain<UpdateClientDto>): Omit<ClientChanges, 'name' | 'n8nBaseUrl' | 'n8nApiKey'> {
  return {
    timezone: body.timezone,
    weekStartsOn: body.week_starts_on,
    enabled: body.enabled,
    syncIntervalMinutes: body.sync_interval_minutes,
    requestsPerMinute: body.requests_per_minute,
  };
}
