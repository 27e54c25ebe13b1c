import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from './app-config.js';
import { envSchema } from './env.schema.js';

describe('configuration', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-config-'));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has the documented defaults', () => {
    expect(loadConfig({ DATA_DIR: dataDir })).toMatchObject({
      role: 'all',
      syncIntervalMinutes: 15,
      aggregationHour: 2,
      rawRetentionDays: 90,
      aggregateRetentionMonths: 24,
      ruleDefaults: { excludeManual: true, excludeTestWorkflows: true },
      cacheTtlSeconds: 300,
    });
  });

  it('names every bad variable at once and never shows a secret', () => {
    const attempt = (): unknown =>
      loadConfig({
        DATA_DIR: dataDir,
        PORT: 'abc',
        METRICS_SYNC_INTERVAL_MINUTES: '0',
        EXCLUDE_MANUAL_EXECUTIONS: 'maybe',
        ENCRYPTION_KEY: 'short-secret',
      });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/PORT .*whole number[\s\S]*ENCRYPTION_KEY|ENCRYPTION_KEY[\s\S]*PORT/);
    for (const name of ['PORT', 'METRICS_SYNC_INTERVAL_MINUTES', 'EXCLUDE_MANUAL_EXECUTIONS', 'ENCRYPTION_KEY'])
      expect(attempt).toThrow(name);
    expect(attempt).not.toThrow(/short-secret/);
  });

  it('wants the keys from outside when several replicas share a database', () => {
    expect(() => loadConfig({ DATA_DIR: dataDir, DATABASE_URL: 'postgres://db/metrics' })).toThrow(
      /ADMIN_API_KEY[\s\S]*ENCRYPTION_KEY/,
    );
    expect(existsSync(join(dataDir, 'keys.json'))).toBe(false);
  });

  it('generates missing keys once, readable by the owner only', () => {
    const first = loadConfig({ DATA_DIR: dataDir });
    const second = loadConfig({ DATA_DIR: dataDir });
    expect(second.adminApiKey).toBe(first.adminApiKey);
    expect(second.encryptionKey.equals(first.encryptionKey)).toBe(true);
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it('treats empty values as not given', () => {
    expect(loadConfig({ DATA_DIR: dataDir, PORT: '', REDIS_URL: ' ' })).toMatchObject({ port: 3000, redisUrl: null });
  });

  it('is documented variable by variable in .env.example', () => {
    const example = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8');
    const named = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(envSchema.shape).sort());
  });
});
