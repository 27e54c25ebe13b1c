import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Clock } from '../common/index.js';
import { cursorAfter, N8nClient, type N8nClientOptions, type N8nTarget } from './index.js';

/** Stands still unless a test moves it. */
class TestClock extends Clock {
  at = Date.parse('2026-03-01T12:00:00.000Z');

  now(): Date {
    return new Date(this.at);
  }
}

interface Asked {
  path: string;
  limit: number;
  cursor: { lastId?: string; limit?: number; offset?: number } | string | null;
  status: string | null;
}

let server: Server;
let asked: Asked[];
let answer: (response: ServerResponse, request: Asked) => unknown;
let clock: TestClock;
let client: N8nClient;

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const row = (id: number) => ({ id: String(id), finished: true, mode: 'trigger', status: 'success', workflowId: 'w' });

/** A full page below the cursor, newest first. */
const full = (response: ServerResponse, { limit, cursor }: Asked) => {
  const last = typeof cursor === 'object' && cursor !== null ? Number(cursor.lastId) : 100_001;
  return json(response, 200, { data: Array.from({ length: limit }, (_, n) => row(last - 1 - n)), nextCursor: 'more' });
};

function readCursor(text: string | null): Asked['cursor'] {
  try {
    return text === null ? null : (JSON.parse(Buffer.from(text, 'base64').toString()) as Asked['cursor']);
  } catch {
    return text;
  }
}

