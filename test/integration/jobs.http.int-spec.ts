import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AdminModule } from '../../src/admin/index.js';
import { AppModule } from '../../src/app.module.js';
import { setupApp } from '../../src/app.setup.js';
import { ClientsService } from '../../src/clients/index.js';
import { PartitionsRepository } from '../../src/collector/index.js';
import { createFastifyAdapter, createLogger } from '../../src/common/index.js';
import { loadConfig } from '../../src/config/index.js';
import { HealthModule } from '../../src/health/index.js';
import { JobsService } from '../../src/jobs/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const KEY = 'fm_test_key_of_the_administrator';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

describe('jobs over HTTP', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let clientId: number;

  async function call(method: 'GET' | 'POST', path: string, body?: object, key: string | null = KEY): Promise<Answer> {
    const answer = await app.inject({
      method,
      url: path.startsWith('/health') ? path : `/api/v1${path}`,
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    const encryptionKey = Buffer.alloc(32, 7).toString('base64');
    const config = loadConfig({
      DATABASE_URL: database.url,
      ADMIN_API_KEY: KEY,
      ENCRYPTION_KEY: encryptionKey,
      LOG_LEVEL: 'silent',
    });
    const testing = await Test.createTestingModule({
      imports: [AppModule.register(config, database.url), AdminModule, HealthModule],
    }).compile();
    const logger = createLogger('silent');
    app = testing.createNestApplication<NestFastifyApplication>(createFastifyAdapter({ trustProxy: false, logger }), {
      bodyParser: false,
    });
    app.useLogger(false);
    await setupApp(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const client = { name: 'Nobody home', n8nBaseUrl: 'http://127.0.0.1:9', n8nApiKey: 'n8n_api_secret_of_the_client' };
    clientId = (await app.get(ClientsService).create(client)).id;
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('a sync is answered with its job, and with the result when asked to wait', async () => {
    const { status, headers, body } = await call('POST', `/metrics/admin/sync/${clientId}?wait=60`);
    expect(status).toBe(202);
    expect(body).toMatchObject({ name: 'sync', client_id: clientId, state: 'failed', result: null });
    expect(body.error).toMatch(/refused|connect|9/i);
    expect(JSON.stringify(body)).not.toContain('n8n_api_secret');
    expect(headers.location).toBe(body.status_url);
    const again = await call('GET', String(body.status_url).replace('/api/v1', ''));
    expect(again.body).toMatchObject({ job_id: body.job_id, state: 'failed', error: body.error });
  });

  it('a sync of nobody is 404, one without a number or with a long wait 400', async () => {
    expect(await call('POST', '/metrics/admin/sync/9999')).toMatchObject({ status: 404, body: { code: 'client_not_found' } });
    expect(await call('POST', '/metrics/admin/sync/abc')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'client_id' }] },
    });
    const waits = await call('POST', `/metrics/admin/sync/${clientId}?wait=121`);
    expect(waits).toMatchObject({ status: 400, body: { errors: [{ field: 'wait' }] } });
  });

  it('a sync of all has one job for each client', async () => {
    const { status, body } = await call('POST', '/metrics/admin/sync-all?wait=60');
    expect(status).toBe(202);
    expect(body).toMatchObject({ total: 1, finished: 1, jobs: [{ client_id: clientId, state: 'failed' }] });
  });

  it('an aggregation of a range runs and says what it did', async () => {
    const range = { client_id: clientId, start_date: '2026-02-01', end_date: '2026-02-28' };
    const { status, body } = await call('POST', '/metrics/admin/trigger-aggregation', range);
    expect(status).toBe(202);
    const run = await app.get(JobsService).waitFor(String(body.job_id), 30);
    expect(run).toMatchObject({
      state: 'completed',
      counts: { clients: 1, days_marked: 28, days_recomputed: 28, days_remaining: 0 },
    });
  });

  it.each([
    [{ start_date: '2026-03-02', end_date: '2026-03-01' }, ['start_date', 'end_date']],
    [{ start_date: '2026-02-30', end_date: '2026-03-01' }, ['start_date']],
    [{ start_date: '2026-02-01' }, ['end_date']],
    [{ start_date: '2026-02-01', end_date: '2999-01-01' }, ['end_date']],
    [{ start_date: '2026-02-01', end_date: '2026-02-02', client: 1 }, ['client']],
  ])('an aggregation of %j is 400 and names %j', async (body, fields) => {
    const answer = await call('POST', '/metrics/admin/trigger-aggregation', body);
    expect(answer.status).toBe(400);
    expect((answer.body.errors as { field: string }[]).map(({ field }) => field)).toEqual(fields);
  });

  it('a clean-up keeps what it counted and freed in the history, a dry run what it would', async () => {
    const old = new Date(Date.now() - 120 * 86_400_000);
    await app.get(PartitionsRepository).ensurePartitions([old]);
    await database.dataSource.query(
      `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, is_production,
              filter_reason, rule_version, first_seen_at, last_changed_at)
       SELECT $1, 1, n::text, $2, 1, 'success', 'webhook', true, '', 0, now(), now() FROM generate_series(1, 300) n`,
      [clientId, old],
    );
    const dry = await call('POST', '/metrics/admin/cleanup?dry_run=true&wait=30');
    const counts = { executions: 300, partitions: [expect.stringMatching(/^workflow_executions_w/)], kept_dirty: 0 };
    expect(dry.body).toMatchObject({ state: 'completed', result: { ...counts, dry_run: true } });
    const done = await call('POST', '/metrics/admin/cleanup?wait=30');
    expect(done.body).toMatchObject({ state: 'completed', result: { ...counts, dry_run: false } });
    const { freed_bytes: freed } = done.body.result as { freed_bytes: number };
    expect(freed).toBeGreaterThan(300 * 50);
    expect(dry.body.result).toMatchObject({ freed_bytes: freed });
    const runs = await call('GET', '/metrics/admin/job-runs?name=cleanup&limit=1');
    expect(runs.body.items).toMatchObject([{ name: 'cleanup', result: { ...counts, freed_bytes: freed } }]);
    expect(await database.dataSource.query('SELECT 1 FROM workflow_executions')).toEqual([]);
  });

  it('the history can be filtered and paged', async () => {
    const first = await call('GET', `/metrics/admin/job-runs?name=sync&client_id=${clientId}&state=failed&limit=1`);
    expect(first.body.items).toMatchObject([{ name: 'sync', client_id: clientId, state: 'failed', attempts: 1 }]);
    const next = await call('GET', `/metrics/admin/job-runs?name=sync&limit=1&cursor=${String(first.body.next_cursor)}`);
    expect(next.body.items).toMatchObject([{ name: 'sync' }]);
    expect((await call('GET', '/metrics/admin/job-runs?state=lost')).status).toBe(400);
    expect(await call('GET', '/metrics/admin/jobs/nonsense')).toMatchObject({ status: 404, body: { code: 'job_not_found' } });
  });

  it('the scheduler shows every schedule, caught up at start', async () => {
    const { status, body } = await call('GET', '/metrics/admin/scheduler-status');
    expect(status).toBe(200);
    const schedules = body.schedules as {
      name: string;
      cron: string;
      last_run: { outcome: string } | null;
      next_run_at: string;
    }[];
    expect(schedules.map(({ name, cron }) => [name, cron])).toEqual([
      ['collect', '* * * * *'],
      ['aggregate-daily', '0 2 * * *'],
      ['aggregate-weekly', '0 3 * * 0'],
      ['aggregate-monthly', '0 4 1 * *'],
      ['cleanup', '0 1 * * *'],
    ]);
    for (const { last_run, next_run_at } of schedules.slice(1)) {
      expect(last_run?.outcome).toBe('completed');
      expect(Date.parse(next_run_at)).toBeGreaterThan(Date.now());
    }
    expect(body.replicas).toHaveLength(1);
  });

  it('the freshness of every client is shown', async () => {
    const { body } = await call('GET', '/metrics/admin/data-freshness');
    expect(body).toMatchObject({
      total: 1,
      status_counts: { failing: 1, never: 0, fresh: 0 },
      clients: [
        { client_id: clientId, client_name: 'Nobody home', status: 'failing', age_seconds: null, sync_interval_minutes: 15 },
      ],
    });
  });

  it('the rollups are summed up by kind of period', async () => {
    const { status, body } = await call('GET', '/metrics/admin/aggregation-summary');
    expect(status).toBe(200);
    const periods = body.periods as { period_type: string; rows: number }[];
    expect(periods.map(({ period_type }) => period_type)).toEqual(['daily', 'weekly', 'monthly']);
    expect(body).toMatchObject({ dirty_days: 0, oldest_dirty_day: null });
  });

  it('a refresh of the cache drops what is kept, on every replica, and computes the usual answers', async () => {
    const path = `/metrics/client/${clientId}`;
    const version = async (): Promise<unknown> => database.dataSource.query('SELECT data_version FROM sync_states');
    await call('GET', path);
    expect((await call('GET', path)).headers['x-cache']).toBe('hit');
    const before = await version();
    const one = await call('POST', '/metrics/admin/refresh-cache?wait=30', { client_id: clientId });
    expect(one.status).toBe(202);
    expect(one.headers.location).toBe(one.body.status_url);
    expect(one.body).toMatchObject({
      name: 'refresh-cache',
      client_id: clientId,
      state: 'completed',
      result: { clients: 1, warmed: 5 },
    });
    // Answers are kept by it: other processes find nothing under the new one.
    expect(await version()).not.toEqual(before);
    expect((await call('GET', path)).headers['x-cache']).toBe('hit');
    const all = await call('POST', '/metrics/admin/refresh-cache?wait=30');
    expect(all.body).toMatchObject({ client_id: null, state: 'completed', result: { clients: 1, warmed: 5, cleared: true } });
    expect(await call('POST', '/metrics/admin/refresh-cache', { client_id: 9999 })).toMatchObject({
      status: 404,
      body: { code: 'client_not_found' },
    });
    expect(await call('POST', '/metrics/admin/refresh-cache', { client: 1 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'client' }] },
    });
  });

  it('the cache tells where answers are, how many, and how often they were found', async () => {
    const { body: before } = await call('GET', '/metrics/admin/cache');
    expect(before).toMatchObject({ backend: 'memory', up: true, error: null, errors: 0 });
    expect(before.keys).toBeGreaterThanOrEqual(5);
    await call('GET', `/metrics/client/${clientId}`);
    const { body: after } = await call('GET', '/metrics/admin/cache');
    const { hits, misses } = after as { hits: number; misses: number };
    expect([hits, misses]).toEqual([Number(before.hits) + 1, before.misses]);
    expect(after.hit_rate).toBeCloseTo((100 * hits) / (hits + misses), 3);
  });

  it('nothing of it is shown without the key of an administrator', async () => {
    for (const path of ['scheduler-status', 'data-freshness', 'job-runs', 'jobs/x', 'cache']) {
      expect((await call('GET', `/metrics/admin/${path}`, undefined, null)).status).toBe(401);
    }
    expect((await call('POST', '/metrics/admin/sync-all', undefined, null)).status).toBe(401);
  });

  it('probes need no key and stand at the root', async () => {
    expect(await call('GET', '/health/live', undefined, null)).toMatchObject({ status: 200, body: { status: 'ok' } });
    for (const path of ['/health/ready', '/health/startup']) {
      const { status, body } = await call('GET', path, undefined, null);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        status: 'ok',
        details: { database: { status: 'up' }, queue: { status: 'up', worker: 'running' } },
      });
    }
    const { status, body } = await call('GET', '/health', undefined, null);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      details: {
        database: { status: 'up' },
        cache: { status: 'up', kind: 'memory' },
        queue: { status: 'up' },
        scheduler: { status: 'up' },
        sync: { status: 'degraded', clients: { failing: 1 } },
      },
    });
  });

  it('a schema that is older than the build is not ready, and says so', async () => {
    await database.dataSource.query(`UPDATE migrations SET name = 'Other' || name`);
    const { status, body } = await call('GET', '/health/ready', undefined, null);
    await database.dataSource.query(`UPDATE migrations SET name = substr(name, 6)`);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'error',
      error: { database: { status: 'down', cause: expect.stringContaining('InitialSchema') as string } },
    });
    expect((await call('GET', '/health/ready', undefined, null)).status).toBe(200);
  });
});
