// `npm run openapi`: writes what callers build on from the code: docs/openapi.json and the types of the typed client in test/client.
// Needs no database. With `-- --check` nothing is written: it ends with 1 when a file is not what the code says.
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { AppModule } from '../src/app.module.js';
import { prefixRoutes } from '../src/app.setup.js';
import { createFastifyAdapter, createLogger, openApiDocument } from '../src/common/index.js';
import { loadConfig } from '../src/config/index.js';

const root = resolve(import.meta.dirname, '../..');
const HEADER = '// Made by `npm run openapi` from docs/openapi.json.\n';
/** Nothing connects to it: in Nest's preview mode there are routes but no providers. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/nothing';

async function describe(): Promise<string> {
  const config = loadConfig({
    DATABASE_URL: NOWHERE,
    ADMIN_API_KEY: 'only-to-read-the-routes-with',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  });
  const adapter = createFastifyAdapter({ trustProxy: false, logger: createLogger('silent') });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(config, NOWHERE), adapter, {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  prefixRoutes(app);
  const document = openApiDocument(app);
  await app.close();
  return `${JSON.stringify(document, null, 2)}\n`;
}

const document = await describe();
const files = {
  'docs/openapi.json': document,
  'test/client/openapi.types.ts': HEADER + astToString(await openapiTypescript(document)),
};
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} is not what the code says: run \`npm run openapi\``);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.error(`wrote ${name}`);
  }
}
