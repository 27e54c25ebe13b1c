// One replica of the built service, without HTTP and jobs, for a test that kills it: `node replica-child.mjs <database url>`.
// The parent says what to do and what time it is; waiting between tries only moves the clock of the requests to n8n.
import 'reflect-metadata';
import { setImmediate as breathe } from 'node:timers/promises';

const built = (room) => import(new URL(`../../dist/src/${room}/index.js`, import.meta.url).href);
const { NestFactory } = await import('@nestjs/core');
const { AggregatorModule, AggregatorService } = await built('aggregator');
const { ClientsModule, ClientsService } = await built('clients');
const { CollectorModule, CollectorService } = await built('collector');
const { Clock, ClockModule } = await built('common');
const { ConfigModule, loadConfig } = await built('config');
const { DatabaseModule } = await built('database');
const { N8nClientModule } = await built('n8n-client');
const { ProductionFilterModule } = await built('production-filter');

const COMMAND_LIMIT_MS = 20_000;
const [, , url] = process.argv;
let at = 0;
let waited = 0;

/** Generous for an answer on a busy machine, short for one that never comes. */
const manners = {
  userAgentVersion: 'chaos',
  allowPrivateNetworks: true,
  listTimeoutMs: 400,
  detailTimeoutMs: 400,
  clock: { now: () => new Date(at + waited) },
  sleep: async (ms) => {
    waited += ms;
    await breathe();
  },
  random: () => 0.5,
};

const config = loadConfig({
  ROLE: 'worker',
  LOG_LEVEL: 'silent',
  DATABASE_URL: url,
  DATABASE_POOL_SIZE: '4',
  ADMIN_API_KEY: 'the-admin-key-of-the-chaos-test',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
});
const root = {
  module: class Root {},
  imports: [
    ConfigModule.forRoot(config),
    DatabaseModule.forRoot(url),
    ClockModule,
    ClientsModule,
    N8nClientModule.forRoot(manners),
    ProductionFilterModule.forRoot(config.ruleDefaults),
    CollectorModule,
    AggregatorModule,
  ],
};
const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
Object.assign(app.get(Clock), { now: () => new Date(at) });

const commands = {
  connect: async ({ client }) => (await app.get(ClientsService).create(client)).id,
  sync: ({ clientId, full }) =>
    app.get(CollectorService).sync(clientId, {
      signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
      progress: () => Promise.resolve(),
      full,
    }),
  rollup: ({ clientId }) => app.get(AggregatorService).recomputeAll(clientId, AbortSignal.timeout(COMMAND_LIMIT_MS)),
};

process.on('message', async ({ id, now, name, ...rest }) => {
  at = now;
  try {
    process.send({ id, result: await commands[name](rest) });
  } catch (error) {
    const { name: kind, code = null, message, stack } = error;
    process.send({ id, error: { name: kind, code, message, stack } });
  }
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
