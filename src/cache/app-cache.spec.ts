import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createCache } from 'cache-manager';
import { AppCache } from './app-cache.js';
import { type CacheBackend } from './cache-backend.js';
import { MemoryBackend } from './memory-backend.js';
import { RedisBackend } from './redis-backend.js';

const hasServer = spawnSync('redis-server', ['--version']).status === 0;
const redisUrl = process.env.REDIS_URL;
const ttlMs = 60_000;

function cacheOver(backend: CacheBackend): AppCache {
  return new AppCache(createCache({ stores: [backend.keyv], ttl: ttlMs }), backend);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function startRedis(port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
    if (chunk.toString().includes('Ready to accept connections')) break;
  }
  return server;
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, 'exit');
}

/** What every backend must do alike. */
function behavesAsCache(open: () => Promise<CacheBackend>): void {
  let backend: CacheBackend;
  let cache: AppCache;
  let loads: number;
  const load = (value: unknown) => (): Promise<unknown> => {
    loads += 1;
    return Promise.resolve(value);
  };

  beforeEach(async () => {
    backend = await open();
    await backend.clear();
    cache = cacheOver(backend);
    loads = 0;
  });

  afterEach(async () => {
    await backend.close();
  });

  it.each([0, null, false, '', 'text', 1.25, { a: [1, null] }])('computes %p once and then serves it', async (value) => {
    expect(await cache.getOrLoad('k', load(value))).toEqual(value);
    expect(await cache.getOrLoad('k', load('other'))).toEqual(value);
    expect(loads).toBe(1);
    expect(cache.stats()).toEqual({ hits: 1, misses: 1, errors: 0 });
  });

  it('gives the same JSON on a miss and on a hit', async () => {
    const value = { at: new Date('2024-01-02T03:04:05Z'), gone: undefined };
    const miss = await cache.fetch('k', load(value));
    const hit = await cache.fetch('k', load(value));
    expect(miss).toEqual({ value: { at: '2024-01-02T03:04:05.000Z' }, outcome: 'miss' });
    expect(hit).toEqual({ value: miss.value, outcome: 'hit' });
  });

  it('shares one computation among simultaneous misses, and hands each its own copy', async () => {
    const slow = async (): Promise<{ n: number }> => {
      loads += 1;
      await sleep(20);
      return { n: 1 };
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.getOrLoad('k', slow)));
    expect(loads).toBe(1);
    expect(new Set(answers).size).toBe(20);
  });

  it('keeps nothing when the computation fails, and tries again', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('no database'));
    await expect(cache.getOrLoad('k', failing)).rejects.toThrow('no database');
    expect(await cache.getOrLoad('k', load(7))).toBe(7);
  });

  it('forgets a value after its time', async () => {
    await cache.getOrLoad('k', load(1), 0.05);
    await sleep(80);
    expect(await cache.getOrLoad('k', load(2))).toBe(2);
  });

  it('counts what it keeps, and forgets all of it at once', async () => {
    await cache.getOrLoad('a', load(1));
    await cache.getOrLoad('b', load(2));
    expect(await cache.count()).toBe(2);
    await cache.clear();
    expect(await cache.count()).toBe(0);
    expect(await cache.getOrLoad('a', load(3))).toBe(3);
  });

  it('refuses to keep undefined, which no JSON text can say', async () => {
    await expect(cache.getOrLoad('k', load(undefined))).rejects.toThrow('use null');
  });

  it('says that it is up', () => {
    expect(cache.status()).toEqual({ kind: expect.stringMatching(/^(memory|redis)$/) as string, up: true });
  });
}

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('AppCache over memory', () => {
  behavesAsCache(() => Promise.resolve(new MemoryBackend()));
});

const describeRedis = hasServer || redisUrl !== undefined ? describe : describe.skip;

describeRedis('AppCache over Redis', () => {
  let url = redisUrl ?? '';
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    if (!hasServer) return;
    const port = await freePort();
    server = await startRedis(port);
    url = `redis://127.0.0.1:${port}`;
  });

  afterAll(async () => {
    if (server !== undefined) await stop(server);
  });

  behavesAsCache(() => RedisBackend.open(url));

  it('clears its own entries only', async () => {
    const backend = await RedisBackend.open(url);
    const other = await RedisBackend.open(url);
    try {
      await other.keyv.set('kept-under-our-prefix', '1');
      expect(await backend.count()).toBe(1);
      await backend.clear();
      expect(await other.count()).toBe(0);
    } finally {
      await Promise.all([backend.close(), other.close()]);
    }
  });
});

(hasServer ? describe : describe.skip)('AppCache while Redis comes and goes', () => {
  const times = { commandMs: 150, connectMs: 500, retryMs: 50, retryMaxMs: 100, restMs: 200 };
  let port: number;
  let server: ChildProcess | undefined;
  let backend: CacheBackend | undefined;

  const opened = async (): Promise<AppCache> => {
    backend = await RedisBackend.open(`redis://127.0.0.1:${port}`, times);
    return cacheOver(backend);
  };

  /** Until a value that was kept is served again. */
  async function recovered(cache: AppCache, key: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await cache.fetch(key, () => Promise.resolve(0))).outcome === 'hit') return;
      await sleep(50);
    }
    throw new Error('the cache did not recover');
  }

  beforeEach(async () => {
    port = await freePort();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  afterEach(async () => {
    await backend?.close();
    if (server !== undefined) await stop(server);
    jest.restoreAllMocks();
  });

  it('computes without Redis when it dies, counts the errors, and uses it again when it is back', async () => {
    server = await startRedis(port);
    const cache = await opened();
    await cache.getOrLoad('k', () => Promise.resolve(1));
    await stop(server);
    const started = Date.now();
    expect(await cache.fetch('k', () => Promise.resolve(2))).toEqual({ value: 2, outcome: 'bypass' });
    expect(await cache.fetch('k', () => Promise.resolve(3))).toEqual({ value: 3, outcome: 'bypass' });
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 3, errors: 2 });
    expect(cache.status()).toEqual({ kind: 'redis', up: false, error: expect.any(String) as string });
    expect(await cache.count()).toBeNull();
    server = await startRedis(port);
    await recovered(cache, 'k');
    expect(cache.status()).toEqual({ kind: 'redis', up: true });
  });

  it('starts without Redis and uses it once it is there', async () => {
    const cache = await opened();
    expect(cache.status().up).toBe(false);
    expect(await cache.fetch('k', () => Promise.resolve(1))).toEqual({ value: 1, outcome: 'bypass' });
    server = await startRedis(port);
    await recovered(cache, 'k');
  });

  it('does not wait for a Redis that hangs', async () => {
    server = await startRedis(port);
    const cache = await opened();
    server.kill('SIGSTOP');
    const started = Date.now();
    for (let n = 0; n < 5; n += 1) expect((await cache.fetch('k', () => Promise.resolve(n))).value).toBe(n);
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(cache.stats().errors).toBe(5);
    server.kill('SIGCONT');
    await recovered(cache, 'k');
  });
});
