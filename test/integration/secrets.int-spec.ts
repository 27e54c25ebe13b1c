import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

const ADMIN_KEY = `fm_admin_${randomBytes(18).toString('base64url')}`;
const ENCRYPTION_KEY = randomBytes(32).toString('base64');
const WRONG_N8N_KEY = `n8n_api_${randomBytes(20).toString('hex')}`;
const URL_PASSWORD = randomBytes(12).toString('hex');

/** Everything that the service says, in answers and in its log, and everything that it stores. */
describe('no secret leaves the service', () => {
  let service: TestApp;
  let n8n: SimulatedN8n;
  let clientId: number;
  let viewerKey: string;
  const said: { where: string; text: string }[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      said.push({ where: 'log', text: chunk.toString() });
      done();
    },
  });

  const call = async (
    method: string,
    path: string,
    { body, key = ADMIN_KEY }: { body?: unknown; key?: string } = {},
  ): Promise<unknown> => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const headers = JSON.stringify([...answer.headers]);
    said.push({ where: `${method} ${path} ${answer.status}`, text: `${headers}${text}` });
    return text.startsWith('{') ? JSON.parse(text) : text;
  };
  const api = (method: string, path: string, body?: unknown): Promise<unknown> => call(method, `/api/v1${path}`, { body });

  beforeAll(async () => {
    n8n = await startSimulatedN8n(new SimulatedInstance({ version: '2.40', seed: 'secrets' }));
    const { id: workflowId } = n8n.instance.addWorkflow({ name: 'Orders' });
    // An API that answers with the key it was called with, as many do.
    n8n.instance.startExecution({
      workflowId,
      startedAt: n8n.instance.clock.now() - 60_000,
      durationMs: 10,
      outcome: 'error',
      failure: { message: `401: the key ${n8n.apiKey} is not allowed, Authorization: Bearer ${ADMIN_KEY}` },
    });
    service = await startTestApp({ ROLE: 'all', LOG_LEVEL: 'trace', ADMIN_API_KEY: ADMIN_KEY, ENCRYPTION_KEY }, log);
    const created = (await api('POST', '/clients', { name: 'Acme', n8n_base_url: n8n.baseUrl, n8n_api_key: n8n.apiKey })) as {
      id: number;
    };
    clientId = created.id;
  }, 60_000);

  afterAll(async () => {
    await service.close();
    await n8n.close();
  });

  const secrets = (): Record<string, string> => ({
    'the key of n8n': n8n.apiKey,
    'a wrong key of n8n': WRONG_N8N_KEY,
    'the admin key': ADMIN_KEY,
    'the encryption key': ENCRYPTION_KEY,
    'a viewer’s key': viewerKey,
    'the password in an address': URL_PASSWORD,
  });

  const found = (texts: readonly { where: string; text: string }[]): string[] =>
    Object.entries(secrets()).flatMap(([name, secret]) =>
      texts.filter(({ text }) => text.includes(secret)).map(({ where, text }) => `${name} in ${where}: ${text.slice(0, 300)}`),
    );

  it('in answers, errors and log lines', async () => {
    expect(clientId).toBeGreaterThan(0);
    await api('POST', `/metrics/admin/sync/${clientId}?wait=30`);
    const issued = (await (
      await fetch(`${service.url}/api/v1/admin/api-keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'viewer', role: 'viewer' }),
      })
    ).json()) as { key: string };
    viewerKey = issued.key;
    expect(viewerKey).toMatch(/^fm_/);
    // What goes wrong talks most.
    await api('POST', '/clients', { name: 'Wrong', n8n_base_url: n8n.baseUrl, n8n_api_key: WRONG_N8N_KEY });
    await api('POST', '/clients', { name: 'Acme', n8n_base_url: n8n.baseUrl, n8n_api_key: n8n.apiKey });
    await api('POST', '/clients', {
      name: 'Bad',
      n8n_base_url: `http://user:${URL_PASSWORD}@127.0.0.1:1`,
      n8n_api_key: WRONG_N8N_KEY,
    });
    await api('POST', '/clients', `{"n8n_api_key": "${WRONG_N8N_KEY}", broken`);
    await api('POST', '/clients', { n8n_api_key: { nested: WRONG_N8N_KEY }, [WRONG_N8N_KEY.slice(0, 7)]: 1 });
    await api('PATCH', `/clients/${clientId}?verify=false`, { n8n_api_key: WRONG_N8N_KEY });
    await api('POST', `/clients/${clientId}/verify`);
    await api('POST', `/metrics/admin/sync/${clientId}?wait=30`);
    await call('GET', '/api/v1/metrics/my-metrics', { key: viewerKey });
    await call('GET', `/api/v1/clients`, { key: viewerKey });
    await call('GET', `/api/v1/clients`, { key: `${viewerKey}x` });
    await call('GET', `/api/v1/clients?api_key=none`);
    const document = (await call('GET', '/docs-json')) as { paths: Record<string, object> };
    const reads = Object.entries(document.paths).flatMap(([path, operations]) => ('get' in operations ? [path] : []));
    const { items } = (await api('GET', '/metrics/admin/job-runs?limit=50')) as { items: { job_id: string }[] };
    const values: Record<string, string> = { job_id: items[0]?.job_id ?? '', n8n_execution_id: '1', workflow_id: '1' };
    for (const path of reads)
      await call(
        'GET',
        path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? String(clientId)),
      );
    expect(reads.length).toBeGreaterThan(20);
    expect(said.filter(({ where }) => where === 'log').length).toBeGreaterThan(20);
    expect(said.some(({ text }) => text.includes('401: the key'))).toBe(true);
    expect(found(said)).toEqual([]);
  }, 120_000);

  it('into a table', async () => {
    const tables = await service.database.dataSource.query<{ name: string }[]>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(15);
    const rows: { where: string; text: string }[] = [];
    for (const { name } of tables) {
      const texts = await service.database.dataSource.query<{ text: string }[]>(`SELECT t::text AS text FROM ${name} t`);
      rows.push(...texts.map(({ text }) => ({ where: name, text })));
    }
    expect(rows.some(({ where, text }) => where.endsWith('.clients') && /v1:[0-9a-f]{8}:/.test(text))).toBe(true);
    expect(found(rows)).toEqual([]);
  });
});
