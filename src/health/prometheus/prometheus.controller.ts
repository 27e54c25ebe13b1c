import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import {
  Access,
  ApiKeyRequired,
  assertSeesAllClients,
  CurrentPrincipal,
  OpenToMetricsToken,
  type Principal,
} from '../../auth/index.js';
import { DatabaseGauges } from './database-gauges.js';

const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

const EXAMPLE = `# HELP flowmastery_database_up 1 when the database answered this scrape; at 0 the figures it holds are left out.
# TYPE flowmastery_database_up gauge
flowmastery_database_up 1
`;

/** Figures for Prometheus; stands at the root, on every role. */
@ApiTags('Health')
@Access('all-clients')
@ApiKeyRequired()
@Controller('metrics')
export class PrometheusController {
  constructor(
    private readonly registry: Registry,
    private readonly database: DatabaseGauges,
  ) {}

  @Get()
  @OpenToMetricsToken()
  @Header('Content-Type', TEXT_FORMAT)
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/plain')
  @ApiOperation({
    operationId: 'getPrometheusFigures',
    summary: 'Figures for Prometheus',
    description:
      'This process and, from the database, all clients, in the text format of Prometheus. For admin keys, viewers of all ' +
      'clients, and the token of `METRICS_TOKEN`, which works without the database. A database that is away leaves its figures ' +
      'out and sets `flowmastery_database_up` to 0.',
  })
  @ApiOkResponse({
    description: 'Figures in the text format, version 0.0.4.',
    content: { 'text/plain': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  async scrape(@CurrentPrincipal() principal: Principal): Promise<string> {
    assertSeesAllClients(principal);
    await this.database.refresh();
    return this.registry.metrics();
  }
}
