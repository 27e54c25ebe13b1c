import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../scripts/support/api.js';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startServiceProcess } from '../support/process.js';

/** As far as the end may take on a busy machine; the service itself gives up, with another exit code, after 10 s. */
const TIMEOUT_MS = 120_000;

describe('a service that is asked to stop', () => {
  let database: TestDatabase;
  let n8n: SimulatedN8n;
  const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-stop-'));

  beforeAll(async () => {
    database = await createTestDatabase();
    const instance = new SimulatedInstance({ version: '2.40', seed: 'stop' });
    generateHistory(instance, { count: 2_000, days: 10, seed: 'stop' });
    instance.faults.always({ kind: 'slow', ms: 700 }, { endpoint: 'executions' });
    n8n = await startSimulatedN8n(instance);
  });

  afterAll(async () => {
    await n8n.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(
    'is not ready first, goes on answering, hands its jobs back and ends with 0',
    async () => {
      const service = await startServiceProcess(dataDir, {
        DATABASE_URL: database.url,
        ADMIN_API_KEY: 'fm_key_of_the_shutdown_test',
        ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
        SHUTDOWN_DRAIN_SECONDS: '5',
      });
      const api = new Api(service.url, service.adminKey);
      const client = { name: 'slow', n8n_base_url: n8n.baseUrl, n8n_api_key: n8n.apiKey };
      const { id } = await api.post<{ id: number }>('/clients', client);
      const { job_id: jobId } = await api.post<{ job_id: string }>(`/metrics/admin/sync/${id}`);
      const isRunning = async (): Promise<boolean> =>
        (await api.get<{ state: string }>(`/metrics/admin/jobs/${jobId}`)).state === 'running';
      while (!(await isRunning()));

      const ended = service.end('SIGTERM');
      const ready = async (): Promise<number> => (await fetch(`${service.url}/health/ready`)).status;
      while ((await ready()) === 200);
      const health = await fetch(`${service.url}/health`);
      expect(health.status).toBe(503);
      expect(await health.json()).toMatchObject({
        error: { process: { status: 'down', cause: 'the process is shutting down' } },
      });
      expect(await api.get('/metrics/all')).toMatchObject({ clients: [{ client_id: id }] });
      expect(await ended).toBe(0);
      const runs: unknown = await database.dataSource.query(`SELECT state, error FROM job_runs WHERE job_id = $1`, [jobId]);
      expect(runs).toEqual([{ state: 'queued', error: null }]);
    },
    TIMEOUT_MS,
  );
});
