import { type z } from 'zod';
import { envSchema } from './env.schema.js';
import { loadSecrets } from './secrets.js';

type Env = z.infer<typeof envSchema>;

/** The whole configuration: typed, frozen, complete. The only place that knows environment variables. */
export type AppConfig = Readonly<{
  role: 'all' | 'api' | 'worker';
  port: number;
  host: string;
  /** After SIGTERM the process still answers so long, while it is no longer ready. */
  shutdownDrainSeconds: number;
  logLevel: Env['LOG_LEVEL'];
  dataDir: string;
  /** `null`: run the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null;
  databasePoolSize: number;
  redisUrl: string | null;
  trustProxy: boolean;
  corsOrigins: readonly string[];
  /** Requests a minute of one key, or of one address without a key; 0: no limit. */
  rateLimitPerMinute: number;
  /** Requests with a bad key a minute of one address; 0: no limit. */
  failedAuthPerMinute: number;
  adminApiKey: string;
  /** 32 bytes: seals the n8n keys. */
  encryptionKey: Buffer;
  /** Open what they sealed before `encryptionKey` took over. */
  oldEncryptionKeys: readonly Buffer[];
  /** `encryptionKey` was generated and is kept in `secretsFile`. */
  encryptionKeyIsStored: boolean;
  /** Opens `/metrics` and nothing else; `null`: only API keys do. */
  metricsToken: string | null;
  /** File that holds generated keys, `null` when both came from the environment. */
  secretsFile: string | null;
  syncIntervalMinutes: number;
  syncConcurrency: number;
  n8nRequestsPerMinute: number;
  n8nAllowPrivateNetworks: boolean;
  aggregationHour: number;
  schedulerTimezone: string;
  rawRetentionDays: number;
  aggregateRetentionMonths: number;
  ruleDefaults: Readonly<{ excludeManual: boolean; excludeTestWorkflows: boolean }>;
  cacheTtlSeconds: number;
}>;

/** The start stops with this: its message names every bad variable and what it should be. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment once. Missing keys are generated into `DATA_DIR` when the database is the embedded one;
 * with `DATABASE_URL` several replicas must share them, so there they have to be given.
 * @throws ConfigError naming every bad variable
 */
export function loadConfig(env: NodeJS.ProcessEnv): AppConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = envSchema.safeParse(given);
  const problems = parsed.success
    ? missingKeys(parsed.data)
    : [
        ...new Set(
          parsed.error.issues.map(
            (issue) => `${issue.path.join('.')} ${issue.message} (it is ${JSON.stringify(shown(given, issue.path))})`,
          ),
        ),
      ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(toConfig(parsed.data));
}

function shown(given: Record<string, string | undefined>, path: PropertyKey[]): string {
  const name = String(path[0]);
  return /KEY|URL|TOKEN/.test(name) ? '(not shown)' : (given[name] ?? '');
}

function missingKeys(env: Env): string[] {
  if (env.DATABASE_URL === undefined) return [];
  const missing: string[] = [];
  if (env.ADMIN_API_KEY === undefined) missing.push('ADMIN_API_KEY must be given when DATABASE_URL is (all replicas share it)');
  if (env.ENCRYPTION_KEY === undefined) {
    missing.push('ENCRYPTION_KEY must be given when DATABASE_URL is: 32 bytes in base64 (openssl rand -base64 32)');
  }
  return missing;
}

function toConfig(env: Env): AppConfig {
  const { oldEncryptionKeys, ...secrets } = loadSecrets(env.DATA_DIR, {
    adminApiKey: env.ADMIN_API_KEY,
    encryptionKey: env.ENCRYPTION_KEY,
  });
  return {
    role: env.ROLE,
    port: env.PORT,
    host: env.HOST,
    shutdownDrainSeconds: env.SHUTDOWN_DRAIN_SECONDS,
    logLevel: env.LOG_LEVEL,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    redisUrl: env.REDIS_URL ?? null,
    trustProxy: env.TRUST_PROXY,
    corsOrigins: env.CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    failedAuthPerMinute: env.FAILED_AUTH_PER_MINUTE,
    ...secrets,
    oldEncryptionKeys: [...env.ENCRYPTION_KEYS_OLD, ...oldEncryptionKeys],
    metricsToken: env.METRICS_TOKEN ?? null,
    syncIntervalMinutes: env.METRICS_SYNC_INTERVAL_MINUTES,
    syncConcurrency: env.SYNC_CONCURRENCY,
    n8nRequestsPerMinute: env.N8N_REQUESTS_PER_MINUTE,
    n8nAllowPrivateNetworks: env.N8N_ALLOW_PRIVATE_NETWORKS,
    aggregationHour: env.AGGREGATION_SCHEDULE_HOUR,
    schedulerTimezone: env.SCHEDULER_TIMEZONE,
    rawRetentionDays: env.CLEANUP_RETENTION_DAYS,
    aggregateRetentionMonths: env.AGGREGATE_RETENTION_MONTHS,
    ruleDefaults: { excludeManual: env.EXCLUDE_MANUAL_EXECUTIONS, excludeTestWorkflows: env.EXCLUDE_TEST_WORKFLOWS },
    cacheTtlSeconds: env.CACHE_TTL_SECONDS,
  };
}
