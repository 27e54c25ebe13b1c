import fc from 'fast-check';
import { startTestApp, type TestApp } from '../support/app.js';
import { AnswerChecker } from '../support/answer-checker.js';
import { readOpenApi } from '../support/openapi.js';
import { type RawAnswer, sendRaw } from '../support/raw-http.js';

const SEED = Number(process.env.FUZZ_SEED ?? 20_260_301);
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const AT_ONCE = 20;

const checker = new AnswerChecker(readOpenApi());
let service: TestApp;
let port: number;
let valid: string;

beforeAll(async () => {
  service = await startTestApp({ LOG_LEVEL: 'silent' });
  port = Number(new URL(service.url).port);
  valid = request('GET', '/api/v1/clients?limit=5');
});

afterAll(async () => {
  await service.close();
});

function request(method: string, target: string, lines: string[] = [], body = ''): string {
  const head = [
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    `Authorization: Bearer ${service.config.adminApiKey}`,
    ...lines,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** What is wrong with an answer; hanging up without one is a fair answer to what is no HTTP. */
function complaints(answer: RawAnswer): string[] {
  if (answer.status >= 500) return [`it answers ${answer.status}: ${answer.body.slice(0, 200)}`];
  return answer.status >= 400 ? checker.problemComplaints(answer) : [];
}

describe('over a bare socket', () => {
  const json = 'Content-Type: application/json';

  it.each<[string, () => string | Buffer, number[]]>([
    ['a good request', () => valid, [200]],
    ['no HTTP at all', () => 'hello\r\n\r\n', [400]],
    ['a TLS handshake', () => Buffer.from('16030100a5010000a10303', 'hex'), [400]],
    ['HTTP/2 without asking', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['HTTP/0.9', () => 'GET /health/live\r\n\r\n', [200, 400]],
    ['a method that nobody knows', () => request('BREW', '/api/v1/clients'), [400]],
    ['a method in small letters', () => request('get', '/api/v1/clients'), [400]],
    ['methods that have no route', () => request('PROPFIND', '/api/v1/clients'), [404]],
    ['TRACE', () => request('TRACE', '/api/v1/clients'), [404]],
    ['PUT where there is POST', () => request('PUT', '/api/v1/clients', [json, 'Content-Length: 2'], '{}'), [404]],
    ['the whole server', () => request('OPTIONS', '*'), [404]],
    ['an absolute target, which HTTP allows', () => request('GET', 'http://elsewhere.example/api/v1/clients'), [200]],
    ['dots that climb', () => request('GET', '/api/v1/../../etc/passwd'), [404]],
    ['a double slash', () => request('GET', '//api/v1/clients'), [404]],
    ['a NUL in the target', () => request('GET', '/api/v1/cli\0ents'), [400]],
    ['a blank in the target', () => request('GET', '/api/v1/clients a'), [400]],
    ['bytes beyond ASCII in the target', () => Buffer.from(request('GET', '/api/v1/clients/\xff'), 'latin1'), [400, 404]],
    ['a broken percent-encoding', () => request('GET', '/api/v1/clients/%zz'), [400]],
    ['a broken percent-encoding in the query', () => request('GET', '/api/v1/clients?cursor=%zz'), [400]],
    ['an id of 100,000 digits', () => request('GET', `/api/v1/clients/${'9'.repeat(10_000)}`), [400, 404, 414]],
    ['headers beyond all measure', () => request('GET', '/api/v1/clients', [`X-Long: ${'x'.repeat(100_000)}`]), [431]],
    ['a header line without a colon', () => request('GET', '/api/v1/clients', ['nonsense']), [400]],
    ['a header with a control character', () => request('GET', '/api/v1/clients', ['X-Bad: a\x01b']), [400]],
    ['two lengths', () => request('POST', '/api/v1/clients', [json, 'Content-Length: 2', 'Content-Length: 3'], '{}'), [400]],
    ['a length that is no number', () => request('POST', '/api/v1/clients', [json, 'Content-Length: two'], '{}'), [400]],
    ['a body shorter than its length', () => request('POST', '/api/v1/clients', [json, 'Content-Length: 9'], '{}'), [0, 400]],
    [
      'length and chunks at once',
      () => request('POST', '/api/v1/clients', [json, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      [400],
    ],
    [
      'chunks that are none',
      () => request('POST', '/api/v1/clients', [json, 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n'),
      [400],
    ],
    ['an unknown encoding', () => request('POST', '/api/v1/clients', [json, 'Transfer-Encoding: gzip'], '{}'), [400, 501]],
    [
      'a body that is not UTF-8',
      () => Buffer.from(request('POST', '/api/v1/clients', [json, 'Content-Length: 12'], '{"name":"\xff"}'), 'latin1'),
      [400],
    ],
    ['an upgrade that is not offered', () => request('GET', '/api/v1/clients', ['Upgrade: websocket']), [200]],
  ])('%s', async (_, bytes, statuses) => {
    const answer = await sendRaw(port, bytes());
    expect({ status: answer.status, complaints: complaints(answer) }).toEqual({
      status: statuses.find((status) => status === answer.status) ?? statuses,
      complaints: [],
    });
  });

  it.each([
    ['no host', () => 'GET /api/v1/clients HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['an expectation that nobody meets', () => request('GET', '/api/v1/clients', ['Expect: wonders']), 417],
  ])('%s is refused by Node itself, without a body', async (_, bytes, status) => {
    expect(await sendRaw(port, bytes())).toMatchObject({ status, body: '' });
  });

  it(
    'requests with bytes changed, lost and doubled never make a 5xx, and the service goes on',
    async () => {
      const change = fc.record({
        at: fc.nat(),
        byte: fc.integer({ min: 0, max: 255 }),
        kind: fc.constantFrom('set', 'drop', 'double'),
      });
      const changes = fc.sample(fc.array(change, { minLength: 1, maxLength: 4 }), { seed: SEED, numRuns: RUNS });
      const found: string[] = [];
      for (let at = 0; at < changes.length; at += AT_ONCE) {
        const requests = changes.slice(at, at + AT_ONCE).map((list) => list.reduce(changed, Buffer.from(valid)));
        const answers = await Promise.all(requests.map(async (bytes) => ({ bytes, answer: await sendRaw(port, bytes) })));
        for (const { bytes, answer } of answers) {
          // Without a host Node answers by itself.
          if (answer.status === 400 && answer.body === '') continue;
          found.push(...complaints(answer).map((complaint) => `${complaint}: ${JSON.stringify(bytes.toString('latin1'))}`));
        }
      }
      expect(found).toEqual([]);
      expect((await sendRaw(port, valid)).status).toBe(200);
    },
    Math.max(60_000, RUNS * 1_000),
  );
});

function changed(bytes: Buffer, { at, byte, kind }: { at: number; byte: number; kind: string }): Buffer {
  const place = at % bytes.length;
  const before = bytes.subarray(0, place);
  if (kind === 'drop') return Buffer.concat([before, bytes.subarray(place + 1)]);
  if (kind === 'double') return Buffer.concat([before, bytes.subarray(place, place + 1), bytes.subarray(place)]);
  return Buffer.concat([before, Buffer.from([byte]), bytes.subarray(place + 1)]);
}
