import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { generateHistory, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; message: string }[];
}

interface Answer {
  status: number;
  type: string | null;
  problem: Problem;
}

let service: TestApp;
let n8n: SimulatedN8n;
let webPage: Server;

beforeAll(async () => {
  service = await startTestApp();
  const instance = new SimulatedInstance({ version: '2.40', seed: 'bad input' });
  generateHistory(instance, { count: 20, days: 2 });
  n8n = await startSimulatedN8n(instance);
  webPage = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'));
  await new Promise<void>((resolve) => webPage.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await n8n.close();
  await new Promise((resolve) => webPage.close(resolve));
  await service.close();
});

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${service.config.adminApiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), problem: (await answer.json()) as Problem };
}

function client(overrides: Record<string, unknown>): Record<string, unknown> {
  return { name: 'bad input', n8n_base_url: n8n.baseUrl, n8n_api_key: n8n.apiKey, ...overrides };
}

async function rows(table: string): Promise<number> {
  const [row] = await service.database.dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`);
  return Number(row?.n);
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, problem: { status, code } });
  expect(answer.type).toMatch(/^application\/problem\+json/);
  const advice = [answer.problem.detail, ...(answer.problem.errors ?? []).map(({ message }) => message)].join(' ');
  expect(advice.length).toBeGreaterThan(20);
}

describe('a client that cannot be used is refused with what is wrong, and nothing is stored', () => {
  const cases: [string, () => Record<string, unknown>, number, string][] = [
    ['an unreachable host', () => ({ n8n_base_url: 'http://127.0.0.1:1' }), 422, 'refused'],
    ['a host that does not exist', () => ({ n8n_base_url: 'http://n8n.invalid' }), 422, 'dns'],
    ['a wrong key', () => ({ n8n_api_key: 'wrong-key-wrong-key' }), 422, 'bad_key'],
    [
      'a URL that serves HTML',
      () => ({ n8n_base_url: `http://127.0.0.1:${(webPage.address() as AddressInfo).port}` }),
      422,
      'not_n8n',
    ],
    ['an address of cloud metadata', () => ({ n8n_base_url: 'http://169.254.169.254' }), 422, 'blocked_address'],
    ['a URL that is none', () => ({ n8n_base_url: 'n8n' }), 400, 'invalid_request'],
    ['an unknown time zone', () => ({ timezone: 'Mars/Olympus' }), 400, 'invalid_request'],
    ['an unknown field', () => ({ colour: 'red' }), 400, 'invalid_request'],
  ];

  it.each(cases)('%s', async (_, overrides, status, code) => {
    const answer = await call('POST', '/clients', client(overrides()));
    expectProblem(answer, status, code);
    expect(await rows('clients')).toBe(0);
    expect(await rows('sync_states')).toBe(0);
    if (status === 400) expect(answer.problem.errors?.[0]?.field).toBe(Object.keys(overrides())[0]);
  });
});

describe('a request that cannot be meant', () => {
  let id: number;

  beforeAll(async () => {
    const created = await call('POST', '/clients', client({ name: 'good' }));
    expect(created.status).toBe(201);
    id = (created.problem as unknown as { id: number }).id;
  });

  it('names an unknown client', async () => {
    expectProblem(await call('GET', '/metrics/client/4711/historical'), 404, 'client_not_found');
    expectProblem(await call('POST', '/metrics/admin/sync/4711'), 404, 'client_not_found');
  });

  it('names both ends of a range that ends before it begins', async () => {
    const answer = await call('GET', `/metrics/client/${id}/historical?start_date=2026-03-02&end_date=2026-03-01`);
    expectProblem(answer, 400, 'invalid_range');
    expect(answer.problem.errors?.map(({ field }) => field)).toContain('start_date');
  });

  it('shows where a regular expression is malformed, and keeps the rules as they were', async () => {
    const answer = await call('PUT', `/clients/${id}/filter-rules`, { exclude_workflow_patterns: ['fine', 'bro(ken'] });
    expectProblem(answer, 400, 'invalid_filter_rules');
    expect(answer.problem.errors?.[0]).toMatchObject({ field: 'exclude_workflow_patterns[1]' });
    expect(answer.problem.errors?.[0]?.message).toMatch(/position|character/i);
    expect(await rows('filter_rule_sets')).toBe(0);
  });

  it('refuses an unknown zone in a change and leaves the client as it was', async () => {
    expectProblem(await call('PATCH', `/clients/${id}`, { timezone: 'Nowhere/City', name: 'renamed' }), 400, 'invalid_request');
    const answer = await call('GET', `/clients/${id}`);
    expect(answer.problem).toMatchObject({ name: 'good', timezone: 'UTC' });
  });
});
