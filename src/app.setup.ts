import helmet from '@fastify/helmet';
import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { type Logger } from 'pino';
import { Registry } from 'prom-client';
import { AppModule } from './app.module.js';
import {
  AppLogger,
  boundRequests,
  compressAnswers,
  createFastifyAdapter,
  createLogger,
  limitUrls,
  logRequests,
  measureRequests,
  NotFoundError,
  pathOf,
  REQUEST_ID_HEADER,
  sendProblem,
  tagRequests,
  serveOpenApi,
  toProblem,
} from './common/index.js';
import { APP_CONFIG, type AppConfig } from './config/index.js';
import { DatabaseLoad } from './database/index.js';
import { limitRequests } from './rate-limit/index.js';

const STOP_WITHIN_MS = 10_000;
const DAY_SECONDS = 86_400;

/**
 * The application on a database whose schema is up to date, ready to listen. The caller closes it.
 * @param logger a pino logger; its lines go to stdout when left out
 */
export async function createApp(
  config: AppConfig,
  databaseUrl: string,
  logger = createLogger(config.logLevel),
): Promise<NestFastifyApplication> {
  const adapter = createFastifyAdapter({ trustProxy: config.trustProxy, logger });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(config, databaseUrl), adapter, {
    logger: new AppLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  logRequests(app.getHttpAdapter().getInstance(), logger);
  await setupApp(app);
  return app;
}

/** Everything about HTTP that is not a module: prefix, headers, CORS, documentation. Used by `createApp` and by tests alike. */
export async function setupApp(app: NestFastifyApplication): Promise<void> {
  const config = app.get<AppConfig>(APP_CONFIG);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  tagRequests(fastify);
  measureRequests(fastify, app.get(Registry, { strict: false }));
  const load = app.get(DatabaseLoad, { strict: false });
  boundRequests(fastify, () => load.overloaded);
  if (config.role === 'worker') serveProbesOnly(fastify);
  prefixRoutes(app);
  await app.register(helmet, { contentSecurityPolicy: { directives: contentSecurityPolicy }, frameguard: { action: 'deny' } });
  if (config.corsOrigins.length > 0) enableCors(app, config.corsOrigins);
  await compressAnswers(app);
  limitUrls(fastify);
  if (config.role !== 'worker') await limitRequests(app, config.rateLimitPerMinute);
  if (config.role !== 'worker') serveOpenApi(app);
}

/** Everything stands below `/api/v1` but what orchestrators ask for. */
export function prefixRoutes(app: INestApplication): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'health/*path', 'metrics'] });
}

/** What Swagger UI needs and no more; not upgraded to https, because the service itself speaks http. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

/** A worker answers probes and Prometheus; for everything else there are replicas with role `api`. */
function serveProbesOnly(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request.url);
    if (path === '/health' || path.startsWith('/health/') || path === '/metrics') {
      done();
      return;
    }
    const error = new NotFoundError('route_not_found', 'This replica has the role worker and serves only /health and /metrics.');
    sendProblem(reply, toProblem(error, { requestId: request.id, instance: path }));
  });
}

function enableCors(app: NestFastifyApplication, origins: readonly string[]): void {
  app.enableCors({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'X-API-Key', 'Content-Type', 'Accept', 'If-None-Match', 'X-Request-Id'],
    exposedHeaders: [
      'ETag',
      'Last-Modified',
      'X-Synced-At',
      'X-Cache',
      'X-Request-Id',
      'Location',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'X-Next-Cursor',
      'Content-Disposition',
    ],
    maxAge: DAY_SECONDS,
  });
}

/** Listens and says where. */
export async function listen(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const { port, host, role } = app.get<AppConfig>(APP_CONFIG);
  await app.listen(port, host);
  const url = await app.getUrl();
  logger.info(
    role === 'worker' ? `worker is running; probes at ${url}/health` : `listening on ${url}, Swagger UI at ${url}/docs`,
  );
}

/** Closes with the signal as the reason, which Nest gives to the hooks but leaves out of its types. */
export async function closeFor(app: { close: (signal?: string) => Promise<void> }, signal: NodeJS.Signals): Promise<void> {
  await app.close(signal);
}

/**
 * SIGTERM and SIGINT stop the service: `close` runs and the process ends with 0, after 10 s with 1.
 */
export function stopOnSignals(close: (signal: NodeJS.Signals) => Promise<void>, logger: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // npm passes Ctrl-C on a second time; a stop cut short would leave the embedded database running.
    if (stopping) return;
    stopping = true;
    logger.info(`${signal}: stopping`);
    setTimeout(() => {
      logger.error(`not stopped within ${STOP_WITHIN_MS / 1000} s`);
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    try {
      await close(signal);
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.error({ msg: 'stopping failed', err: error });
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, (received) => void stop(received));
}
