import { NestFactory } from '@nestjs/core';
import { AuditService, AuthModule } from '../../src/auth/index.js';
import { ClientsModule, ClientsService, type Resealed } from '../../src/clients/index.js';
import { ClockModule } from '../../src/common/index.js';
import { type AppConfig, ConfigModule, forgetOldKeys, loadConfig, replaceStoredKey } from '../../src/config/index.js';
import { DatabaseModule, openDatabase } from '../../src/database/index.js';

/**
 * Seals every n8n key with the current key. A key that was generated into `DATA_DIR` is replaced by a new one first; it is kept
 * beside it until nothing needs it any more, so that a crash in between loses nothing.
 * @throws Error when the embedded database is in use: the service that runs knows only the old key
 */
export async function rotateKeys(env: NodeJS.ProcessEnv, say: (text: string) => void): Promise<Resealed> {
  const given = loadConfig(env);
  const database = await openDatabase(given, say);
  try {
    if (!given.encryptionKeyIsStored) return await reseal(given, database.url);
    replaceStoredKey(given.dataDir);
    const done = await reseal(loadConfig(env), database.url);
    if (done.unreadable.length === 0) forgetOldKeys(given.dataDir);
    return done;
  } finally {
    await database.close();
  }
}

async function reseal(config: AppConfig, databaseUrl: string): Promise<Resealed> {
  const imports = [ConfigModule.forRoot(config), DatabaseModule.forRoot(databaseUrl), ClockModule, AuthModule];
  const app = await NestFactory.createApplicationContext(
    { module: ClientsModule, imports },
    { logger: ['warn', 'error'], abortOnError: false },
  );
  try {
    const done = await app.get(ClientsService, { strict: false }).reseal();
    const { resealed, current, unreadable } = done;
    const details = { resealed, current, unreadable: unreadable.map(({ clientId }) => clientId) };
    await app.get(AuditService, { strict: false }).record('command line', 'encryption_key.rotate', null, details);
    return done;
  } finally {
    await app.close();
  }
}
