import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DestinationStream } from 'pino';
import { createApp } from '../../src/app.setup.js';
import { createLogger } from '../../src/common/index.js';
import { type AppConfig, loadConfig } from '../../src/config/index.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { UNLIMITED } from './unlimited.js';

/** The whole application on a database of its own, listening on a free port. */
export interface TestApp {
  app: NestFastifyApplication;
  config: AppConfig;
  database: TestDatabase;
  url: string;
  close: () => Promise<void>;
}

/**
 * Role `api` by default: no schedule and no worker acts on its own, the test drives everything.
 * @param log takes the log lines; stdout when left out
 */
export async function startTestApp(env: Record<string, string> = {}, log?: DestinationStream): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-app-'));
  const config = loadConfig({ DATA_DIR: dataDir, ROLE: 'api', PORT: '0', LOG_LEVEL: 'error', ...UNLIMITED, ...env });
  const app = await createApp(config, database.url, createLogger(config.logLevel, log));
  await app.listen(0, '127.0.0.1');
  const close = async (): Promise<void> => {
    await app.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { app, config, database, url: await app.getUrl(), close };
}
