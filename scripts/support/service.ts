import { createApp } from '../../src/app.setup.js';
import { createLogger } from '../../src/common/index.js';
import { type AppConfig, loadConfig } from '../../src/config/index.js';
import { openDatabase } from '../../src/database/index.js';

/** The service running inside this process. */
export interface RunningService {
  url: string;
  config: AppConfig;
  close: () => Promise<void>;
}

/** Starts the whole service with the given environment. The embedded database is made for speed, not to survive a power cut. */
export async function startService(env: NodeJS.ProcessEnv, log: (message: string) => void): Promise<RunningService> {
  const config = loadConfig(env);
  const database = await openDatabase(config, log, false);
  try {
    const app = await createApp(config, database.url, createLogger(config.logLevel));
    await app.listen(config.port, config.host);
    const close = async (): Promise<void> => {
      await app.close();
      await database.close();
    };
    return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), config, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
