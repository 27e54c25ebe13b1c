import { setFlagsFromString } from 'node:v8';
import { closeFor, createApp, listen, stopOnSignals } from './app.setup.js';
import { createLogger } from './common/index.js';
import { type AppConfig, ConfigError, loadConfig } from './config/index.js';
import { openDatabase } from './database/index.js';

/**
 * How far the heap may grow before it is collected, in percent of what is alive. V8 would let it double or more, for which a long
 * backfill needs as much memory as for its pages: replicas live beside others.
 */
const HEAP_GROWTH_PERCENT = 40;

async function serve(config: AppConfig): Promise<void> {
  const logger = createLogger(config.logLevel);
  if (config.secretsFile !== null) logger.info(`generated keys are kept in ${config.secretsFile}`);
  const database = await openDatabase(config, (message) => {
    logger.info(message);
  });
  try {
    const app = await createApp(config, database.url, logger);
    stopOnSignals((signal) => closeFor(app, signal).finally(() => database.close()), logger);
    await listen(app, logger);
  } catch (error) {
    await database.close();
    throw error;
  }
}

setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
try {
  await serve(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
