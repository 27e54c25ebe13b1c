import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyRequired, CurrentPrincipal, type Principal, Roles } from '../../auth/index.js';
import { ClientsService } from '../../clients/index.js';
import { ApiProblems, Clock, PageQueryDto } from '../../common/index.js';
import { ClientAdminService } from './client-admin.service.js';
import { CreateClientDto, UpdateClientDto } from './client-input.dto.js';
import { ClientPathDto, VerifyQueryDto } from './client-request.dto.js';
import { ClientDeletionDto, ClientDto, ClientPageDto, StoredClientDto, VerificationDto } from './client.dto.js';
import {
  toClientChanges,
  toClientDto,
  toClientPageDto,
  toDeletionDto,
  toNewClient,
  toStoredClientDto,
  toVerificationDto,
} from './client.mapper.js';

/** The registry of n8n instances. */
@ApiTags('Clients')
@ApiKeyRequired()
@Roles('admin')
@Controller('clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly admin: ClientAdminService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'createClient',
    summary: 'Add a client',
    description:
      'Stores an n8n instance; its first collection begins within a minute. The connection is tried first: 422 says what is ' +
      'wrong (`dns`, `refused`, `tls`, `timeout`, `not_n8n`, `bad_key`, `forbidden`, `blocked_address`) and nothing is stored.',
  })
  @ApiProblems(409, 422)
  async create(
    @Body() body: CreateClientDto,
    @Query() query: VerifyQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<StoredClientDto> {
    return toStoredClientDto(await this.admin.create(toNewClient(body), query.verify, principal.actor));
  }

  @Get()
  @ApiOperation({
    operationId: 'listClients',
    summary: 'List the clients',
    description: 'By id, deleted ones left out.',
  })
  async list(@Query() query: PageQueryDto): Promise<ClientPageDto> {
    return toClientPageDto(await this.clients.list(query.limit, query.cursor));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'getClient',
    summary: 'One client',
    description: 'Its settings; the n8n key is never returned.',
  })
  @ApiProblems(404)
  async get(@Param() path: ClientPathDto): Promise<ClientDto> {
    return toClientDto(await this.clients.get(path.id));
  }

  @Patch(':id')
  @ApiOperation({
    operationId: 'updateClient',
    summary: 'Change a client',
    description:
      'Fields that are left out stay. A new address or key is tried first, as at creation. A new time zone or week start ' +
      'recomputes the figures in the background as far as raw data reaches.',
  })
  @ApiProblems(404, 409, 422)
  async patch(
    @Param() path: ClientPathDto,
    @Body() body: UpdateClientDto,
    @Query() query: VerifyQueryDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<StoredClientDto> {
    return toStoredClientDto(await this.admin.patch(path.id, toClientChanges(body), query.verify, principal.actor));
  }

  @Delete(':id')
  @HttpCode(202)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'deleteClient',
    summary: 'Delete a client',
    description: 'The client is 404 at once and its keys are revoked; a job erases its rows and proves it.',
  })
  @ApiProblems(404)
  async remove(@Param() path: ClientPathDto, @CurrentPrincipal() principal: Principal): Promise<ClientDeletionDto> {
    return toDeletionDto(path.id, await this.admin.remove(path.id, principal.actor));
  }

  @Post(':id/verify')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'verifyClient',
    summary: 'Try the connection now',
    description: 'Asks the instance what it can do and whether the key suffices; 422 says what is wrong, as at creation.',
  })
  @ApiProblems(404, 422)
  async verify(@Param() path: ClientPathDto, @CurrentPrincipal() principal: Principal): Promise<VerificationDto> {
    const report = await this.admin.verify(path.id, principal.actor);
    return toVerificationDto(path.id, this.clock.now(), report);
  }
}
