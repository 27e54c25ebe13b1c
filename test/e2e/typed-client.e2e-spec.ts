import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { bodyOf, type TypedClient, typedClient } from '../client/typed-client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';

const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, { get?: { operationId: string; 'x-access': string } }>;
};

/** What a user does with a client that was generated from the document: every line below is checked by tsc against it. */
describe('the typed client', () => {
  let dataDir: string;
  let database: TestDatabase;
  let service: ServiceProcess;
  let n8n: SimulatedN8n;
  let admin: TypedClient;
  let viewer: TypedClient;
  let id: number;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-typed-'));
    database = await createTestDatabase();
    service = await startServiceProcess(dataDir, {
      DATABASE_URL: database.url,
      ADMIN_API_KEY: 'a'.repeat(40),
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    admin = typedClient(service.url, service.adminKey);
    const instance = new SimulatedInstance({ version: '2.40', seed: 'typed' });
    generateHistory(instance, { count: 400, days: 20, seed: 'typed' });
    n8n = await startSimulatedN8n(instance);
  });

  afterAll(async () => {
    await n8n.close();
    await service.end('SIGTERM');
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('registers a client, syncs it and makes it a key', async () => {
    const body = {
      name: 'Typed',
      n8n_base_url: n8n.baseUrl,
      n8n_api_key: n8n.apiKey,
      timezone: 'Europe/Berlin',
      requests_per_minute: 60_000,
    };
    const created = bodyOf(await admin.POST('/api/v1/clients', { body }));
    expect(created.connection?.capabilities.status_in_list).toBe(true);
    id = created.id;

    const job = bodyOf(
      await admin.POST('/api/v1/metrics/admin/sync/{client_id}', {
        params: { path: { client_id: id }, query: { wait: 60 } },
      }),
    );
    expect(job).toMatchObject({ state: 'completed', error: null, client_id: id });
    const same = bodyOf(await admin.GET('/api/v1/metrics/admin/jobs/{job_id}', { params: { path: { job_id: job.job_id } } }));
    expect(same.state).toBe('completed');

    const key = bodyOf(await admin.POST('/api/v1/admin/api-keys', { body: { name: 'reads', role: 'viewer', client_id: id } }));
    viewer = typedClient(service.url, key.key);
  });

  it('reads the same metrics as admin and as the viewer of the client', async () => {
    const path = { id };
    const query = { start_date: daysAgo(40) };
    const summary = bodyOf(await admin.GET('/api/v1/metrics/client/{id}', { params: { path, query } }));
    const {
      total_executions: total,
      canceled_executions: canceled,
      open_executions: open,
      excluded_executions: excluded,
    } = summary;
    expect(total).toBeGreaterThan(100);
    expect(total + canceled + open + excluded).toBe(n8n.instance.truth().length);
    expect(bodyOf(await viewer.GET('/api/v1/metrics/my-metrics', { params: { query } }))).toEqual(summary);

    const all = bodyOf(await admin.GET('/api/v1/metrics/all', { params: { query } }));
    expect(all.clients.map(({ client_id, total_executions }) => [client_id, total_executions])).toEqual([
      [id, summary.total_executions],
    ]);

    const workflows = bodyOf(await admin.GET('/api/v1/metrics/client/{id}/workflows', { params: { path, query } }));
    const counted = workflows.workflows.reduce((sum, { total_executions }) => sum + total_executions, 0);
    expect(counted).toBe(summary.total_executions);
    expect(bodyOf(await viewer.GET('/api/v1/metrics/my-workflows', { params: { query } }))).toEqual(workflows);

    const weekly = { ...query, period_type: 'weekly' as const };
    const series = bodyOf(await admin.GET('/api/v1/metrics/client/{id}/historical', { params: { path, query: weekly } }));
    expect(series.metrics_data.reduce((sum, point) => sum + point.total_executions, 0)).toBe(summary.total_executions);
    expect(bodyOf(await viewer.GET('/api/v1/metrics/my-historical', { params: { query: weekly } }))).toEqual(series);
  });

  it('reads executions one by one and page by page', async () => {
    const query = { limit: 250, start_date: daysAgo(40) };
    const first = bodyOf(await admin.GET('/api/v1/metrics/client/{id}/executions', { params: { path: { id }, query } }));
    const cursor = first.next_cursor ?? '';
    const second = bodyOf(await viewer.GET('/api/v1/metrics/my-executions', { params: { query: { ...query, cursor } } }));
    expect(second.next_cursor).toBeNull();
    const items = [...first.items, ...second.items];
    expect(new Set(items.map((item) => item.n8n_execution_id)).size).toBe(n8n.instance.truth().length);

    const { n8n_execution_id = '' } = items[0] ?? {};
    const one = bodyOf(
      await admin.GET('/api/v1/metrics/client/{id}/executions/{n8n_execution_id}', {
        params: { path: { id, n8n_execution_id } },
      }),
    );
    expect(one).toMatchObject({ n8n_execution_id, explain: { is_production: one.is_production } });
  });

  it('gets every other GET of the document too', async () => {
    const [item] = bodyOf(await admin.GET('/api/v1/metrics/client/{id}/executions', { params: { path: { id } } })).items;
    const runs = bodyOf(await admin.GET('/api/v1/metrics/admin/job-runs', { params: { query: { name: 'sync' } } }));
    const path = {
      id,
      client_id: id,
      workflow_id: item?.workflow_id,
      n8n_execution_id: item?.n8n_execution_id,
      job_id: runs.items[0]?.job_id,
    };
    const answers: Record<string, number> = {};
    for (const [route, { get }] of Object.entries(document.paths)) {
      if (get === undefined) continue;
      const caller = get['x-access'] === 'own-client' ? viewer : admin;
      // The route is only known at run time here, so its parameters have no types.
      const { response } = await caller.GET(route as never, { params: { path }, parseAs: 'text' } as never);
      answers[get.operationId] = response.status;
    }
    expect(Object.entries(answers).filter(([, status]) => status !== 200)).toEqual([]);
    expect(Object.keys(answers).length).toBeGreaterThan(20);
  });

  it('gets problems with their code', async () => {
    const { error, response } = await admin.GET('/api/v1/metrics/client/{id}', { params: { path: { id: 4_711 } } });
    expect(response.status).toBe(404);
    expect(error?.code).toBe('client_not_found');
    const refused = await viewer.DELETE('/api/v1/clients/{id}', { params: { path: { id } } });
    expect(refused.error).toMatchObject({ status: 403, code: 'forbidden_role' });
  });

  it('changes rules and settings, and deletes the client', async () => {
    const path = { id };
    const rules = await admin.PUT('/api/v1/clients/{id}/filter-rules', { params: { path }, body: { exclude_manual: false } });
    expect(bodyOf(rules)).toMatchObject({ version: 1, rules: { exclude_manual: false } });
    const changed = await admin.PATCH('/api/v1/clients/{id}', { params: { path }, body: { name: 'Renamed', timezone: 'UTC' } });
    expect(bodyOf(changed)).toMatchObject({ name: 'Renamed', timezone: 'UTC' });
    const audit = await admin.POST('/api/v1/metrics/admin/audit/{client_id}', { params: { path: { client_id: id } } });
    expect(bodyOf(audit).differences).toEqual([]);
    const gone = bodyOf(await admin.DELETE('/api/v1/clients/{id}', { params: { path } }));
    expect(gone).toMatchObject({ client_id: id });
    expect((await admin.GET('/api/v1/clients/{id}', { params: { path } })).error?.code).toBe('client_not_found');
  });
});

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
