import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api, type Job } from '../../scripts/support/api.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type ServiceProcess, startServiceProcess } from '../support/process.js';

/** Stored executions that are judged again; `npm run test:reclassify` takes 500,000. */
const ROWS = Number(process.env.RECLASSIFY_ROWS ?? 50_000);
const DAYS = 60;
const DAY_MS = 86_400_000;
const WAIT_MS = 240_000;
const KEYS = { ADMIN_API_KEY: 'fm_admin_key_of_the_re_application', ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64') };

interface Audit {
  equal: boolean;
  complete: boolean;
  days_compared: number;
  rows_compared: { daily: number };
}

let database: TestDatabase;
let server: SimulatedN8n;
let service: ServiceProcess | undefined;
const dataDir = mkdtempSync(join(tmpdir(), 'flowmastery-e2e-'));

const say = (text: string): void => {
  process.stderr.write(`[re-application] ${text}\n`);
};

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startSimulatedN8n(new SimulatedInstance({ version: '2.40', seed: 're-application' }));
});

afterAll(async () => {
  await service?.end('SIGKILL');
  await server.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Api> {
  service = await startServiceProcess(dataDir, { ...KEYS, DATABASE_URL: database.url });
  return new Api(service.url, service.adminKey);
}

const query = <Row>(text: string, parameters: unknown[]): Promise<Row[]> => database.dataSource.query<Row[]>(text, parameters);

/** Executions of the client's workflows over sixty days, as older syncs would have stored them by the defaults, one in ten failed. */
async function storeMany(clientId: number): Promise<void> {
  const now = Date.now();
  const weeks = Array.from({ length: DAYS / 7 + 2 }, (_, n) => new Date(now - n * 7 * DAY_MS));
  await new PartitionsRepository(database.dataSource).ensurePartitions(weeks);
  await query(
    `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, execution_time_ms,
            is_production, filter_reason, rule_version, detail_state, first_seen_at, last_changed_at)
     SELECT $1, 1, 'bulk-' || n, date_trunc('milliseconds', $4::timestamptz - n * ($3::float / $2) * interval '1 day'), w.id,
            CASE WHEN n % 10 = 0 THEN 'error' ELSE 'success' END, 'webhook', n % 5000, true, 'mode_webhook', 0, 'done', now(), now()
       FROM generate_series(1, $2::int) n
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM workflows WHERE client_id = $1) w ON w.place = n % 4`,
    [clientId, ROWS, DAYS, new Date(now - DAY_MS)],
  );
}

async function audit(api: Api, clientId: number): Promise<Audit> {
  return api.post<Audit>(`/metrics/admin/audit/${clientId}`);
}

/** Where the re-classification stands; `null`: not begun or over. */
async function cursor(clientId: number): Promise<Date | null> {
  const [state] = await query<{ at: Date | null }>('SELECT reclassify_cursor AS at FROM sync_states WHERE client_id = $1', [
    clientId,
  ]);
  return state?.at ?? null;
}

async function begun(clientId: number): Promise<Date> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    const at = await cursor(clientId);
    if (at !== null) return at;
    await sleep(5);
  }
  throw new Error('the re-classification did not begin');
}

/** Registers the instance, stores many executions and rolls them up. */
async function prepare(api: Api): Promise<number> {
  for (const name of ['Orders', 'Order test', 'Billing', 'Mailer']) {
    const { id: workflowId } = server.instance.addWorkflow({ name });
    server.instance.startExecution({ workflowId, startedAt: Date.now() - 3_600_000 });
  }
  const body = { name: 're-application', n8n_base_url: server.baseUrl, n8n_api_key: server.apiKey, timezone: 'Europe/Berlin' };
  const { id } = await api.post<{ id: number }>('/clients', { ...body, requests_per_minute: 60_000 });
  await api.syncCompletely(id, WAIT_MS, () => undefined);
  await storeMany(id);
  const range = { start_date: dayBefore(DAYS + 2), end_date: dayBefore(0) };
  const { job_id } = await api.post<Job>('/metrics/admin/trigger-aggregation', { client_id: id, ...range });
  await api.finished(job_id, Date.now() + WAIT_MS, () => undefined);
  return id;
}

