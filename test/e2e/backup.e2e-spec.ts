import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { Api } from '../../scripts/support/api.js';
import { OwnPostgres, postgresPrograms } from '../support/own-postgres.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';

const TIMEOUT_MS = 120_000;
const EXECUTIONS = 1_500;
const programs = postgresPrograms();

let folder: string;
let n8n: SimulatedN8n;
const running: ServiceProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flowmastery-backup-'));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter
  const instance = new SimulatedInstance({ version: '2.40', seed: 'backup' });
  generateHistory(instance, { count: EXECUTIONS, days: 40, seed: 'backup' });
  n8n = await startSimulatedN8n(instance);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.end('SIGTERM')));
  await n8n.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startServiceProcess(join(folder, dataDir), env);
  running.push(service);
  return service;
}

async function stop(service: ServiceProcess): Promise<void> {
  running.splice(running.indexOf(service), 1);
  expect(await service.end('SIGTERM')).toBe(0);
}

/** A client with its whole history, and nothing under way any more that could change a figure. */
async function collect(api: Api): Promise<number> {
  const body = { name: 'Acme', n8n_base_url: n8n.baseUrl, n8n_api_key: n8n.apiKey, requests_per_minute: 60_000 };
  const { id } = await api.post<{ id: number }>('/clients', body);
  await api.put(`/clients/${id}/filter-rules`, { exclude_manual: false });
  await api.syncCompletely(id, TIMEOUT_MS, () => undefined);
  await api.patch(`/clients/${id}`, { enabled: false });
  await idle(api);
  await api.collected(id, TIMEOUT_MS, () => undefined);
  return id;
}

/** Waits until no job is queued or running. */
async function idle(api: Api): Promise<void> {
  for (const until = Date.now() + TIMEOUT_MS; ;) {
    const { queue } = await api.get<{ queue: { queued: number; running: number } }>('/metrics/admin/scheduler-status');
    if (queue.queued + queue.running === 0) return;
    if (Date.now() > until) throw new Error(`jobs do not end: ${JSON.stringify(queue)}`);
    await sleep(250);
  }
}

/** Everything that is served of a client over days that are over. */
async function served(api: Api, id: number): Promise<Record<string, unknown>> {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const range = `start_date=${day(35)}&end_date=${day(1)}`;
  const { metrics_data: points } = await api.get<{ metrics_data: { total_executions: number }[] }>(
    `/metrics/client/${id}/historical?${range}`,
  );
  expect(points.some(({ total_executions: total }) => total > 0)).toBe(true);
  return {
    points,
    executions: await api.all(`/metrics/client/${id}/executions?${range}`),
    rules: await api.get(`/clients/${id}/filter-rules`),
    keys: await api.get('/admin/api-keys'),
  };
}

/** It must not only look the same but work: rollups equal to raw, the sealed n8n key readable, new executions collected. */
async function goesOn(api: Api, id: number): Promise<void> {
  expect(await api.post(`/metrics/admin/audit/${id}`)).toMatchObject({ equal: true });
  await api.patch(`/clients/${id}`, { enabled: true });
  const before = await stored(api, id);
  const [workflow] = n8n.instance.truth();
  for (let k = 0; k < 5; k += 1) n8n.instance.startExecution({ workflowId: workflow?.workflowId ?? '', durationMs: 1 });
  // The first one may join a sync that has read the list already.
  for (let tries = 0; tries < 3 && (await stored(api, id)) < before + 5; tries += 1)
    await api.syncCompletely(id, TIMEOUT_MS, () => undefined);
  expect(await stored(api, id)).toBe(before + 5);
}

async function stored(api: Api, id: number): Promise<number> {
  const from = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
  return (await api.all(`/metrics/client/${id}/executions?start_date=${from}`)).length;
}

(programs === null ? describe.skip : describe)(
  programs === null ? 'SKIPPED, there is no PostgreSQL with pg_dump here: a dump' : 'a dump',
  () => {
    let postgres: OwnPostgres;

    beforeAll(async () => {
      postgres = await OwnPostgres.start(programs ?? '');
    });

    afterAll(async () => {
      await postgres.stop();
    });

    it('of a database at work, restored into an empty one, serves the same figures and goes on collecting', async () => {
      const keys = {
        ADMIN_API_KEY: 'fm_admin_key_of_the_tests_of_backups',
        ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      };
      const environment = (database: string): Record<string, string> => ({ ...keys, DATABASE_URL: postgres.url(database) });
      await postgres.run('createdb', ['--maintenance-db', postgres.url('postgres'), 'metrics']);
      const before = await start('data', environment('metrics'));
      const api = new Api(before.url, keys.ADMIN_API_KEY);
      const id = await collect(api);
      const viewer = await api.post<{ key: string }>('/admin/api-keys', { name: 'Board', role: 'viewer' });
      const figures = await served(api, id);

      // As docs/operations.md says it, while the service runs.
      await postgres.run('pg_dump', ['--format=custom', `--file=${postgres.file('metrics.dump')}`, postgres.url('metrics')]);
      await stop(before);
      await postgres.run('dropdb', ['--maintenance-db', postgres.url('postgres'), 'metrics']);

      await postgres.run('createdb', ['--maintenance-db', postgres.url('postgres'), 'restored']);
      const restore = ['--exit-on-error', '--no-owner', `--dbname=${postgres.url('restored')}`, postgres.file('metrics.dump')];
      await postgres.run('pg_restore', restore);
      const after = await start('data', environment('restored'));
      expect(after.output()).toContain('database schema is up to date');
      const again = new Api(after.url, keys.ADMIN_API_KEY);
      expect(await served(again, id)).toEqual(figures);
      expect(await new Api(after.url, viewer.key).get('/metrics/all')).toBeDefined();
      await goesOn(again, id);
    }, 240_000);
  },
);

describe('a copy of DATA_DIR', () => {
  it('made while the service is stopped, serves the same figures and goes on collecting', async () => {
    const before = await start('data');
    const api = new Api(before.url, before.adminKey);
    const id = await collect(api);
    const figures = await served(api, id);
    await stop(before);
    // Not Node's own copy: as root, the database belongs to another user, which only `cp` keeps.
    expect(spawnSync('cp', ['-a', join(folder, 'data'), join(folder, 'copy')]).status).toBe(0);
    rmSync(join(folder, 'data'), { recursive: true });

    const after = await start('copy');
    expect(after.adminKey).toBe(before.adminKey);
    const again = new Api(after.url, after.adminKey);
    expect(await served(again, id)).toEqual(figures);
    await goesOn(again, id);
  }, 240_000);
});
