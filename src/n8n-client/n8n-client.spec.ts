import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Test } from '@nestjs/testing';
import { cursorAfter, N8nClient, N8nClientModule, N8nError, type N8nTarget } from './index.js';

interface Answer {
  status: number;
  body: unknown;
}
type Instance = (path: string, query: URLSearchParams) => Answer;

const row = {
  id: '41',
  finished: true,
  mode: 'trigger',
  retryOf: null,
  retrySuccessId: null,
  status: 'success',
  startedAt: '2026-01-01T10:00:00.000Z',
  stoppedAt: '2026-01-01T10:00:01.000Z',
  workflowId: 'wf',
  waitTill: null,
};
const page = (...data: unknown[]): Answer => ({ status: 200, body: { data, nextCursor: null } });
const refuse = (message: string): Answer => ({ status: 400, body: { message } });
const missing: Answer = { status: 404, body: { message: 'Not Found' } };

/** Shaped like a current instance. */
const current: Instance = (path, query) => {
  if (path === '/executions') return query.get('startedAfter') === null && query.get('status') === null ? page(row) : page();
  if (path === '/workflows') return page();
  return path.startsWith('/executions/') ? { status: 200, body: row } : { status: 200, body: {} };
};

/** Shaped like 1.100: no status in the list, strict parameters, few statuses. */
const old =
  (...rows: unknown[]): Instance =>
  (path, query) => {
    if (query.has('startedAfter')) return refuse("Unknown query parameter 'startedAfter'");
    const status = query.get('status');
    if (status !== null && !['error', 'success', 'waiting'].includes(status))
      return refuse('request/query/status must be equal to one of ...');
    if (path === '/insights/summary') return missing;
    return path === '/executions' ? page(...rows) : { status: 200, body: path === '/workflows' ? page().body : row };
  };

let server: Server;
let instance: Instance;
let seen: string[];
let headers: IncomingHttpHeaders;
let client: N8nClient;

