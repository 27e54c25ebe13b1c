import { startTestApp, type TestApp } from '../support/app.js';
import { hasRedisServer, RedisServer } from '../support/redis.js';

const ADMIN_KEY = 'fm_bootstrap_key_of_these_tests';
const ORIGIN = 'https://dashboard.example.com';

interface Answer {
  status: number;
  headers: Headers;
  body: { code?: string; detail?: string; key?: string; id?: number };
}

async function call(
  service: TestApp,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: object,
): Promise<Answer> {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${service.url}${path}`, { method, headers: { ...type, ...headers }, body: JSON.stringify(body) });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, headers: answer.headers, body: json ? (JSON.parse(text) as Answer['body']) : {} };
}

const bearer = (key: string, from?: string): Record<string, string> => ({
  authorization: `Bearer ${key}`,
  ...(from === undefined ? {} : { 'x-forwarded-for': from }),
});

async function viewerKey(service: TestApp): Promise<string> {
  const made = await call(service, '/api/v1/admin/api-keys', bearer(ADMIN_KEY, '10.0.0.99'), 'POST', {
    name: 'v',
    role: 'viewer',
  });
  return made.body.key ?? '';
}

describe('requests', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({
      ADMIN_API_KEY: ADMIN_KEY,
      RATE_LIMIT_PER_MINUTE: '5',
      TRUST_PROXY: 'true',
      CORS_ORIGINS: ORIGIN,
    });
  });

  afterAll(async () => {
    await (service as TestApp | undefined)?.close();
  });

  it('of one key are limited, whatever they ask for, and answers say how many are left', async () => {
    const key = await viewerKey(service);
    const left: (string | null)[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { status, headers } = await call(service, ['/api/v1/metrics/all', '/api/v1/nowhere'][i % 2] ?? '', bearer(key));
      expect(status).toBe(i % 2 === 0 ? 200 : 404);
      expect(headers.get('ratelimit-limit')).toBe('5');
      left.push(headers.get('ratelimit-remaining'));
    }
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    const refused = await call(service, '/api/v1/metrics/all', { ...bearer(key), origin: ORIGIN, 'x-request-id': 'mine' });
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', request_id: 'mine', instance: '/api/v1/metrics/all' },
    });
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('x-request-id')).toBe('mine');
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    // Its number is not what another key has left, even from the same address.
    expect((await call(service, '/api/v1/metrics/all', bearer(await viewerKey(service)))).status).toBe(200);
  });

  it('without a key are limited by address', async () => {
    const ask = (from: string): Promise<Answer> => call(service, '/api/v1/metrics/all', { 'x-forwarded-for': from });
    for (let i = 0; i < 5; i += 1) expect((await ask('10.0.0.1')).status).toBe(401);
    expect((await ask('10.0.0.1')).status).toBe(429);
    expect((await ask('10.0.0.2')).status).toBe(401);
    // One subscriber has a whole network of IPv6.
    for (let i = 0; i < 5; i += 1) expect((await ask(`2001:db8:0:1::${i}`)).status).toBe(401);
    expect((await ask('2001:db8:0:1::77')).status).toBe(429);
  });

  it('for probes and the documentation are not', async () => {
    for (const path of ['/health/live', '/docs-json', '/docs']) {
      for (let i = 0; i < 7; i += 1) {
        const { status, headers } = await call(service, path, { 'x-forwarded-for': '10.0.0.3' });
        expect([path, status, headers.get('ratelimit-limit')]).toEqual([path, 200, null]);
      }
    }
  });
});

describe('bad keys', () => {
  let service: TestApp;
  const wrong = (n: number): string => `fm_abcdefgh_${String(n).padStart(43, '0')}`;
  const ask = (key: string, from: string): Promise<Answer> => call(service, '/api/v1/metrics/all', bearer(key, from));

  beforeAll(async () => {
    service = await startTestApp({
      ADMIN_API_KEY: ADMIN_KEY,
      FAILED_AUTH_PER_MINUTE: '3',
      RATE_LIMIT_PER_MINUTE: '1000',
      TRUST_PROXY: 'true',
    });
  });

  afterAll(async () => {
    await (service as TestApp | undefined)?.close();
  });

  it('are answered 401 so many times a minute, then their address is turned away', async () => {
    const key = await viewerKey(service);
    for (let n = 0; n < 3; n += 1)
      expect(await ask(wrong(n), '10.1.0.1')).toMatchObject({ status: 401, body: { code: 'invalid_key' } });
    const refused = await ask(wrong(3), '10.1.0.1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_failed_attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    // Even the right key is not found by trying, ...
    expect((await ask(key, '10.1.0.1')).status).toBe(429);
    // ... and good elsewhere.
    expect((await ask(key, '10.1.0.2')).status).toBe(200);
    expect((await call(service, '/health/live', bearer(wrong(4), '10.1.0.1'))).status).toBe(200);
  });

  it('do not stop others behind the same address whose key was good there before', async () => {
    const key = await viewerKey(service);
    expect((await ask(key, '10.1.0.3')).status).toBe(200);
    for (let n = 0; n < 5; n += 1) await ask(wrong(n), '10.1.0.3');
    expect((await ask(wrong(5), '10.1.0.3')).status).toBe(429);
    expect((await ask(key, '10.1.0.3')).status).toBe(200);
  });

  it('are not requests without any key', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { status } = await call(service, '/api/v1/metrics/all', { 'x-forwarded-for': '10.1.0.4' });
      expect(status).toBe(401);
    }
  });
});

(hasRedisServer ? describe : describe.skip)('replicas with a common Redis', () => {
  let redis: RedisServer;
  let replicas: TestApp[];

  beforeAll(async () => {
    redis = await RedisServer.start();
    const env = { ADMIN_API_KEY: ADMIN_KEY, RATE_LIMIT_PER_MINUTE: '6', REDIS_URL: redis.url };
    replicas = [await startTestApp(env), await startTestApp(env)];
  });

  afterAll(async () => {
    for (const replica of (replicas as TestApp[] | undefined) ?? []) await replica.close();
    await (redis as RedisServer | undefined)?.stop();
  });

  const statuses = async (times: number, key: string): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const replica = replicas[i % 2];
      if (replica !== undefined) all.push((await call(replica, '/api/v1/metrics/all', bearer(key))).status);
    }
    return all;
  };

  it('count together, and alone while it is away: no request fails for it', async () => {
    expect(await statuses(8, ADMIN_KEY)).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    await redis.stop();
    // Each counts its own six.
    expect(await statuses(12, ADMIN_KEY)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(await statuses(2, ADMIN_KEY)).toEqual([429, 429]);
  });

  it('count together again when it is back, and do not wait for one that hangs', async () => {
    await redis.start();
    // Keys that nobody knows are counted like others.
    let tries = 0;
    while ((await statuses(7, `nobody-${tries}`)).at(-1) !== 429) {
      tries += 1;
      if (tries > 200) throw new Error('Redis does not count again');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    redis.signal('SIGSTOP');
    expect(await statuses(12, 'nobody-at-all')).toEqual(Array.from({ length: 12 }, () => 401));
    redis.signal('SIGCONT');
  });
});
