import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Clock } from '../common/index.js';
import { N8nClient, type N8nClientOptions, N8nError, type N8nTarget } from './index.js';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** Waiting takes no time here: it moves the clock. */
class TestTime extends Clock {
  readonly waits: number[] = [];
  private at = Date.parse('2026-03-01T12:00:00.000Z');

  now(): Date {
    return new Date(this.at);
  }

  readonly sleep = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.at += ms;
    return Promise.resolve();
  };
}

const KEY = 'n8n-key-that-must-not-leak';
const EMPTY_PAGE = { data: [], nextCursor: null };

let server: Server;
let handler: Handler;
let seen: string[];
let time: TestTime;
let clients: N8nClient[];

beforeEach(async () => {
  seen = [];
  clients = [];
  time = new TestTime();
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    handler(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;

function newClient(options: Partial<N8nClientOptions> = {}): N8nClient {
  const client = new N8nClient({
    userAgentVersion: '1.2.3',
    allowPrivateNetworks: true,
    clock: time,
    sleep: time.sleep,
    random: () => 0.5,
    ...options,
  });
  clients.push(client);
  return client;
}

const target = (change: Partial<N8nTarget> = {}): N8nTarget => ({
  clientId: 1,
  baseUrl: `http://127.0.0.1:${port()}`,
  apiKey: KEY,
  requestsPerMinute: 120,
  ...change,
});

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
const html = (response: ServerResponse, status: number) =>
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html>hello</html>');

/** The error of a call that must fail; also asserts that it is an N8nError that does not hold the key. */
async function failure(call: Promise<unknown>): Promise<N8nError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof N8nError)) throw error;
  expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(KEY);
  return error;
}

describe('answers that are refusals', () => {
  it.each([
    [401, { message: 'unauthorized' }, 'bad_key', 1],
    [403, { message: 'Forbidden' }, 'forbidden', 1],
    [404, { message: 'not found' }, 'not_n8n', 1],
    [400, { message: 'An invalid cursor was provided' }, 'bad_request', 1],
    [500, { message: 'oops' }, 'server_error', 4],
    [503, {}, 'server_error', 4],
    [408, {}, 'timeout', 4],
  ])('takes JSON %d %j of a list as %s after %d tries', async (status, body, code, tries) => {
    handler = (_, response) => json(response, status, body);
    const error = await failure(newClient().listExecutions(target()));
    expect(error).toMatchObject({ code, status });
    expect(seen).toHaveLength(tries);
  });

  it.each([
    [200, 'not_n8n', 1],
    [404, 'not_n8n', 1],
    [400, 'not_n8n', 1],
    [401, 'bad_key', 1],
    [403, 'forbidden', 1],
    [502, 'server_error', 4],
  ])('takes a page with status %d as %s after %d tries', async (status, code, tries) => {
    handler = (_, response) => html(response, status);
    expect(await failure(newClient().getExecution(target(), '1'))).toMatchObject({ code, status });
    expect(seen).toHaveLength(tries);
  });

  it('waits for an instance that says it is starting', async () => {
    handler = (_, response, count) =>
      count === 1
        ? response.writeHead(200, { 'content-type': 'text/html' }).end('n8n is starting up. Please wait')
        : json(response, 200, EMPTY_PAGE);
    expect((await newClient().listExecutions(target())).rows).toEqual([]);
  });

  it('does not follow a redirect and names where it leads, without the query', async () => {
    handler = (_, response) => response.writeHead(302, { location: 'https://final.example.com/n8n?session=secret' }).end();
    const error = await failure(newClient().listExecutions(target()));
    expect(error).toMatchObject({ code: 'not_n8n', status: 302 });
    expect(error.message).toContain('https://final.example.com/n8n. Use the final address');
    expect(error.message).not.toContain('secret');
    expect(seen).toHaveLength(1);
  });

  it('never repeats the key, even when the server does', async () => {
    handler = (request, response) => json(response, 401, { message: `bad key ${String(request.headers['x-n8n-api-key'])}` });
    expect((await failure(newClient().listExecutions(target()))).message).toContain('bad key [key]');
  });

  it('does not send a key that cannot be a header', async () => {
    expect((await failure(newClient().listExecutions(target({ apiKey: `${KEY}\r\nx: y` })))).code).toBe('bad_key');
    expect(seen).toHaveLength(0);
  });
});

