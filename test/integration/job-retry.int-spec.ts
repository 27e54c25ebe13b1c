import { ClientsService } from '../../src/clients/index.js';
import { JobsService } from '../../src/jobs/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}

describe('a failed job over HTTP', () => {
  let service: TestApp;
  let clientId: number;

  async function call(method: 'GET' | 'POST', path: string): Promise<Answer> {
    const authorization = `Bearer ${service.config.adminApiKey}`;
    const answer = await service.app.inject({ method, url: `/api/v1${path}`, headers: { authorization } });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  }

  beforeAll(async () => {
    service = await startTestApp({ ROLE: 'all', LOG_LEVEL: 'silent' });
    const client = { name: 'Nobody home', n8nBaseUrl: 'http://127.0.0.1:9', n8nApiKey: 'n8n_api_secret_of_the_client' };
    clientId = (await service.app.get(ClientsService).create(client)).id;
  });

  afterAll(async () => {
    await service.close();
  });

  it('is run once more when asked for, as it was asked for at first', async () => {
    const failed = await call('POST', `/metrics/admin/sync/${clientId}?wait=60`);
    const id = String(failed.body.job_id);
    const path = `/metrics/admin/jobs/${id}`;
    const again = await call('POST', `${path}/retry?wait=60`);
    expect(again.status).toBe(202);
    expect(again.headers.location).toBe(`/api/v1${path}`);
    // Still nobody home: what matters is that it was tried.
    expect(again.body).toMatchObject({ job_id: id, name: 'sync', client_id: clientId, state: 'failed', joined: false });
    const { body } = await call('GET', `/metrics/admin/job-runs?name=sync&client_id=${clientId}&limit=1`);
    expect(body.items).toMatchObject([{ job_id: id, attempts: 2, state: 'failed' }]);
    const [run] = await service.database.dataSource.query<{ payload: object }[]>(
      'SELECT payload FROM job_runs WHERE job_id = $1',
      [id],
    );
    expect(run?.payload).toEqual({ full: true });
    const events = await call('GET', '/admin/audit-events?action=job.retry');
    expect(events.body.items).toMatchObject([
      { actor: 'bootstrap', target: `client:${clientId}`, details: { name: 'sync', job_id: id } },
    ]);
  });

  it('that the queue has forgotten is run all the same, and only once when two ask at once', async () => {
    const lost = 'aggregate.all.lost';
    await service.database.dataSource.query(
      `INSERT INTO job_runs (job_id, name, state, enqueued_at, payload) VALUES ($1, 'aggregate', 'failed', now(), $2)`,
      [lost, { start_date: '2026-02-01', end_date: '2026-02-03' }],
    );
    const both = await Promise.all([1, 2].map(() => call('POST', `/metrics/admin/jobs/${lost}/retry?wait=30`)));
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(await service.app.get(JobsService).waitFor(lost, 30)).toMatchObject({
      state: 'completed',
      attempts: 1,
      counts: { days_marked: 3 },
    });
  });

  it('is the only one that is run again', async () => {
    const { body } = await call('POST', '/metrics/admin/cleanup?dry_run=true&wait=30');
    const retried = await call('POST', `/metrics/admin/jobs/${String(body.job_id)}/retry`);
    expect(retried).toMatchObject({ status: 409, body: { code: 'job_not_failed' } });
    expect(retried.body.detail).toContain('completed');
    expect(await call('POST', '/metrics/admin/jobs/nonsense/retry')).toMatchObject({
      status: 404,
      body: { code: 'job_not_found' },
    });
  });

  it('that synced a client joins the sync that is under way', async () => {
    const failed = await call('POST', `/metrics/admin/sync/${clientId}?wait=60`);
    const held = service.database.dataSource.createQueryRunner();
    await held.startTransaction();
    await held.query('SELECT 1 FROM sync_states WHERE client_id = $1 FOR UPDATE', [clientId]);
    try {
      const other = await service.app.get(JobsService).enqueue({ name: 'sync', clientId });
      const answer = await call('POST', `/metrics/admin/jobs/${String(failed.body.job_id)}/retry`);
      expect(answer).toMatchObject({ status: 202, body: { joined: true, job_id: other.jobId } });
      expect(await service.app.get(JobsService).waitFor(String(failed.body.job_id), 0)).toMatchObject({ state: 'failed' });
    } finally {
      await held.rollbackTransaction();
      await held.release();
    }
  });
});
