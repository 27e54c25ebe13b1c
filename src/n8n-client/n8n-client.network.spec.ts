import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { N8nClient, type N8nClientOptions, N8nError, type N8nTarget } from './index.js';

const PAGE = JSON.stringify({ data: [], nextCursor: null });

let server: Server;
let answer: (response: ServerResponse, url: string) => unknown;
let inFlight: number;
let mostInFlight: number;
let client: N8nClient;

const ok = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'application/json' }).end(PAGE);
const hang = (): unknown => undefined;

beforeEach(async () => {
  inFlight = 0;
  mostInFlight = 0;
  answer = ok;
  server = createServer((request, response) => {
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.on('close', () => (inFlight -= 1));
    answer(response, request.url ?? '');
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
  new N8nClient({ userAgentVersion: '1.2.3', allowPrivateNetworks: true, retryBaseMs: 1, ...options });

const url = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const target = (change: Partial<N8nTarget> = {}): N8nTarget => ({
  clientId: 1,
  baseUrl: `http://${url()}`,
  apiKey: 'key',
  requestsPerMinute: 120,
  ...change,
});

async function failure(call: Promise<unknown>): Promise<N8nError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof N8nError)) throw error;
  return error;
}

describe('connections that fail', () => {
  it('says so when nothing listens', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await failure(client.listExecutions(target({ baseUrl: `http://${host}:${port}` })))).toMatchObject({
        code: 'refused',
        retryable: true,
      });
    }
    expect(client.requestCount(1)).toBe(8);
  });

  it('says so when the host is unknown', async () => {
    expect(await failure(client.listExecutions(target({ baseUrl: 'http://does-not-exist.invalid' })))).toMatchObject({
      code: 'dns',
    });
  });

  it('says so when the port does not speak TLS', async () => {
    expect(await failure(client.listExecutions(target({ baseUrl: `https://${url()}` })))).toMatchObject({
      code: 'tls',
      retryable: false,
    });
  });

  it('says so when the connection is reset', async () => {
    answer = (response) => response.socket?.resetAndDestroy();
    expect(await failure(client.listExecutions(target()))).toMatchObject({ code: 'network', retryable: true });
    expect(client.requestCount(1)).toBe(4);
  });

  it('reads of an endless error page only the beginning', async () => {
    answer = (response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    };
    expect(await failure(client.listExecutions(target()))).toMatchObject({ code: 'not_n8n', status: 404 });
    answer = ok;
    expect((await client.listExecutions(target())).rows).toEqual([]);
  });

  it('stops waiting for an answer, and for a body that never ends', async () => {
    const hasty = newClient({ listTimeoutMs: 50, maxRetries: 1 });
    answer = hang;
    expect(await failure(hasty.listExecutions(target()))).toMatchObject({ code: 'timeout', retryable: true });
    answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
    expect(await failure(hasty.listExecutions(target()))).toMatchObject({ code: 'timeout' });
    expect(hasty.requestCount(1)).toBe(4);
    await hasty.close();
  });
});

describe('addresses that are not called', () => {
  it.each([
    'http://169.254.169.254',
    'http://2852039166',
    'http://[::ffff:169.254.169.254]',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
  ])('never calls %s', async (baseUrl) => {
    expect(await failure(client.listExecutions(target({ baseUrl })))).toMatchObject({
      code: 'blocked_address',
      retryable: false,
    });
  });

  it('calls private addresses only when that is allowed, by number and by name', async () => {
    const strict = newClient({ allowPrivateNetworks: false });
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0']) {
      expect((await failure(strict.listExecutions(target({ baseUrl: `http://${host}:${port}` })))).code).toBe('blocked_address');
    }
    expect(mostInFlight).toBe(0);
    expect((await client.listExecutions(target({ baseUrl: `http://localhost:${port}` }))).rows).toEqual([]);
    await strict.close();
  });
});

