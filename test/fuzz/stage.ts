import { ApiKeysService } from '../../src/auth/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type KnownValues } from './values.js';

/** So many clients and keys are there to be removed. */
const SACRIFICES = 10;
const SYNC_SECONDS = 60;

interface Execution {
  n8n_execution_id: string;
  workflow_id: number;
}

/** The whole service with data in it, whose every operation may be called with anything. */
export interface Stage {
  service: TestApp;
  adminKey: string;
  /** Of a viewer that is bound to the client with data. */
  viewerKey: string;
  known: KnownValues;
  /** Ids that may be removed, by the path that removes them. */
  removable: Readonly<Record<string, readonly number[]>>;
  close: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const instance = new SimulatedInstance({ version: '2.40', seed: 'fuzz' });
  generateHistory(instance, { count: 300, days: 20, seed: 'fuzz' });
  const n8n = await startSimulatedN8n(instance);
  const service = await startTestApp({ ROLE: 'all', LOG_LEVEL: 'silent' });
  const adminKey = service.config.adminApiKey;
  const clients = service.app.get(ClientsService, { strict: false });
  const keys = service.app.get(ApiKeysService, { strict: false });
  const address = { n8nBaseUrl: n8n.baseUrl, n8nApiKey: n8n.apiKey, requestsPerMinute: 60_000 };
  const { id } = await clients.create({ ...address, name: 'Fuzzed', timezone: 'Europe/Berlin' });
  const get = async <T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> => {
    const answer = await service.app.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${adminKey}` } });
    if (answer.statusCode >= 400) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
    return answer.json();
  };
  const job = await get<{ job_id: string; state: string }>(`/metrics/admin/sync/${id}?wait=${SYNC_SECONDS}`, 'POST');
  if (job.state !== 'completed') throw new Error(`the first sync is ${job.state}`);
  const { items } = await get<{ items: Execution[] }>(`/metrics/client/${id}/executions`);
  const removable = { clients: [] as number[], keys: [] as number[] };
  for (let n = 0; n < SACRIFICES; n += 1) {
    removable.clients.push((await clients.create({ ...address, name: `Sacrifice ${n}`, enabled: false })).id);
    removable.keys.push(
      (await keys.create({ name: `Sacrifice ${n}`, role: 'viewer', clientId: null, expiresAt: null })).apiKey.id,
    );
  }
  return {
    service,
    adminKey,
    viewerKey: (await keys.create({ name: 'Viewer', role: 'viewer', clientId: id, expiresAt: null })).key,
    known: knownValues(id, job.job_id, items, n8n),
    removable: { '/api/v1/clients/{id}': removable.clients, '/api/v1/admin/api-keys/{id}': removable.keys },
    close: async () => {
      await service.close();
      await n8n.close();
    },
  };
}

function knownValues(id: number, jobId: string, items: readonly Execution[], n8n: SimulatedN8n): KnownValues {
  return {
    id: [id],
    client_id: [id],
    workflow_id: [...new Set(items.map((item) => item.workflow_id))].slice(0, 3),
    n8n_execution_id: items.slice(0, 5).map((item) => item.n8n_execution_id),
    job_id: [jobId],
    // Nobody waits for the longest that is allowed.
    wait: [0, 0, 0, 1],
    n8n_base_url: [n8n.baseUrl, n8n.baseUrl, n8n.baseUrl, 'http://127.0.0.1:1', 'http://169.254.169.254/latest'],
    n8n_api_key: [n8n.apiKey, n8n.apiKey, 'wrong'],
    timezone: ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'],
    // So that the first of many clients do not keep the queue busy.
    enabled: [false, false, false, true],
    requests_per_minute: [60_000],
    expires_at: [null, '2999-01-01T00:00:00Z'],
    from: ['22:00', '00:00'],
    to: ['06:00', '23:59'],
    'exclude_workflow_patterns[]': ['test', '^dev', '(a|b)+', '.*'],
    'include_workflow_patterns[]': ['prod', 'x{2,5}'],
  };
}
