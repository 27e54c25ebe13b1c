import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api.js';
import { startService } from './service.js';

/** A running service that is looked at; without `url` one is started. */
export interface ServiceChoice {
  url: string | undefined;
  key: string | undefined;
}

/**
 * Runs `work` against the service that was named, or against one of its own.
 * @throws Error when a service was named without its key
 */
export async function withService<T>(
  { url, key }: ServiceChoice,
  say: (text: string) => void,
  work: (api: Api) => Promise<T>,
): Promise<T> {
  if (url !== undefined) {
    if (key === undefined) throw new Error('--service needs --service-key');
    return work(new Api(url.replace(/\/+$/, ''), key));
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-verify-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter it
  say('starting a service of its own ...');
  const service = await startService(
    { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', METRICS_SYNC_INTERVAL_MINUTES: '1440' },
    say,
  );
  try {
    return await work(new Api(service.url, service.config.adminApiKey));
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
