import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { Api } from '../../scripts/support/api.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';

const TIMEOUT_MS = 120_000;

let dataDir: string;
let service: ServiceProcess | undefined;
const instances: SimulatedN8n[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-e2e-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must be able to enter
});

afterEach(async () => {
  await service?.end('SIGTERM');
  service = undefined;
  await Promise.all(instances.splice(0).map((server) => server.close()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Api> {
  service = await startServiceProcess(dataDir);
  return new Api(service.url, service.adminKey);
}

async function simulate(seed: string, count: number): Promise<SimulatedN8n> {
  const instance = new SimulatedInstance({ version: '2.40', seed });
  generateHistory(instance, { count, days: 30, seed });
  const server = await startSimulatedN8n(instance);
  instances.push(server);
  return server;
}

async function register(api: Api, server: SimulatedN8n, name: string): Promise<number> {
  const body = { name, n8n_base_url: server.baseUrl, n8n_api_key: server.apiKey, requests_per_minute: 60_000 };
  return (await api.post<{ id: number }>('/clients', body)).id;
}

interface Listed {
  n8n_execution_id: string;
  status: string;
}

async function listed(api: Api, clientId: number): Promise<Record<string, string>> {
  const start = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  const rows = await api.all<Listed>(`/metrics/client/${clientId}/executions?start_date=${start}`);
  expect(new Set(rows.map((row) => row.n8n_execution_id)).size).toBe(rows.length);
  return Object.fromEntries(rows.map((row) => [row.n8n_execution_id, row.status]));
}

const truthOf = (server: SimulatedN8n): Record<string, string> =>
  Object.fromEntries(server.instance.truth().map((row) => [row.id, row.status]));

describe('the service as its users run it', () => {
  it('goes on with the first backfill after kill -9, and every count is equal', async () => {
    const server = await simulate('killed', 5_000);
    server.instance.faults.always({ kind: 'slow', ms: 150 }, { endpoint: 'executions' });
    const api = await start();
    const clientId = await register(api, server, 'killed');
    let rows = 0;
    for (const until = Date.now() + TIMEOUT_MS; rows < 750 && Date.now() < until;) {
      rows = (await api.freshness(clientId).catch(() => ({ backfill: null }))).backfill?.rows ?? 0;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(rows).toBeGreaterThanOrEqual(750);
    expect(rows).toBeLessThan(5_000);
    await service?.end('SIGKILL');

    const again = await start();
    const resumed = await again.freshness(clientId);
    // Still slow: had the walk begun anew, it would stand at its first page now.
    expect(resumed.backfill?.rows).toBeGreaterThanOrEqual(rows);
    server.instance.faults.clear();
    await again.syncCompletely(clientId, TIMEOUT_MS, () => undefined);
    expect(await listed(again, clientId)).toEqual(truthOf(server));
  }, 180_000);

  it('keeps the rows of two clients with the same execution ids apart', async () => {
    const first = await simulate('twin', 400);
    const second = await simulate('twin', 700);
    const api = await start();
    const ids = [await register(api, first, 'first'), await register(api, second, 'second')];
    for (const id of ids) await api.syncCompletely(id, TIMEOUT_MS, () => undefined);
    expect(await listed(api, ids[0] ?? 0)).toEqual(truthOf(first));
    expect(await listed(api, ids[1] ?? 0)).toEqual(truthOf(second));
  }, 180_000);

  it('keeps its keys to itself and ends with 0 when asked to', async () => {
    const api = await start();
    await api.get('/clients');
    expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
    const running = service;
    service = undefined;
    expect(await running?.end('SIGTERM')).toBe(0);
    expect(running?.output()).toContain('keys.json');
    expect(running?.output()).not.toContain(running?.adminKey ?? '');
  }, 120_000);
});
