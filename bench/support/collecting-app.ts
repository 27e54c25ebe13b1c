import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.setup.js';
import { ClientsService } from '../../src/clients/index.js';
import { CollectorService, ConnectionCheckService } from '../../src/collector/index.js';
import { loadConfig } from '../../src/config/index.js';
import { type BenchContext } from '../benchmark.js';
import { type BenchDatabase } from './bench-server.js';

/** More than any collection needs: the instances are ours and need no protection from us. */
export const REQUESTS_PER_MINUTE = 60_000;

/** An n8n, real or simulated. */
export interface Instance {
  baseUrl: string;
  apiKey: string;
}

/** The service inside this process with nothing that acts on its own. */
export interface CollectingApp {
  app: NestFastifyApplication;
  /** Of its database. */
  url: string;
  dataSource: DataSource;
  close: () => Promise<void>;
}

/** The application as `npm start` makes it, role `api`, on a database whose schema is up to date. Keeps executions of any age. */
export async function startCollectingApp(
  { url }: BenchDatabase,
  dataDir: string,
  cleanup: BenchContext['cleanup'],
): Promise<CollectingApp> {
  const config = loadConfig({
    DATA_DIR: dataDir,
    ROLE: 'api',
    PORT: '0',
    LOG_LEVEL: 'error',
    RATE_LIMIT_PER_MINUTE: '0',
    CLEANUP_RETENTION_DAYS: '3650',
  });
  const app = await createApp(config, url);
  const close = cleanup.add('the service', () => app.close());
  await app.init();
  return { app, url, dataSource: app.get(DataSource), close };
}

/** A new client with the budget switched off. @returns its id */
export async function createClient({ app }: CollectingApp, name: string, instance: Instance): Promise<number> {
  const { id } = await app.get(ClientsService, { strict: false }).create({
    name,
    n8nBaseUrl: instance.baseUrl,
    n8nApiKey: instance.apiKey,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });
  return id;
}

/** The same with its connection tried, as `POST /clients` does. @returns its id */
export async function addClient(app: CollectingApp, name: string, { baseUrl, apiKey }: Instance): Promise<number> {
  const id = await createClient(app, name, { baseUrl, apiKey });
  const connections = app.app.get(ConnectionCheckService, { strict: false });
  const target = { clientId: id, baseUrl, apiKey, requestsPerMinute: REQUESTS_PER_MINUTE };
  await connections.remember(id, await connections.check(target));
  return id;
}

/**
 * Syncs a client until its lists are stored: everything but the failures' details, which are a stream of their own.
 * @returns milliseconds from the first request to the last row
 */
export async function syncLists({ app }: CollectingApp, clientId: number): Promise<number> {
  const collector = app.get(CollectorService, { strict: false });
  const startedAt = performance.now();
  for (;;) {
    const stop = new AbortController();
    const stored: { at?: number } = {};
    const listsStored = (): Promise<void> => {
      stored.at = performance.now();
      stop.abort(new Error('the lists are stored'));
      return Promise.resolve();
    };
    const context = { signal: stop.signal, progress: () => Promise.resolve(), listsStored };
    const more = await collector.sync(clientId, context).then(
      (outcome) => outcome.more,
      (error: unknown) => {
        if (stored.at === undefined) throw error;
        return false;
      },
    );
    if (!more) return (stored.at ?? performance.now()) - startedAt;
  }
}
