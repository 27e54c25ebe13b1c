import { Body, Controller, Delete, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ApiKey,
  ApiKeyRequired,
  ApiKeysService,
  AuditService,
  CurrentPrincipal,
  type Principal,
  Roles,
} from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { ApiProblems, type Page, PageQueryDto, type Plain } from '../../common/index.js';
import { ApiKeyDto, ApiKeyPageDto, ApiKeyPathDto, CreateApiKeyDto, NewApiKeyDto } from './api-key.dto.js';

/** Who may use the API. */
@ApiTags('API keys')
@ApiKeyRequired()
@Roles('admin')
@Controller('admin/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Make an API key',
    description: 'The key is shown in this answer and never again. A viewer may be bound to one client, which must exist.',
  })
  @ApiProblems(404)
  async create(@Body() body: CreateApiKeyDto, @CurrentPrincipal() principal: Principal): Promise<NewApiKeyDto> {
    const clientId = body.client_id ?? null;
    if (clientId !== null) await this.clients.get(clientId);
    const expiresAt = typeof body.expires_at === 'string' ? new Date(body.expires_at) : null;
    const { apiKey, key } = await this.keys.create({ name: body.name, role: body.role, clientId, expiresAt });
    const details = { name: apiKey.name, role: apiKey.role, client_id: clientId, expires_at: expiresAt };
    await this.audit.record(principal.actor, 'api-key.create', `api-key:${apiKey.id}`, details);
    return toNewKeyDto(apiKey, key);
  }

  @Get()
  @ApiOperation({
    operationId: 'listApiKeys',
    summary: 'List the API keys',
    description: 'By id, revoked and expired ones too; the keys themselves are not stored.',
  })
  async list(@Query() query: PageQueryDto): Promise<ApiKeyPageDto> {
    return toPageDto(await this.keys.list(query.limit, query.cursor));
  }

  @Delete(':id')
  @ApiOperation({
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'It stops working with the next request, on every replica. Revoking twice changes nothing.',
  })
  @ApiProblems([404, { code: 'api_key_not_found', detail: 'There is no API key 3.' }])
  async revoke(@Param() path: ApiKeyPathDto, @CurrentPrincipal() principal: Principal): Promise<ApiKeyDto> {
    const key = await this.keys.revoke(path.id);
    await this.audit.record(principal.actor, 'api-key.revoke', `api-key:${key.id}`, { name: key.name });
    return toApiKeyDto(key);
  }
}

function toPageDto(page: Page<ApiKey>): Plain<ApiKeyPageDto> {
  return { items: page.items.map(toApiKeyDto), next_cursor: page.nextCursor };
}

function toNewKeyDto(apiKey: ApiKey, key: string): Plain<NewApiKeyDto> {
  return { ...toApiKeyDto(apiKey), key };
}

function toApiKeyDto(key: ApiKey): Plain<ApiKeyDto> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    client_id: key.clientId,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}
