// The service in a process of its own, with a bare route beside its own ones: the same hooks and the same log, and nothing else.
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, type Logger as QueryLogger } from 'typeorm';
import { createApp } from '../src/app.setup.js';
import { AppCache } from '../src/cache/index.js';
import { loadConfig } from '../src/config/index.js';
import { ClientMoments } from '../src/metrics/client-moments.js';
import { BARE_PATH, type ServiceRequest, type Statement } from './api/messages.js';
import { answerAll } from './support/child.js';

let app: NestFastifyApplication | undefined;
let bare = Buffer.alloc(0);
/** By connection: what several of them do at once is done one after the other when it is repeated on one. */
let statements = new Map<unknown, Statement[]>();

/** Notes what is sent to the database. */
const recorder: QueryLogger = {
  logQuery: (sql, parameters, runner) => {
    const known = statements.get(runner) ?? [];
    known.push({ sql, parameters: Array.isArray(parameters) ? parameters : [] });
    statements.set(runner, known);
  },
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

async function start(env: Record<string, string>, databaseUrl: string): Promise<number> {
  app = await createApp(loadConfig(env), databaseUrl);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(BARE_PATH, (_, reply) => reply.type('application/json; charset=utf-8').send(bare));
  await app.listen(0, '127.0.0.1');
  return Number(new URL(await app.getUrl()).port);
}

async function forget(service: NestFastifyApplication): Promise<void> {
  service.get(ClientMoments, { strict: false }).forget();
  await service.get(AppCache, { strict: false }).clear();
}

async function answer(request: ServiceRequest): Promise<unknown> {
  if (request.kind === 'start') return start(request.env, request.databaseUrl);
  if (app === undefined) throw new Error('it is not started');
  switch (request.kind) {
    case 'bare':
      bare = Buffer.from(request.bytes);
      return null;
    case 'forget':
      await forget(app);
      return null;
    case 'record':
      await forget(app);
      app.get(DataSource).setOptions({ logging: ['query'], logger: recorder });
      statements = new Map();
      return null;
    case 'recorded':
      app.get(DataSource).setOptions({ logging: false });
      return [...statements.values()].flat();
  }
}

answerAll(answer, async () => app?.close());