describe('manners', () => {
  it('sends one request of a client at a time', async () => {
    answer = (response) => setTimeout(() => ok(response), 5);
    await Promise.all(Array.from({ length: 6 }, () => client.listExecutions(target())));
    expect([mostInFlight, client.requestCount(1)]).toEqual([1, 6]);
  });

  it('lets a connection check stand before what waits', async () => {
    const order: string[] = [];
    answer = (response, path) => {
      order.push(path.includes('status=error') ? 'list' : 'check');
      return setTimeout(() => ok(response), 5);
    };
    const lists = Promise.all(Array.from({ length: 3 }, () => client.listExecutions(target(), { status: 'error' })));
    await Promise.all([lists, client.checkConnection(target()).catch(() => undefined)]);
    expect(order.slice(0, 2)).toEqual(['list', 'check']);
  });

  it('does not let the check of another address speak for the one in use', async () => {
    await client.listExecutions(target());
    answer = (response) => response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '3000' }).end('{}');
    const elsewhere = target({ baseUrl: `http://${url()}/new` });
    expect((await failure(client.checkConnection(elsewhere))).code).toBe('rate_limited');
    answer = ok;
    expect((await client.listExecutions(target())).rows).toEqual([]);

    answer = (response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
    for (let call = 0; call < 3; call += 1) await failure(client.listExecutions(target()));
    answer = ok;
    await client.checkConnection(elsewhere);
    expect(client.circuitState(target())).toBe('open');
  });

  it('lets a dead client cost the others nothing', async () => {
    answer = (response, path) => (path.startsWith('/dead') ? hang() : ok(response));
    const dead = failure(client.listExecutions(target({ clientId: 2, baseUrl: `http://${url()}/dead` })));
    await Promise.all(Array.from({ length: 5 }, () => client.listExecutions(target())));
    await client.close();
    expect((await dead).code).toBe('aborted');
  });

  it('keeps failure details to half of the budget and the lists going', async () => {
    const slow = target({ requestsPerMinute: 2 });
    answer = (response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    expect(client.availableDetailBudget(slow)).toBe(2);
    await client.getFailureDetail(slow, '1');
    await client.getFailureDetail(slow, '2');
    expect(client.availableDetailBudget(slow)).toBe(0);
    const exhausted = await failure(client.getFailureDetail(slow, '3'));
    expect(exhausted).toMatchObject({ code: 'budget_exhausted', retryable: true });
    expect(exhausted.retryAfterMs).toBeGreaterThan(20_000);
    answer = ok;
    await client.listExecutions(slow);
    expect(client.requestCount(1)).toBe(3);
  });
});

describe('cancelling', () => {
  it('ends a request in flight and lets the next one go', async () => {
    const controller = new AbortController();
    answer = hang;
    const call = failure(client.listExecutions(target(), { signal: controller.signal }));
    setTimeout(() => {
      controller.abort();
    }, 20);
    expect(await call).toMatchObject({ code: 'aborted', retryable: false });
    answer = ok;
    expect((await client.listExecutions(target())).rows).toEqual([]);
  });

  it('ends a request that waits for its turn without disturbing the one before it', async () => {
    const controller = new AbortController();
    answer = (response) => setTimeout(() => ok(response), 50);
    const first = client.listExecutions(target());
    const second = failure(client.listExecutions(target(), { signal: controller.signal }));
    const third = client.listExecutions(target());
    controller.abort();
    expect((await second).code).toBe('aborted');
    await Promise.all([first, third]);
    expect(client.requestCount(1)).toBe(2);
  });

  it('ends the wait between two tries', async () => {
    const patient = newClient({ retryBaseMs: 60_000, random: () => 0.9 });
    const controller = new AbortController();
    answer = (response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
      setTimeout(() => {
        controller.abort();
      }, 20);
    };
    expect((await failure(patient.listExecutions(target(), { signal: controller.signal }))).code).toBe('aborted');
    await patient.close();
  });

  it('does not send anything when the signal has fired before', async () => {
    expect((await failure(client.listExecutions(target(), { signal: AbortSignal.abort() }))).code).toBe('aborted');
    expect(client.requestCount(1)).toBe(0);
  });

  it('leaves no listener behind on a signal that outlives the calls', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    for (let call = 0; call < 3; call += 1) await client.listExecutions(target(), { signal });
    expect(listeners).toBe(0);
  });

  it('ends everything at shutdown, what runs and what comes later', async () => {
    answer = hang;
    const [running, waiting] = [failure(client.listExecutions(target())), failure(client.listExecutions(target()))];
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.onApplicationShutdown();
    expect([(await running).code, (await waiting).code]).toEqual(['aborted', 'aborted']);
    expect((await failure(client.listExecutions(target()))).code).toBe('aborted');
  });
});
