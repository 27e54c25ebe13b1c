import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Clock } from '../common/index.js';
import { N8nClient, type N8nTarget } from './index.js';

/** Waiting takes no time here: it moves the clock. */
class TestClock extends Clock {
  at = Date.parse('2026-03-01T12:00:00.000Z');

  now(): Date {
    return new Date(this.at);
  }
}

let server: Server;
let answer: (response: ServerResponse, url: string) => unknown;
let sent: number;
let inFlight: number;
let mostInFlight: number;
let clock: TestClock;
let client: N8nClient;

const ok = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[],"nextCursor":null}');
const status = (code: number) => (response: ServerResponse) =>
  response.writeHead(code, { 'content-type': 'application/json' }).end('{}');

beforeEach(async () => {
  [sent, inFlight, mostInFlight] = [0, 0, 0];
  clock = new TestClock();
  answer = status(500);
  server = createServer((request, response) => {
    sent += 1;
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.on('close', () => (inFlight -= 1));
    answer(response, request.url ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new N8nClient({
    userAgentVersion: '1.2.3',
    allowPrivateNetworks: true,
    clock,
    sleep: (ms) => {
      clock.at += ms;
      return Promise.resolve();
    },
  });
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const target = (change: Partial<N8nTarget> = {}): N8nTarget => ({
  clientId: 1,
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  apiKey: 'key',
  requestsPerMinute: 120,
  ...change,
});

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );
const list = (of = target()) => codeOf(client.listExecutions(of));
const inMs = (ms: number) => new Date(clock.at + ms);

describe('a kept circuit', () => {
  it('tells how often an instance failed and until when it is left alone', async () => {
    expect(client.circuitSnapshot(target())).toEqual({ failures: 0, openUntil: null });
    await list();
    expect(client.circuitSnapshot(target())).toEqual({ failures: 1, openUntil: null });
    await list();
    await list();
    expect(client.circuitSnapshot(target())).toEqual({ failures: 3, openUntil: inMs(60_000) });
  });

  it('goes on where it was in another process: nothing is sent while it is open, then one try', async () => {
    client.restoreCircuit(target(), { failures: 4, openUntil: inMs(90_000) });
    expect([await list(), sent]).toEqual(['circuit_open', 0]);
    clock.at += 90_000;
    expect(client.circuitState(target())).toBe('trial');
    expect([await list(), sent]).toEqual(['server_error', 1]);
    expect(client.circuitSnapshot(target())).toEqual({ failures: 5, openUntil: inMs(240_000) });
  });

  it('is in trial when its pause has passed meanwhile, and closes when the instance answers', async () => {
    client.restoreCircuit(target(), { failures: 7, openUntil: inMs(-1) });
    expect(client.circuitState(target())).toBe('trial');
    answer = ok;
    await list();
    expect(client.circuitSnapshot(target())).toEqual({ failures: 0, openUntil: null });
  });

  it('may be corrected as long as nothing was sent, and not after that', async () => {
    client.restoreCircuit(target(), { failures: 4, openUntil: inMs(90_000) });
    expect(await list()).toBe('circuit_open');
    client.restoreCircuit(target(), { failures: 0, openUntil: null });
    answer = ok;
    expect(await list()).toBe('ok');
    client.restoreCircuit(target(), { failures: 4, openUntil: inMs(90_000) });
    expect(client.circuitState(target())).toBe('closed');
  });

  it('does not outweigh a check that has just succeeded', async () => {
    answer = (response, url) =>
      url.includes('/executions') || url.includes('/workflows') ? ok(response) : status(404)(response);
    await client.checkConnection(target());
    client.restoreCircuit(target(), { failures: 9, openUntil: inMs(90_000) });
    expect(client.circuitState(target())).toBe('closed');
  });

  it('says nothing about the address that a client has moved to', async () => {
    await list();
    const moved = target({ baseUrl: `${target().baseUrl}/moved` });
    client.restoreCircuit(moved, { failures: 9, openUntil: inMs(90_000) });
    expect(client.circuitState(moved)).toBe('closed');
  });

  it.each([
    [{ failures: -1, openUntil: null }, 'closed'],
    [{ failures: Number.NaN, openUntil: null }, 'closed'],
    [{ failures: 3, openUntil: null }, 'trial'],
    [{ failures: 3, openUntil: new Date(Number.NaN) }, 'trial'],
    [{ failures: 2, openUntil: new Date('2999-01-01') }, 'closed'],
  ])('of %p is taken as %s', (snapshot, gate) => {
    client.restoreCircuit(target(), snapshot);
    expect(client.circuitState(target())).toBe(gate);
  });

  it('never closes an instance off for longer than the longest pause, whatever the other clock said', () => {
    client.restoreCircuit(target(), { failures: 3, openUntil: new Date('2999-01-01') });
    expect(client.circuitSnapshot(target()).openUntil).toEqual(inMs(15 * 60_000));
  });
});

describe('a careful client', () => {
  it('costs a dead instance one request a call, until it answers', async () => {
    client.beCareful(target());
    await list();
    await list();
    expect(sent).toBe(2);
    answer = ok;
    await list();
    answer = status(500);
    await list();
    expect(sent).toBe(2 + 1 + 4);
  });

  it('does not make the others careful', async () => {
    client.beCareful(target());
    await list(target({ clientId: 2 }));
    expect(sent).toBe(4);
  });
});

describe('requests of a client', () => {
  it('are counted by what they were for, retries included', async () => {
    await list();
    await codeOf(client.getExecution(target(), '1'));
    await codeOf(client.getFailureDetail(target(), '1'));
    await codeOf(client.checkConnection(target()));
    expect(client.requestCounts(1)).toEqual({ list: 8, detail: 2, check: 1 });
    expect([client.requestCount(1), sent, client.requestCount(2)]).toEqual([11, 11, 0]);
  });

  it('of every kind are in flight one at a time', async () => {
    answer = (response, url) => setTimeout(() => (url.includes('/executions/') ? status(404) : ok)(response), 5);
    const elsewhere = target({ baseUrl: `${target().baseUrl}/new` });
    await Promise.all([
      client.listExecutions(target()),
      client.listWorkflows(target()),
      client.getExecution(target(), '1'),
      client.getFailureDetail(target(), '1'),
      client.getWorkflow(target(), '1').catch(() => undefined),
      client.detectCapabilities(target()),
      client.checkConnection(elsewhere).catch(() => undefined),
    ]);
    expect(sent).toBeGreaterThan(10);
    expect(mostInFlight).toBe(1);
  });

  it('do not get a new budget from a new key, address or rate', async () => {
    answer = status(404);
    const slow = target({ requestsPerMinute: 4 });
    for (let n = 0; n < 5; n += 1) await client.getFailureDetail(slow, '1');
    expect(client.availableDetailBudget(slow)).toBe(0);
    const changed = { ...slow, apiKey: 'other', baseUrl: `${slow.baseUrl}/moved`, requestsPerMinute: 600 };
    expect(await codeOf(client.getWorkflow(changed, '1'))).toBe('ok');
    expect(client.availableDetailBudget(changed)).toBe(0);
  });
});
