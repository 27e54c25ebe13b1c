import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../scripts/support/api.js';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';
import { RestartablePostgres } from './restartable-postgres.js';

const WAIT_MS = 120_000;
const KEYS = { ADMIN_API_KEY: 'fm_admin_key_of_the_fault_tests', ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') };

/** The real service, its own PostgreSQL and one n8n that goes on working whatever happens to the others. */
export class Stage {
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-fault-'));
  private env: Record<string, string>;
  private running: ServiceProcess | null = null;
  private working: NodeJS.Timeout | undefined;
  clientId = 0;

  private constructor(
    readonly postgres: RestartablePostgres,
    readonly n8n: SimulatedN8n,
    env: Record<string, string>,
  ) {
    this.env = { ...KEYS, DATABASE_URL: postgres.url, METRICS_SYNC_INTERVAL_MINUTES: '1', ...env };
  }

  /** Everything runs, and the client's history is collected. */
  static async open(env: Record<string, string> = {}, { count = 400, days = 20 } = {}): Promise<Stage> {
    const instance = new SimulatedInstance({ version: '2.40', seed: 'faults' });
    generateHistory(instance, { count, days, seed: 'faults' });
    const stage = new Stage(await RestartablePostgres.open(), await startSimulatedN8n(instance), env);
    await stage.startService();
    const { baseUrl, apiKey } = stage.n8n;
    const body = { name: 'faults', n8n_base_url: baseUrl, n8n_api_key: apiKey, requests_per_minute: 60_000 };
    stage.clientId = (await stage.api.post<{ id: number }>('/clients', body)).id;
    await stage.api.syncCompletely(stage.clientId, WAIT_MS, () => undefined);
    return stage;
  }

  get service(): ServiceProcess {
    if (this.running === null) throw new Error('the service does not run');
    return this.running;
  }

  get api(): Api {
    return new Api(this.service.url, this.service.adminKey);
  }

  /** For the next start. */
  set(env: Record<string, string>): void {
    this.env = { ...this.env, ...env };
  }

  async startService(): Promise<void> {
    this.running = await startServiceProcess(this.dataDir, this.env);
  }

  /** `kill -9` */
  async kill(): Promise<void> {
    await this.service.end('SIGKILL');
    this.running = null;
  }

  /** From now on the client's workflows run twice a second, whatever happens to the service. */
  work(): void {
    const { instance } = this.n8n;
    const workflow = instance.database.workflows.list().find(({ settings }) => settings.saveDataSuccessExecution !== 'none');
    if (workflow === undefined) throw new Error('no workflow keeps its executions');
    this.working = setInterval(() => {
      instance.startExecution({ workflowId: workflow.id, startedAt: instance.clock.now() - 1_500, durationMs: 300 });
    }, 500);
  }

  /** A probe: its status and what it says. */
  async probe(path: string): Promise<{ status: number; body: { status: string; error?: object; details?: object } }> {
    const answer = await fetch(`${this.service.url}${path}`, { signal: AbortSignal.timeout(60_000) });
    return { status: answer.status, body: (await answer.json()) as { status: string } };
  }

  async readyIs(status: 200 | 503): Promise<void> {
    await eventually(`/health/ready is ${status}`, async () => (await this.probe('/health/ready')).status === status);
  }

  /** Once the workflows rest: nothing lost, nothing twice, and every rollup equal to raw. */
  async expectEverything(): Promise<void> {
    clearInterval(this.working);
    await this.api.syncCompletely(this.clientId, WAIT_MS, () => undefined);
    const from = new Date(Date.now() - 85 * 86_400_000).toISOString().slice(0, 10);
    const rows = await this.api.all<{ n8n_execution_id: string; status: string }>(
      `/metrics/client/${this.clientId}/executions?start_date=${from}`,
    );
    const stored = rows.map((row) => `${row.n8n_execution_id} ${row.status}`).sort();
    expect(stored).toEqual(
      this.n8n.instance
        .truth()
        .map(({ id, status }) => `${id} ${status}`)
        .sort(),
    );
    expect(await this.api.post(`/metrics/admin/audit/${this.clientId}`)).toMatchObject({ equal: true });
  }

  /** ERROR means that a person must act; nothing here asks for one. */
  expectNoErrors(): void {
    expect(
      this.service
        .output()
        .split('\n')
        .filter((line) => /"level":(50|60)/.test(line)),
    ).toEqual([]);
  }

  async close(): Promise<void> {
    clearInterval(this.working);
    await this.running?.end('SIGKILL');
    await this.n8n.close();
    await this.postgres.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** @throws Error when it does not come true within two minutes */
export async function eventually(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error(`it did not come true: ${what}`);
}
