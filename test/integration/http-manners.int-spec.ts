import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ClientsService } from '../../src/clients/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

const ADMIN_KEY = 'fm_bootstrap_key_of_these_tests';
const ORIGIN = 'https://dashboard.example.com';

let service: TestApp;
let clientId: number;

beforeAll(async () => {
  service = await startTestApp({ ADMIN_API_KEY: ADMIN_KEY, CORS_ORIGINS: `${ORIGIN}, https://other.example.com` });
  const client = { name: 'Nobody home', n8nBaseUrl: 'http://127.0.0.1:9', n8nApiKey: 'secret' };
  clientId = (await service.app.get(ClientsService).create(client)).id;
});

afterAll(async () => {
  await (service as TestApp | undefined)?.close();
});

describe('compression', () => {
  interface Answer {
    status: number;
    headers: Record<string, unknown>;
    bytes: Buffer;
  }

  /** Without a client that unpacks by itself. */
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const url = `/api/v1/metrics/client/${clientId}${path}`;
    const answer = await service.app.inject({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...headers },
    });
    return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
  };
  const series = '/historical?start_date=2026-01-01&end_date=2026-03-31';

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('by %s has the same content under a weak tag', async (encoding, unpack) => {
    const plain = await get(series);
    expect([plain.headers['content-encoding'], plain.headers.etag]).toEqual([undefined, expect.stringMatching(/^"/)]);
    const packed = await get(series, { 'accept-encoding': encoding });
    expect(packed.headers['content-encoding']).toBe(encoding);
    expect(packed.headers.etag).toBe(`W/${String(plain.headers.etag)}`);
    expect(unpack(packed.bytes)).toEqual(plain.bytes);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 5);
    for (const { headers } of [plain, packed]) expect(String(headers.vary).toLowerCase()).toContain('accept-encoding');
  });

  it('leaves small answers as they are', async () => {
    const { headers } = await get('/executions', { 'accept-encoding': 'gzip' });
    expect([headers['content-encoding'], headers.etag]).toEqual([undefined, expect.stringMatching(/^"/)]);
  });

  it('keeps 304 working for either tag, and gives the caller its own one back', async () => {
    const strong = String((await get(series)).headers.etag);
    for (const tag of [strong, `W/${strong}`]) {
      const { status, headers, bytes } = await get(series, { 'if-none-match': tag, 'accept-encoding': 'gzip' });
      expect([status, headers.etag, bytes.length]).toEqual([304, tag, 0]);
    }
    expect((await get(series, { 'if-none-match': 'W/"other"', 'accept-encoding': 'gzip' })).status).toBe(200);
  });

  it('is not undone for requests: a small body could become very large', async () => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/api/v1/clients',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: Buffer.from('1f8b08', 'hex'),
    });
    expect(answer.statusCode).toBe(400);
  });
});

