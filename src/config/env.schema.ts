import { z } from 'zod';

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no'], 'must be true or false')
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true' || text === '1' || text === 'yes');

const whole = (fallback: number, min: number, max: number) =>
  z.coerce
    .number(`must be a whole number from ${min} to ${max}`)
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

const urlOf = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

const zone = z.string().refine((text) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(text);
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as UTC or Europe/Berlin');

const isKey = (text: string): boolean => Buffer.from(text, 'base64').length === 32;

const encryptionKey = z
  .string()
  .refine(isKey, 'must be 32 bytes in base64 (openssl rand -base64 32)')
  .transform((text) => Buffer.from(text, 'base64'));

const keyList = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
  .refine((keys) => keys.every(isKey), 'must be keys of 32 bytes in base64, with commas between them')
  .transform((keys) => keys.map((key) => Buffer.from(key, 'base64')));

/** Every environment variable the service reads: name, rule and default. Empty values count as not given. */
export const envSchema = z.object({
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  PORT: whole(3000, 0, 65_535),
  HOST: z.string().default('127.0.0.1'),
  SHUTDOWN_DRAIN_SECONDS: whole(2, 0, 5),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: urlOf('postgres:', 'postgresql:').optional(),
  DATABASE_POOL_SIZE: whole(10, 2, 200),
  REDIS_URL: urlOf('redis:', 'rediss:').optional(),
  TRUST_PROXY: flag(false),
  RATE_LIMIT_PER_MINUTE: whole(600, 0, 10_000_000),
  FAILED_AUTH_PER_MINUTE: whole(20, 0, 10_000_000),
  CORS_ORIGINS: z.string().default(''),
  ADMIN_API_KEY: z.string().min(24, 'must have at least 24 characters').optional(),
  ENCRYPTION_KEY: encryptionKey.optional(),
  ENCRYPTION_KEYS_OLD: keyList,
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{24,}$/, 'must have at least 24 characters, without spaces')
    .optional(),
  METRICS_SYNC_INTERVAL_MINUTES: whole(15, 1, 1440),
  AGGREGATION_SCHEDULE_HOUR: whole(2, 0, 23),
  CLEANUP_RETENTION_DAYS: whole(90, 1, 3650),
  AGGREGATE_RETENTION_MONTHS: whole(24, 1, 240),
  EXCLUDE_MANUAL_EXECUTIONS: flag(true),
  EXCLUDE_TEST_WORKFLOWS: flag(true),
  CACHE_TTL_SECONDS: whole(300, 1, 86_400),
  SCHEDULER_TIMEZONE: zone.default('UTC'),
  SYNC_CONCURRENCY: whole(32, 1, 512),
  N8N_REQUESTS_PER_MINUTE: whole(120, 1, 60_000),
  N8N_ALLOW_PRIVATE_NETWORKS: flag(true),
});
