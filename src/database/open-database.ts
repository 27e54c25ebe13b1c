import { type AppConfig } from '../config/index.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';

/** A reachable database whose schema is up to date. `close` stops the embedded server, if it is ours. */
export interface OpenDatabase {
  url: string;
  close: () => Promise<void>;
}

/** Uses `DATABASE_URL`, else starts the embedded PostgreSQL; then runs the migrations under a lock. */
export async function openDatabase(
  config: Pick<AppConfig, 'databaseUrl' | 'dataDir'>,
  log: (message: string) => void,
  durable = true,
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, durable, log }) : null;
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const close = async (): Promise<void> => {
    await embedded?.stop();
  };
  try {
    const ran = await migrate(url);
    log(ran.length === 0 ? 'database schema is up to date' : `database migrated: ${ran.join(', ')}`);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