beforeEach(async () => {
  seen = [];
  instance = current;
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    seen.push(request.url ?? '');
    headers = request.headers;
    const { status, body } = instance(url.pathname.replace('/tools/n8n/api/v1', ''), url.searchParams);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const module = await Test.createTestingModule({
    imports: [N8nClientModule.forRoot({ userAgentVersion: '1.2.3', allowPrivateNetworks: true, retryBaseMs: 1 })],
  }).compile();
  client = module.get(N8nClient);
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const target = (): N8nTarget => ({
  clientId: 1,
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tools/n8n/`,
  apiKey: ` h.${Buffer.from('{"exp":1800000000}').toString('base64url')}.s `,
  requestsPerMinute: 120,
});

describe('N8nClient', () => {
  it('asks below the base path with key and product name', async () => {
    const cursor = cursorAfter('27', 2);
    const { rows } = await client.listExecutions(target(), { cursor, status: 'error', startedAfter: new Date(0) });
    await client.listExecutions(target(), { limit: 900 });
    expect(rows).toEqual([]);
    expect(seen).toEqual([
      `/tools/n8n/api/v1/executions?limit=2&cursor=${encodeURIComponent(cursor)}&status=error&startedAfter=1970-01-01T00%3A00%3A00.000Z`,
      '/tools/n8n/api/v1/executions?limit=250',
    ]);
    expect(headers).toMatchObject({ 'x-n8n-api-key': target().apiKey.trim(), 'user-agent': 'FlowMastery-Metrics/1.2.3' });
  });

  it('reads a page', async () => {
    expect(await client.listExecutions(target())).toEqual({
      rows: [{ ...row, startedAt: new Date(row.startedAt), stoppedAt: new Date(row.stoppedAt) }],
      setAside: [],
      nextCursor: null,
      limit: 50,
    });
  });

  it('answers null for what is missing', async () => {
    instance = () => missing;
    expect(await client.getExecution(target(), '9')).toBeNull();
    expect(await client.getFailureDetail(target(), '9')).toBeNull();
    expect(await client.getWorkflow(target(), 'a/../b')).toBeNull();
    expect(seen.map((path) => path.replace('/tools/n8n/api/v1', ''))).toEqual([
      '/executions/9',
      '/executions/9?includeData=true',
      '/workflows/a%2F..%2Fb?excludePinnedData=true',
    ]);
  });

  it('never asks for pinned data', async () => {
    await client.listWorkflows(target(), { limit: 5 });
    expect(seen[0]).toContain('workflows?limit=5&excludePinnedData=true');
  });
});

describe('detectCapabilities', () => {
  it('finds everything on a current instance', async () => {
    expect(await client.detectCapabilities(target())).toEqual({
      statusInList: true,
      runningList: true,
      waitingList: false,
      startedAfter: true,
      maxLimit: 250,
      insights: true,
      pageSize: 250,
    });
    expect(seen).toHaveLength(5);
    expect(client.pageSize(target())).toBe(250);
  });

  it('finds what an old instance lacks, and is careful with its pages', async () => {
    instance = old({ ...row, status: undefined });
    expect(await client.detectCapabilities(target())).toEqual({
      statusInList: false,
      runningList: false,
      waitingList: false,
      startedAfter: false,
      maxLimit: 250,
      insights: false,
      pageSize: 50,
    });
  });

  it.each([
    ['hides it elsewhere', true, 6],
    ['shows it in its place, too', false, 6],
  ])('asks for waiting executions only where the list without a filter %s', async (_, waitingList, requests) => {
    const waiting = { ...row, id: '30', status: 'waiting' };
    instance = (path, query) => {
      if (path !== '/executions') return current(path, query);
      if (query.get('status') === 'waiting') return page(waiting);
      if (query.get('cursor') === null) return current(path, query);
      expect(query.get('cursor')).toBe(cursorAfter('31', 1));
      return waitingList ? page({ ...row, id: '29' }) : page(waiting);
    };
    expect(await client.detectCapabilities(target())).toMatchObject({ waitingList });
    expect(seen).toHaveLength(requests);
  });

  it('infers from the accepted statuses when there is nothing to look at, and says so', async () => {
    instance = old();
    expect(await client.detectCapabilities(target())).toMatchObject({ statusInList: false, pageSize: 50, undetermined: true });
    instance = (path, query) => (path === '/executions' ? page() : current(path, query));
    expect(await client.detectCapabilities(target())).toMatchObject({ statusInList: true, pageSize: 250, undetermined: true });
  });

  it('does not believe a startedAfter that is ignored', async () => {
    instance = (path, query) => (query.has('startedAfter') ? page(row) : current(path, query));
    expect(await client.detectCapabilities(target())).toMatchObject({ startedAfter: false, pageSize: 50 });
  });

  it.each([403, 404, 500])('does without insights when they answer %d', async (status) => {
    instance = (path, query) => (path === '/insights/summary' ? { status, body: {} } : current(path, query));
    expect(await client.detectCapabilities(target())).toMatchObject({ insights: false, runningList: true });
  });

  it('fails rather than guess when the instance fails', async () => {
    instance = (path, query) => (query.get('status') === 'running' ? { status: 500, body: {} } : current(path, query));
    await expect(client.detectCapabilities(target())).rejects.toMatchObject({ code: 'server_error' });
  });
});

describe('checkConnection', () => {
  it('reports capabilities, the end of the key and the newest execution', async () => {
    const report = await client.checkConnection(target());
    expect(report).toMatchObject({
      keyExpiresAt: new Date(1_800_000_000_000),
      topExecutionId: '41',
      capabilities: { pageSize: 250 },
    });
  });

  it('works on an instance without executions', async () => {
    instance = old();
    expect(await client.checkConnection(target())).toMatchObject({ topExecutionId: null });
  });

  it('fails fast: one try', async () => {
    instance = () => ({ status: 500, body: {} });
    await expect(client.checkConnection(target())).rejects.toBeInstanceOf(N8nError);
    expect(seen).toHaveLength(1);
  });

  it.each(['/workflows', '/executions/41'])('finds a key that may not read %s', async (forbidden) => {
    instance = (path, query) => (path === forbidden ? { status: 403, body: { message: 'Forbidden' } } : current(path, query));
    await expect(client.checkConnection(target())).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('asks the instance even while its circuit is open, and closes it', async () => {
    instance = () => ({ status: 500, body: {} });
    for (let call = 0; call < 3; call += 1)
      await expect(client.listWorkflows(target())).rejects.toMatchObject({ code: 'server_error' });
    await expect(client.listWorkflows(target())).rejects.toMatchObject({ code: 'circuit_open' });
    instance = current;
    await client.checkConnection(target());
    expect(client.circuitState(target())).toBe('closed');
  });
});