const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** A sync that a person asks for while verdicts are made anew: what is new in n8n is stored by the rules of now. */
async function syncMeanwhile(api: Api, clientId: number): Promise<{ ms: number; pending: boolean }> {
  const workflowId = server.instance.addWorkflow({ name: 'Brand new orders' }).id;
  const id = server.instance.startExecution({ workflowId, startedAt: Date.now() - 5_000, durationMs: 10 });
  const began = Date.now();
  const job = await api.post<Job>(`/metrics/admin/sync/${clientId}?wait=110`);
  expect(job.state).toBe('completed');
  const pending = (await cursor(clientId)) !== null;
  const stored = await query<{ filter_reason: string; is_production: boolean }>(
    'SELECT filter_reason, is_production FROM workflow_executions WHERE client_id = $1 AND n8n_execution_id = $2',
    [clientId, id],
  );
  expect(stored).toEqual([{ filter_reason: 'custom_exclude', is_production: false }]);
  return { ms: Date.now() - began, pending };
}

describe('changed rules of a client with many stored executions', () => {
  it('go on after kill -9, let syncs through, and leave every rollup equal to raw', async () => {
    const first = await start();
    const clientId = await prepare(first);
    await expect(audit(first, clientId)).resolves.toMatchObject({ equal: true, complete: true });

    const rules = { exclude_workflow_patterns: ['order'] };
    const preview = await first.post<{ moved_out: number; reason_changed: number; executions: number }>(
      `/clients/${clientId}/filter-rules/preview?start_date=${dayBefore(DAYS + 2)}`,
      rules,
    );
    const { version, job_id: jobId } = await first.put<{ version: number; job_id: string }>(
      `/clients/${clientId}/filter-rules`,
      rules,
    );
    expect(version).toBe(1);
    const killedAt = await begun(clientId);
    await service?.end('SIGKILL');
    // Had it begun anew, it would have to pass here again.
    const left = await cursor(clientId);
    expect(left?.getTime()).toBeGreaterThanOrEqual(killedAt.getTime());

    const startedAt = Date.now();
    const second = await start();
    const sync = await syncMeanwhile(second, clientId);
    const job = await second.finished(jobId, Date.now() + WAIT_MS, () => undefined);
    expect(job.result?.rows_judged).toBeLessThan(preview.executions);
    const [moved] = await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM workflow_executions e WHERE client_id = $1 AND filter_reason = 'custom_exclude' AND e.workflow_id IN
         (SELECT id FROM workflows w WHERE w.client_id = $1 AND w.name <> 'Brand new orders')`,
      [clientId],
    );
    expect(moved?.n).toBe(preview.moved_out + preview.reason_changed);
    await second.syncCompletely(clientId, WAIT_MS, () => undefined);
    const began = Date.now();
    const result = await audit(second, clientId);
    expect(result).toMatchObject({ equal: true, complete: true });
    expect(result.days_compared).toBeGreaterThanOrEqual(DAYS);
    say(`${ROWS} rows; a sync meanwhile took ${sync.ms} ms (re-application ${sync.pending ? 'under way' : 'over'} after it)`);
    say(`the job was done ${Date.now() - startedAt} ms after the restart: ${JSON.stringify(job.result)}`);
    say(`audit: ${result.days_compared} days, ${result.rows_compared.daily} daily rows in ${Date.now() - began} ms`);

    const printed = spawnSync(
      process.execPath,
      ['dist/scripts/audit.js', '--client', String(clientId), '--base-url', service?.url ?? ''],
      {
        env: { ...process.env, ADMIN_API_KEY: KEYS.ADMIN_API_KEY },
        encoding: 'utf8',
      },
    );
    expect(printed.stdout.trim().split('\n').at(-1)).toBe('equal');
    expect(printed.status).toBe(0);
    await query('UPDATE metrics_aggregations SET time_saved_ms = 1 WHERE client_id = $1 AND workflow_id = 0', [clientId]);
    await expect(audit(second, clientId)).resolves.toMatchObject({ equal: false });
  }, 600_000);
});
