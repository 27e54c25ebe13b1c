// `npm run demo`: the whole service on this machine with nothing installed: an embedded PostgreSQL, three simulated n8n instances
// with 60 days of history each, their collection and rollups, and lines to paste.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  generateHistory,
  SimulatedInstance,
  type SimulatedN8n,
  type SimulatedVersion,
  startLiveTraffic,
  startSimulatedN8n,
} from '../simulator/index.js';
import { ConfigError } from '../src/config/index.js';
import { Api } from './support/api.js';
import { type RunningService, startService } from './support/service.js';

interface DemoClient {
  name: string;
  version: SimulatedVersion;
  timezone: string;
  executions: number;
}

const CLIENTS: DemoClient[] = [
  { name: 'Northwind Agency', version: '2.40', timezone: 'Europe/Berlin', executions: 9_000 },
  { name: 'Contoso Platform', version: '2.4', timezone: 'America/New_York', executions: 6_000 },
  { name: 'Fabrikam Legacy', version: '1.100', timezone: 'Asia/Kathmandu', executions: 3_000 },
];
const DAYS = 60;
const LIVE_PER_MINUTE = 6;
const SYNC_TIMEOUT_MS = 5 * 60_000;
/** The simulated instances are ours: they need no protection from us. */
const REQUESTS_PER_MINUTE = 60_000;

const startedAt = Date.now();
const say = (text: string): void => {
  console.error(`[demo ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}`);
};

/** Whether the port is free on this machine. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** Environment of the demo: what the caller gave counts; else it has a database of its own, which goes when it ends. */
async function demoEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { PORT: givenPort, DATA_DIR: givenDir, ADMIN_API_KEY: givenKey, LOG_LEVEL: givenLevel } = process.env;
  const dataDir = givenDir ?? mkdtempSync(join(tmpdir(), 'flowmastery-demo-'));
  if (givenDir === undefined) chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter it
  let port = givenPort ?? '3000';
  if (givenPort === undefined && !(await isFree(3000))) {
    port = '0';
    say('port 3000 is taken, so another one is used (give PORT to choose it)');
  }
  return {
    DATA_DIR: dataDir,
    PORT: port,
    LOG_LEVEL: givenLevel ?? 'error',
    METRICS_SYNC_INTERVAL_MINUTES: '1',
    ...(givenKey === undefined ? {} : { ADMIN_API_KEY: givenKey }),
  };
}

async function startInstance(client: DemoClient): Promise<SimulatedN8n> {
  const instance = new SimulatedInstance({ version: client.version, name: client.name, seed: client.name });
  generateHistory(instance, { count: client.executions, days: DAYS, seed: client.name });
  const server = await startSimulatedN8n(instance);
  say(
    `${client.name}: a simulated n8n ${client.version} with ${client.executions} executions of ${DAYS} days at ${server.baseUrl}`,
  );
  return server;
}

/** Registers a client (again, when an earlier demo left it in the same DATA_DIR) and copies all of its history. */
async function collect(api: Api, client: DemoClient, server: SimulatedN8n): Promise<number> {
  const earlier = (await api.all<{ id: number; name: string }>('/clients')).find(({ name }) => name === client.name);
  if (earlier !== undefined) await api.delete(`/clients/${earlier.id}`);
  const { id } = await api.post<{ id: number }>('/clients', {
    name: client.name,
    n8n_base_url: server.baseUrl,
    n8n_api_key: server.apiKey,
    timezone: client.timezone,
    requests_per_minute: REQUESTS_PER_MINUTE,
  });
  await api.post(`/metrics/admin/sync/${id}`);
  await api.collected(id, SYNC_TIMEOUT_MS, (text) => {
    say(`${client.name}: ${text}`);
  });
  return id;
}

function block(service: RunningService, clientId: number): string {
  const base = `${service.url}/api/v1`;
  const key = service.config.adminApiKey;
  const curl = (path: string): string => `curl -s -H 'Authorization: Bearer ${key}' '${base}${path}'`;
  return [
    '',
    '='.repeat(100),
    'FlowMastery Metrics is running with three demo clients. Ctrl-C stops it.',
    '',
    `  Swagger UI   ${service.url}/docs   (Authorize with the key below)`,
    `  Admin key    ${key}`,
    '',
    'Paste these:',
    '',
    `  ${curl('/metrics/all')}`,
    '',
    `  ${curl(`/metrics/client/${clientId}/historical?period_type=weekly`)}`,
    '',
    `  ${curl(`/metrics/client/${clientId}/executions?status=error&limit=5`)}`,
    '='.repeat(100),
    '',
  ].join('\n');
}

/** Another signal changes nothing: npm passes Ctrl-C on a second time, and a stop cut short would leave a database running. */
function onceStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

async function main(): Promise<void> {
  const stopped = onceStopped();
  const env = await demoEnvironment();
  const servers: SimulatedN8n[] = [];
  let service: RunningService | undefined;
  try {
    say('starting PostgreSQL and the service ...');
    service = await startService(env, say);
    const api = new Api(service.url, service.config.adminApiKey);
    const collections: Promise<number>[] = [];
    for (const client of CLIENTS) {
      const server = await startInstance(client);
      servers.push(server);
      collections.push(collect(api, client, server));
    }
    const ids = await Promise.all(collections);
    for (const server of servers) startLiveTraffic(server.instance, { perMinute: LIVE_PER_MINUTE });
    console.log(block(service, ids[0] ?? 1));
    say(`${await stopped}: stopping ...`);
  } finally {
    await service?.close();
    await Promise.all(servers.map((server) => server.close()));
    if (process.env.DATA_DIR === undefined && env.DATA_DIR !== undefined) rmSync(env.DATA_DIR, { recursive: true, force: true });
  }
  say('stopped');
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
