import { Client } from 'pg';
import { type Api } from '../../scripts/support/api.js';
import { parseExposition, sampleOf } from '../support/exposition.js';
import { ADMIN_KEY, ObservedService, TOKEN } from './prometheus.fixture.js';

describe('the figures for Prometheus', () => {
  let world: ObservedService;
  let api: Api;
  let clientId: number;

  beforeAll(async () => {
    world = await ObservedService.start();
    ({ api, aliveId: clientId } = world);
  });

  afterAll(async () => {
    await world.close();
  });

  it('are for admins, viewers of all clients and the token, and the token opens nothing else', async () => {
    const viewer = async (bound: object): Promise<string> =>
      (await api.post<{ key: string }>('/admin/api-keys', { name: 'v', role: 'viewer', ...bound })).key;
    expect((await world.scrape(null)).status).toBe(401);
    expect((await world.scrape(`${TOKEN}x`)).status).toBe(401);
    expect((await world.scrape(await viewer({ client_id: clientId }))).status).toBe(403);
    for (const key of [ADMIN_KEY, TOKEN, await viewer({})]) {
      expect(await world.scrape(key)).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
    }
    for (const path of ['/metrics/all', '/clients', '/metrics/my-metrics']) {
      const answer = await fetch(`${world.service.url}/api/v1${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
      expect(answer.status).toBe(401);
    }
  });

  it('show requests by the pattern of their route, never by what stands in the path', async () => {
    await Promise.all(
      [`/clients/${clientId}`, '/clients/999999', '/nonsense/4711'].map((path) =>
        fetch(`${world.service.url}/api/v1${path}`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } }),
      ),
    );
    const found = await world.samples();
    const count = 'flowmastery_http_request_duration_seconds_count';
    expect(sampleOf(found, count, { method: 'GET', route: '/api/v1/clients/:id', status: '200' })).toBe(1);
    expect(sampleOf(found, count, { method: 'GET', route: '/api/v1/clients/:id', status: '404' })).toBe(1);
    expect(sampleOf(found, count, { method: 'GET', route: 'other', status: '404' })).toBe(1);
    expect(found.filter(({ labels }) => /999999|4711/.test(JSON.stringify(labels)))).toEqual([]);
  });

  it('show what was collected, how the requests to n8n ended and how the jobs went', async () => {
    const found = await world.samples();
    const id = String(clientId);
    const stored = sampleOf(found, 'flowmastery_executions_collected_total', { client_id: id, change: 'new' });
    const rows = await world.query<{ n: number }>('SELECT count(*)::int AS n FROM workflow_executions WHERE client_id = $1', [
      clientId,
    ]);
    expect(stored).toBe(rows[0]?.n);
    expect(stored).toBeGreaterThan(0);
    const requests = 'flowmastery_n8n_request_duration_seconds_count';
    expect(sampleOf(found, requests, { kind: 'list', outcome: 'ok' })).toBeGreaterThan(1);
    expect(sampleOf(found, requests, { kind: 'list', outcome: 'refused' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_job_runs_total', { job_name: 'sync', outcome: 'completed' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_job_runs_total', { job_name: 'sync', outcome: 'failed' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_job_runs_total', { job_name: 'erase-client', outcome: 'failed' })).toBe(0);
    expect(sampleOf(found, 'flowmastery_job_duration_seconds_count', { job_name: 'cleanup' })).toBe(1);
  });

  it('show each client by its id, and all of them by status', async () => {
    const found = await world.samples();
    const [alive, dead] = [{ client_id: String(clientId) }, { client_id: String(world.deadId) }];
    const now = Date.now() / 1_000;
    const syncedAt = sampleOf(found, 'flowmastery_client_last_sync_timestamp_seconds', alive) ?? 0;
    expect(Math.abs(now - syncedAt)).toBeLessThan(120);
    expect(sampleOf(found, 'flowmastery_client_last_sync_timestamp_seconds', dead)).toBeUndefined();
    expect(sampleOf(found, 'flowmastery_client_last_sync_duration_seconds', alive)).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_client_last_sync_duration_seconds', dead)).toBeUndefined();
    expect(sampleOf(found, 'flowmastery_client_sync_interval_seconds', alive)).toBe(900);
    expect(sampleOf(found, 'flowmastery_client_sync_failures', alive)).toBe(0);
    expect(sampleOf(found, 'flowmastery_client_sync_failures', dead)).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_clients', { status: 'fresh' })).toBe(1);
    expect(sampleOf(found, 'flowmastery_clients', { status: 'failing' })).toBe(1);
    expect(sampleOf(found, 'flowmastery_clients_without_series')).toBe(0);
  });

  it('show gaps, waiting days and open circuits as they are stored, and nothing of a client that is disabled', async () => {
    const id = { client_id: String(clientId) };
    await world.query(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, missing_ids, confidence, created_at)
       VALUES ($1, now(), now(), 'instance_reset', 40, 'possible', now()), ($1, now(), now(), 'instance_reset', 2, 'high', now())`,
      [clientId],
    );
    await world.query("INSERT INTO dirty_days (client_id, day) VALUES ($1, '2020-01-01'), ($1, '2020-01-02')", [clientId]);
    await world.query(`UPDATE sync_states SET circuit_open_until = now() + interval '1 hour' WHERE client_id = $1`, [clientId]);
    const before = await world.samples();
    expect(sampleOf(before, 'flowmastery_client_coverage_gaps', id)).toBeGreaterThanOrEqual(2);
    expect(sampleOf(before, 'flowmastery_client_missing_executions', id)).toBeGreaterThanOrEqual(42);
    expect(sampleOf(before, 'flowmastery_client_dirty_days', id)).toBe(2);
    expect(sampleOf(before, 'flowmastery_client_circuit_open', id)).toBe(1);
    await world.query('UPDATE clients SET enabled = false WHERE id = $1', [clientId]);
    const after = await world.samples();
    expect(sampleOf(after, 'flowmastery_clients', { status: 'disabled' })).toBe(1);
    expect(
      after.filter(({ name, labels }) => name.startsWith('flowmastery_client_') && labels.client_id === id.client_id),
    ).toEqual([]);
  });

  it('show queue, schedules, cache, pool and process', async () => {
    await api.get('/metrics/all');
    await api.get('/metrics/all');
    const found = await world.samples();
    expect(sampleOf(found, 'flowmastery_queue_jobs', { state: 'queued' })).toBeGreaterThanOrEqual(0);
    expect(sampleOf(found, 'flowmastery_queue_oldest_job_age_seconds')).toBeGreaterThanOrEqual(0);
    expect(sampleOf(found, 'flowmastery_schedule_last_success_timestamp_seconds', { job_name: 'cleanup' })).toBeGreaterThan(1e9);
    expect(sampleOf(found, 'flowmastery_cache_requests_total', { result: 'miss' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_cache_requests_total', { result: 'hit' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_cache_errors_total')).toBe(0);
    expect(sampleOf(found, 'flowmastery_cache_up')).toBe(1);
    expect(sampleOf(found, 'flowmastery_database_pool_max_connections')).toBe(10);
    expect(sampleOf(found, 'flowmastery_database_pool_connections', { state: 'idle' })).toBeGreaterThan(0);
    expect(sampleOf(found, 'flowmastery_database_pool_waiting')).toBe(0);
    expect(sampleOf(found, 'flowmastery_build_info', { role: 'all' })).toBe(1);
    expect(sampleOf(found, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(sampleOf(found, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  it('come without those of the database when it is too slow to answer, and with them when it is itself again', async () => {
    const blocker = new Client({ connectionString: world.service.database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE coverage_gaps IN ACCESS EXCLUSIVE MODE');
      const { status, text } = await world.scrape();
      const found = parseExposition(text);
      expect(status).toBe(200);
      expect(sampleOf(found, 'flowmastery_database_up')).toBe(0);
      expect(sampleOf(found, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
      expect(found.filter(({ name }) => /^flowmastery_(clients?|queue|schedule)_?/.test(name))).toEqual([]);
    } finally {
      await blocker.end();
    }
    const found = await world.samples();
    expect(sampleOf(found, 'flowmastery_database_up')).toBe(1);
    expect(sampleOf(found, 'flowmastery_clients', { status: 'failing' })).toBe(1);
  });

  it('come without those of the database when it is gone', async () => {
    const admin = new Client({ connectionString: process.env.TEST_DATABASE_URL });
    await admin.connect();
    await admin.query(`DROP DATABASE ${new URL(world.service.database.url).pathname.slice(1)} WITH (FORCE)`);
    await admin.end();
    const { status, text } = await world.scrape();
    expect(status).toBe(200);
    expect(sampleOf(parseExposition(text), 'flowmastery_database_up')).toBe(0);
    expect((await world.scrape(ADMIN_KEY)).status).toBe(200);
  });
});