describe('every error', () => {
  const key = { authorization: `Bearer ${ADMIN_KEY}` };
  const json = { ...key, 'content-type': 'application/json' };
  const cases: [string, number, string, string, RequestInit][] = [
    ['no key', 401, 'missing_key', '/api/v1/metrics/all', {}],
    ['a bad key', 401, 'invalid_key', '/api/v1/metrics/all', { headers: { authorization: 'Bearer nonsense' } }],
    ['no such client', 404, 'client_not_found', '/api/v1/metrics/client/4711', { headers: key }],
    ['no such route', 404, 'route_not_found', '/api/v1/nowhere', { headers: key }],
    ['no such route at the root', 404, 'route_not_found', '/nowhere', {}],
    ['an unknown parameter', 400, 'invalid_request', '/api/v1/metrics/all?colour=red', { headers: key }],
    ['a parameter twice', 400, 'invalid_request', '/api/v1/metrics/admin/job-runs?name=sync&name=collect', { headers: key }],
    ['a long URL', 414, 'url_too_long', `/api/v1/metrics/all?cursor=${'x'.repeat(5_000)}`, { headers: key }],
    ['broken JSON', 400, 'malformed_json', '/api/v1/clients', { method: 'POST', headers: json, body: '{"name":' }],
    [
      'another type',
      415,
      'unsupported_media_type',
      '/api/v1/clients',
      { method: 'POST', headers: { ...key, 'content-type': 'text/plain' }, body: 'x' },
    ],
    [
      'a large body',
      413,
      'body_too_large',
      '/api/v1/clients',
      { method: 'POST', headers: json, body: `"${'x'.repeat(1_100_000)}"` },
    ],
  ];

  it.each(cases)('(%s) is %i %s, a problem that browsers may read, with its request id', async (_, status, code, path, init) => {
    const headers = { ...(init.headers as Record<string, string> | undefined), origin: ORIGIN, 'x-request-id': 'of-this-test' };
    const answer = await fetch(service.url + path, { ...init, headers });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status, code, request_id: 'of-this-test', instance: path.split('?')[0] });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-request-id')).toBe('of-this-test');
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['headers without end', `GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}`, 431, 'headers_too_large'],
    ['anything else', 'this is no HTTP', 400, 'bad_request'],
  ])('of what is no request (%s) is a problem as well', async (_, bytes, status, code) => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(`${bytes}\r\n\r\n`));
      let received = '';
      socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
      socket.on('close', () => {
        resolve(received);
      });
      socket.on('error', reject);
    });
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, code, request_id: expect.stringMatching(/./) as string });
  });
});

describe('every operation that reads', () => {
  interface OpenApi {
    paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>;
  }

  it('refuses a parameter that it does not know, by its name', async () => {
    const { paths } = (await (await fetch(`${service.url}/docs-json`)).json()) as OpenApi;
    const reads = Object.entries(paths).filter(([path, { get }]) => get !== undefined && path.startsWith('/api/'));
    expect(reads.length).toBeGreaterThan(20);
    const answers = await Promise.all(
      reads.map(async ([path]) => {
        const url = `${service.url}${path.replaceAll(/\{\w+\}/g, String(clientId))}?no_such_parameter=1`;
        const answer = await fetch(url, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
        const { errors } = (await answer.json()) as { errors?: { field: string }[] };
        return [path, answer.status, errors?.map(({ field }) => field)];
      }),
    );
    expect(answers).toEqual(reads.map(([path]) => [path, 400, ['no_such_parameter']]));
  });

  it('pages by cursor and limit where it lists', async () => {
    const { paths } = (await (await fetch(`${service.url}/docs-json`)).json()) as OpenApi;
    const lists = Object.entries(paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'cursor') === true);
    expect(lists.length).toBeGreaterThan(8);
    for (const [path] of lists.filter(([name]) => !/my-|workflow_id/.test(name))) {
      const url = `${service.url}${path.replaceAll(/\{\w+\}/g, String(clientId))}`;
      const body = (await (
        await fetch(`${url}?limit=1`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } })
      ).json()) as object;
      expect([path, 'next_cursor' in body, 'items' in body || 'workflows' in body]).toEqual([path, true, true]);
    }
  });
});

describe('browsers', () => {
  it('of origins that are configured may ask and read, others may not', async () => {
    const ask = (origin: string): Promise<Response> =>
      fetch(`${service.url}/api/v1/metrics/all`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
      });
    const allowed = await ask(ORIGIN);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, ORIGIN]);
    expect((await ask('https://evil.example.com')).headers.get('access-control-allow-origin')).not.toBe(
      'https://evil.example.com',
    );
    const answer = await fetch(`${service.url}/api/v1/metrics/all`, {
      headers: { origin: ORIGIN, authorization: `Bearer ${ADMIN_KEY}` },
    });
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/ETag.*X-Next-Cursor/);
    // Another origin must not be served what a cache kept for this one.
    expect(answer.headers.get('vary')).toMatch(/Origin.*Accept/);
  });
});
