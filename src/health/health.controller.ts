import { Controller, Get, HttpStatus, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { type FastifyReply } from 'fastify';
import { Public } from '../auth/index.js';
import { BackgroundProbes } from './background-probes.service.js';
import { HealthProbes } from './health-probes.service.js';
import { type Finding, probe } from './probe.js';
import { LivenessDto } from './liveness.dto.js';

const CRITICAL = { timeoutMs: 2_000, otherwise: 'down' } as const;
const DETAIL = { timeoutMs: 2_000, otherwise: 'degraded' } as const;

type Check = () => Promise<HealthIndicatorResult>;

/** Probes for orchestrators and people. They need no key and stand at the root. */
@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly probes: HealthProbes,
    private readonly background: BackgroundProbes,
  ) {}

  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Is the process alive?',
    description: 'Asks nothing but the process itself: when this fails, only a restart helps.',
  })
  live(): LivenessDto {
    return { status: 'ok', uptime_seconds: Math.round(process.uptime()) };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'May requests be sent here?',
    description:
      'The database answers and its schema is at least that of this build; the process is not shutting down; one that works ' +
      'takes jobs. The cache does not count. 503 says what is missing.',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    return this.answer(this.essentials(), reply);
  }

  @Get('startup')
  @HealthCheck()
  @ApiOperation({
    operationId: 'getStartup',
    summary: 'Has the service started?',
    description: 'The same as `ready`, for the time after the start.',
  })
  async startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    return this.answer(this.essentials(), reply);
  }

  @Get()
  @HealthCheck()
  @ApiOperation({
    operationId: 'getHealth',
    summary: 'How is everything?',
    description:
      'Database, cache, queue, ticks of the scheduler and how fresh the data of the clients is. `degraded` (200): it serves, ' +
      'but somebody should look; `error` (503): it cannot serve. Each part says why.',
  })
  async detail(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    const checks = [
      this.check('process', () => this.probes.staying(), CRITICAL),
      this.check('database', () => this.probes.database(), CRITICAL),
      this.check('cache', () => this.probes.cache(), DETAIL),
      this.check('queue', () => this.background.queue(), DETAIL),
      this.check('scheduler', () => this.background.scheduler(), DETAIL),
      this.check('sync', () => this.background.sync(), DETAIL),
    ];
    return this.answer(checks, reply);
  }

  private essentials(): Check[] {
    return [
      this.check('process', () => this.probes.staying(), CRITICAL),
      this.check('database', () => this.probes.database(), CRITICAL),
      this.check('queue', () => this.probes.consuming(), CRITICAL),
    ];
  }

  private check(key: string, work: () => Promise<Finding>, limits: Parameters<typeof probe>[1]): Check {
    return async () => {
      const found = await probe(work, limits);
      const session = this.indicators.check(key);
      if (found.status === 'up') return session.up(found.data ?? {});
      const data = { ...found.data, cause: found.cause };
      return found.status === 'down' ? session.down(data) : session.degraded(data);
    };
  }

  /** The body that Terminus gives, also with 503, where it would become a problem document. */
  private async answer(checks: Check[], reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.terminus.check(checks);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
      return error.getResponse() as HealthCheckResult;
    }
  }
}
