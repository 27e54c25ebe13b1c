import { createLogger } from './common/index.js';
import { type AppConfig, ConfigError, loadConfig } from './config/index.js';
import { openDatabase } from './database/index.js';
import { migrateQueue } from './jobs/index.js';

/**
 * `npm run migrate`: brings the schema and the tables of the queue up to date and ends, so that an upgrade can do it before the first
 * new replica starts. Replicas do the same at their start, under the same lock.
 */
async function migrateOnly(config: AppConfig): Promise<void> {
  const logger = createLogger(config.logLevel);
  const database = await openDatabase(config, (message) => {
    logger.info(message);
  });
  try {
    await migrateQueue(database.url);
    logger.info('the queue is up to date');
  } finally {
    await database.close();
  }
}

try {
  await migrateOnly(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