beforeEach(async () => {
  asked = [];
  clock = new TestClock();
  answer = full;
  server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://x');
    const one = {
      path: pathname.replace('/api/v1/', ''),
      limit: Number(query.get('limit')),
      cursor: readCursor(query.get('cursor')),
      status: query.get('status'),
    };
    asked.push(one);
    answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = newClient();
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const newClient = (options: Partial<N8nClientOptions> = {}) =>
  new N8nClient({
    userAgentVersion: '1.2.3',
    allowPrivateNetworks: true,
    clock,
    sleep: (ms) => {
      clock.at += ms;
      return Promise.resolve();
    },
    ...options,
  });

const target = (change: Partial<N8nTarget> = {}): N8nTarget => ({
  clientId: 1,
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  apiKey: 'key',
  requestsPerMinute: 1_000,
  ...change,
});

const limits = () => asked.map(({ limit }) => limit);

describe('pages of executions', () => {
  it('are small until the instance is known, then have the size that was remembered', async () => {
    expect((await client.listExecutions(target())).limit).toBe(50);
    client.startPageSize(target(), 250);
    expect((await client.listExecutions(target())).limit).toBe(250);
    expect(limits()).toEqual([50, 250]);
  });

  it('begin below an id, or at the top', async () => {
    client.startPageSize(target(), 250);
    const { rows } = await client.listExecutions(target(), { below: '5000', status: 'error' });
    await client.listExecutions(target(), { below: null });
    expect(rows[0]?.id).toBe('4999');
    expect(asked).toEqual([
      { path: 'executions', limit: 250, cursor: { lastId: '5000', limit: 250 }, status: 'error' },
      { path: 'executions', limit: 250, cursor: null, status: null },
    ]);
  });

  it('become smaller from try to try within one call, cursor and all, and say what came in the end', async () => {
    client.startPageSize(target(), 250);
    answer = (response, request) => (request.limit > 70 ? json(response, 500, {}) : full(response, request));
    const page = await client.listExecutions(target(), { below: '5000' });
    expect([page.limit, page.rows.length, page.rows[0]?.id, page.rows.at(-1)?.id]).toEqual([62, 62, '4999', '4938']);
    expect(asked.map(({ cursor }) => cursor)).toEqual([250, 125, 62].map((limit) => ({ lastId: '5000', limit })));
    expect(client.pageSize(target())).toBe(62);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['hangs', () => undefined],
    ['is cut off', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"1"')],
    ['kills the connection', (response) => response.socket?.resetAndDestroy()],
  ])('become smaller when a large one %s', async (_, broken) => {
    await client.close();
    client = newClient({ listTimeoutMs: 200 });
    client.startPageSize(target(), 250);
    answer = (response, request) => (request.limit > 125 ? broken(response) : full(response, request));
    expect((await client.listExecutions(target())).limit).toBe(125);
    expect(limits()).toEqual([250, 125]);
  });

  it('become smaller when a large one is over the size cap, and are given up with a reason at the smallest', async () => {
    await client.close();
    client = newClient({ listMaxBytes: 10_000 });
    client.startPageSize(target(), 250);
    expect((await client.listExecutions(target())).limit).toBe(62);
    answer = (response) => json(response, 200, { data: ['x'.repeat(20_000)], nextCursor: null });
    await expect(client.listExecutions(target())).rejects.toMatchObject({ code: 'too_large', retryable: false });
    expect(limits()).toEqual([250, 125, 62, 62, 31, 15, 10]);
  });

  it('shrink when they are slow and grow back while they are quick', async () => {
    client.startPageSize(target(), 250);
    answer = (response, request) => {
      clock.at += 6_000;
      return full(response, request);
    };
    await client.listExecutions(target());
    answer = full;
    for (let page = 0; page < 4; page += 1) await client.listExecutions(target());
    expect(limits()).toEqual([250, 125, 125, 125, 250]);
  });

  it('are as large as a caller says, who thereby teaches nothing', async () => {
    client.startPageSize(target(), 250);
    answer = (response) => json(response, 500, {});
    await expect(client.listExecutions(target(), { below: '9', limit: 3 })).rejects.toMatchObject({ code: 'server_error' });
    expect(asked.map(({ limit, cursor }) => [limit, cursor])).toEqual(Array(4).fill([3, { lastId: '9', limit: 3 }]));
    expect(client.pageSize(target())).toBe(250);
  });

  it("follow n8n's cursor as it is, with the limit that it carries", async () => {
    expect((await client.listExecutions(target(), { cursor: cursorAfter('70', 30) })).limit).toBe(30);
    expect((await client.listExecutions(target(), { cursor: 'another-kind' })).limit).toBe(50);
    expect(asked.map(({ limit, cursor }) => [limit, cursor])).toEqual([
      [30, { lastId: '70', limit: 30 }],
      [50, 'another-kind'],
    ]);
  });

  it('keep what was learned when the same start is remembered again, and begin anew at another start or address', async () => {
    client.startPageSize(target(), 250);
    answer = (response, request) => (request.limit > 125 ? json(response, 500, {}) : full(response, request));
    await client.listExecutions(target());
    client.startPageSize(target(), 250);
    expect(client.pageSize(target())).toBe(125);
    client.startPageSize(target(), 50);
    expect(client.pageSize(target())).toBe(50);
    const moved = target({ baseUrl: `${target().baseUrl}/moved` });
    client.startPageSize(moved, 250);
    expect(client.pageSize(moved)).toBe(250);
  });

  it('of one client say nothing about another', async () => {
    client.startPageSize(target(), 250);
    client.startPageSize(target({ clientId: 2 }), 250);
    answer = (response, request) => (request.limit > 125 ? json(response, 500, {}) : full(response, request));
    await client.listExecutions(target());
    expect([client.pageSize(target()), client.pageSize(target({ clientId: 2 }))]).toEqual([125, 250]);
  });
});

describe('pages of workflows', () => {
  it('shrink on their own, at the same place', async () => {
    client.startPageSize(target(), 250);
    answer = (response, { limit }) =>
      limit > 125 ? json(response, 500, {}) : json(response, 200, { data: [], nextCursor: null });
    await client.listWorkflows(target(), { cursor: Buffer.from('{"limit":250,"offset":500}').toString('base64') });
    await client.listWorkflows(target());
    expect(asked.map(({ limit, cursor }) => [limit, cursor])).toEqual([
      [250, { limit: 250, offset: 500 }],
      [125, { limit: 125, offset: 500 }],
      [125, null],
    ]);
    expect(client.pageSize(target())).toBe(250);
  });
});
