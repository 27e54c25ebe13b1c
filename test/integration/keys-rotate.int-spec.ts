import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '../../scripts/support/service.js';
import { rotateKeys } from '../../scripts/support/rotate-keys.js';
import { ClientsService } from '../../src/clients/index.js';
import { keyId } from '../../src/clients/key-sealer.js';
import { startTestApp, type TestApp } from '../support/app.js';

const ADMIN_KEY = 'fm_bootstrap_key_of_these_tests';
const [OLD, NEW, OTHER] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
const nothing = (): void => undefined;
const text = (...keys: Buffer[]): string => keys.map((key) => key.toString('base64')).join(',');

describe('n8n keys whose encryption key is replaced', () => {
  let service: TestApp;
  const env = (more: Record<string, string>): Record<string, string> => ({
    DATABASE_URL: service.database.url,
    ADMIN_API_KEY: ADMIN_KEY,
    ...more,
  });

  beforeAll(async () => {
    service = await startTestApp({ ADMIN_API_KEY: ADMIN_KEY, ENCRYPTION_KEY: text(OLD) });
    const clients = service.app.get(ClientsService, { strict: false });
    for (const name of ['one', 'two'])
      await clients.create({ name, n8nBaseUrl: 'http://127.0.0.1:1', n8nApiKey: `n8n_api_${name}` });
  });

  afterAll(async () => {
    await service.close();
  });

  const sealedWith = async (): Promise<string[]> => {
    const rows = await service.database.dataSource.query<{ id: string }[]>(
      `SELECT split_part(n8n_api_key_sealed, ':', 2) AS id FROM clients ORDER BY id`,
    );
    return rows.map((row) => row.id);
  };

  it('are left as they are when the key that sealed them is not given, and named', async () => {
    const done = await rotateKeys(env({ ENCRYPTION_KEY: text(NEW), ENCRYPTION_KEYS_OLD: text(OTHER) }), nothing);
    expect(done).toMatchObject({ resealed: 0, current: 0 });
    expect(done.unreadable.map(({ reason }) => reason)).toEqual(
      Array<string>(2).fill(`sealed with another key (${keyId(OLD)}, this one is ${keyId(NEW)})`),
    );
    expect(await sealedWith()).toEqual([keyId(OLD), keyId(OLD)]);
  });

  it('are sealed anew once, and the new key alone opens them then', async () => {
    const both = env({ ENCRYPTION_KEY: text(NEW), ENCRYPTION_KEYS_OLD: text(OTHER, OLD) });
    expect(await rotateKeys(both, nothing)).toEqual({ resealed: 2, current: 0, unreadable: [] });
    expect(await rotateKeys(both, nothing)).toEqual({ resealed: 0, current: 2, unreadable: [] });
    expect(await sealedWith()).toEqual([keyId(NEW), keyId(NEW)]);
    expect(await rotateKeys(env({ ENCRYPTION_KEY: text(NEW) }), nothing)).toMatchObject({ current: 2 });
    const events = await service.database.dataSource.query<{ details: unknown }[]>(
      `SELECT details FROM audit_events WHERE action = 'encryption_key.rotate' ORDER BY id`,
    );
    expect(events.map(({ details }) => details)).toContainEqual({ resealed: 2, current: 0, unreadable: [] });
  });
});

describe('a generated encryption key', () => {
  let dataDir: string;

  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-keys-'));
    chmodSync(dataDir, 0o755);
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is replaced while the service is stopped, and not while it runs', async () => {
    const keys = (): Record<string, unknown> =>
      JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as Record<string, unknown>;
    const env = { DATA_DIR: dataDir, PORT: '0', ROLE: 'api', LOG_LEVEL: 'error' };
    const first = await startService(env, nothing);
    const call = async (url: string, path: string, body?: object): Promise<unknown> => {
      const headers = { authorization: `Bearer ${String(keys().admin_api_key)}`, 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body ?? {}) });
      return answer.json();
    };
    const before = keys();
    try {
      await call(first.url, '/clients?verify=false', {
        name: 'one',
        n8n_base_url: 'http://127.0.0.1:1',
        n8n_api_key: 'n8n_api_1',
      });
      await expect(rotateKeys(env, nothing)).rejects.toThrow(/Another running process/);
      expect(keys()).toEqual(before);
    } finally {
      await first.close();
    }
    expect(await rotateKeys(env, nothing)).toEqual({ resealed: 1, current: 0, unreadable: [] });
    expect(keys()).toEqual({ ...before, encryption_key: expect.not.stringMatching(String(before.encryption_key)) as string });
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
    const second = await startService(env, nothing);
    try {
      // The key can be read: only the address does not answer.
      expect(await call(second.url, '/clients/1/verify')).toMatchObject({ code: 'refused' });
    } finally {
      await second.close();
    }
  }, 60_000);
});