describe('retries', () => {
  it('tries again after a 500, with growing waits', async () => {
    handler = (_, response, count) => (count < 4 ? json(response, 500, {}) : json(response, 200, EMPTY_PAGE));
    await newClient().listExecutions(target());
    expect(time.waits).toEqual([500, 1000, 2000]);
  });

  it.each([
    ['7', 7000],
    ['Sun, 01 Mar 2026 12:01:00 GMT', 60_000],
  ])('honours Retry-After: %s', async (header, ms) => {
    handler = (_, response, count) =>
      count === 1 ? json(response, 429, {}, { 'retry-after': header }) : json(response, 200, EMPTY_PAGE);
    await newClient().listExecutions(target());
    expect(time.waits).toEqual([ms + 500]);
  });

  it('gives up on a long Retry-After and leaves the client alone meanwhile', async () => {
    handler = (_, response) => json(response, 429, {}, { 'retry-after': '600' });
    const client = newClient();
    expect(await failure(client.listExecutions(target()))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 600_000,
      retryable: true,
    });
    expect(await failure(client.listExecutions(target()))).toMatchObject({
      code: 'rate_limited',
      status: null,
      retryAfterMs: 600_000,
    });
    expect(seen).toHaveLength(1);
  });

  it('asks for one payload twice at most', async () => {
    handler = (_, response) => json(response, 500, {});
    await failure(newClient().getFailureDetail(target(), '1'));
    expect(seen).toHaveLength(2);
  });

  it('leaves an instance alone that fails again and again, then tries once', async () => {
    handler = (_, response) => json(response, 500, {});
    const client = newClient({ maxRetries: 0 });
    for (let call = 0; call < 3; call += 1) await failure(client.listExecutions(target()));
    expect(await failure(client.listExecutions(target()))).toMatchObject({ code: 'circuit_open', retryAfterMs: 60_000 });
    expect([seen.length, client.circuitState(target())]).toEqual([3, 'open']);
    await time.sleep(60_000);
    expect(client.circuitState(target())).toBe('trial');
    handler = (_, response) => json(response, 200, EMPTY_PAGE);
    await client.listExecutions(target());
    expect(client.circuitState(target())).toBe('closed');
  });

  it('tries an instance that was left alone once only, and then leaves it alone for longer', async () => {
    handler = (_, response) => json(response, 500, {});
    const client = newClient();
    for (let call = 0; call < 3; call += 1) await failure(client.listExecutions(target()));
    await time.sleep(60_000);
    await failure(client.listExecutions(target()));
    expect(seen).toHaveLength(13);
    expect(await failure(client.listExecutions(target()))).toMatchObject({ code: 'circuit_open', retryAfterMs: 120_000 });
  });

  it('gives a changed address a clean record', async () => {
    handler = (_, response) => json(response, 500, {});
    const client = newClient({ maxRetries: 0 });
    for (let call = 0; call < 3; call += 1) await failure(client.listExecutions(target()));
    handler = (_, response) => json(response, 200, EMPTY_PAGE);
    expect((await client.listExecutions(target({ baseUrl: `http://127.0.0.1:${port()}/moved` }))).rows).toEqual([]);
  });
});

describe('bodies', () => {
  const cutOff: [string, Handler][] = [
    [
      'breaks off before its length',
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
          .write('{"data":[', () => response.destroy()),
    ],
    [
      'breaks off between chunks',
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":[', () => response.destroy()),
    ],
    [
      'was cut by a proxy',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{"id":"1"'),
    ],
  ];

  it.each(cutOff)('tries again when a body %s', async (_, broken) => {
    handler = (request, response, count) => {
      if (count === 1) broken(request, response, count);
      else json(response, 200, EMPTY_PAGE);
    };
    expect((await newClient().listExecutions(target())).rows).toEqual([]);
    handler = broken;
    expect(await failure(newClient({ maxRetries: 0 }).listExecutions(target()))).toMatchObject({
      code: 'bad_answer',
      retryable: true,
    });
  });

  it('does not try again when the answer is complete and no page', async () => {
    handler = (_, response) => json(response, 200, { message: 'welcome' });
    expect(await failure(newClient().listExecutions(target()))).toMatchObject({ code: 'bad_answer', retryable: false });
    expect(seen).toHaveLength(1);
  });

  it('stops reading a payload at the cap, also one without a length', async () => {
    let sent = 0;
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024))) sent += 64;
      };
      response.on('drain', more);
      more();
    };
    expect(await failure(newClient({ detailMaxBytes: 1024 * 1024 }).getFailureDetail(target(), '1'))).toMatchObject({
      code: 'too_large',
      retryable: false,
    });
    expect(seen).toHaveLength(1);
    expect(sent).toBeLessThan(64 * 1024);
  });

  it('does not begin to read a payload whose length is over the cap', async () => {
    handler = (_, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(21 * 1024 * 1024) }).write('{');
    expect((await failure(newClient().getFailureDetail(target(), '1'))).message).toContain('more than 20 MB');
  });

  it('refuses a compressed body instead of misreading it', async () => {
    handler = (_, response) => json(response, 200, EMPTY_PAGE, { 'content-encoding': 'gzip' });
    expect((await failure(newClient().listExecutions(target()))).message).toContain('compressed with gzip');
  });
});
