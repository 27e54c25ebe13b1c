import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createCache } from 'cache-manager';
import { AppCache, type CacheOutcome } from '../../src/cache/app-cache.js';
import { type Document } from '../../src/cache/document.js';
import { RedisSharedStore } from '../../src/cache/redis-store.js';
import { type SharedStore } from '../../src/cache/shared-store.js';
import { hasRedisServer, RedisServer } from '../support/redis.js';

const redisUrl = process.env.REDIS_URL;

/** A process of its own, with nothing but what is shared. */
function cacheOver(shared: SharedStore | null, cacheTtlSeconds = 60): AppCache {
  return new AppCache(createCache({ stores: shared === null ? [] : [shared.keyv] }), shared, { cacheTtlSeconds });
}

function documentOf(text: string, facts: Document['facts'] = {}): Document {
  return { bytes: Buffer.from(text), facts };
}

const gives = (text: string) => (): Promise<Document> => Promise.resolve(documentOf(text));

/** What is served for a key that `text` would be computed for. */
async function served(cache: AppCache, key: string, text: string): Promise<[string, CacheOutcome]> {
  const { document, outcome } = await cache.fetch(key, gives(text));
  return [document.bytes.toString(), outcome];
}

/** What must be so with Redis and without. */
function behavesAsCache(open: () => Promise<SharedStore | null>): void {
  let shared: SharedStore | null;
  let cache: AppCache;

  beforeEach(async () => {
    shared = await open();
    await shared?.clear();
    cache = cacheOver(shared);
  });

  afterEach(async () => {
    await shared?.close();
  });

  it('computes once, then serves the same bytes without a copy', async () => {
    const made = documentOf('{"a":"ä\\n"}', { etag: '"x"', computed_at: null });
    const miss = await cache.fetch('k', () => Promise.resolve(made));
    const hit = await cache.fetch('k', gives('other'));
    expect([miss.outcome, hit.outcome]).toEqual(['miss', 'hit']);
    expect(hit.document).toBe(miss.document);
    expect(hit.document).toEqual(made);
    expect(cache.stats()).toEqual({ hits: 1, misses: 1, errors: 0 });
  });

  it('shares one computation among simultaneous misses', async () => {
    let loads = 0;
    const slow = async (): Promise<Document> => {
      loads += 1;
      await sleep(20);
      return documentOf('1');
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.fetch('k', slow)));
    expect(loads).toBe(1);
    expect(new Set(answers.map(({ document }) => document)).size).toBe(1);
  });

  it('keeps nothing when the computation fails, and tries again', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('no database'));
    await expect(cache.fetch('k', failing)).rejects.toThrow('no database');
    expect(await served(cache, 'k', '7')).toEqual(['7', 'miss']);
  });

  it('forgets a document after its time', async () => {
    const brief = cacheOver(shared, 0.05);
    await served(brief, 'k', '1');
    await sleep(80);
    expect(await served(brief, 'k', '2')).toEqual(['2', 'miss']);
  });

  it('counts what it keeps, and forgets all of it at once', async () => {
    await served(cache, 'a', '1');
    await served(cache, 'b', '2');
    expect(await cache.count()).toBe(2);
    await cache.clear();
    expect(await cache.count()).toBe(0);
    expect(await served(cache, 'a', '3')).toEqual(['3', 'miss']);
  });

  it('makes what is derived once, as long as it has what that is made of', async () => {
    await served(cache, 'k', '1');
    const first = cache.derive('k', '|view', () => documentOf('1'));
    expect(cache.derive('k', '|view', () => documentOf('2'))).toBe(first);
    expect(cache.derive('l', '|view', () => documentOf('2'))).not.toBe(cache.derive('l', '|view', () => documentOf('2')));
    expect(cache.stats()).toEqual({ hits: 0, misses: 1, errors: 0 });
  });

  it('gives up what is derived with what that is made of', async () => {
    const brief = cacheOver(shared, 0.1);
    await served(brief, 'k', '1');
    await sleep(70);
    brief.derive('k', '|view', () => documentOf('1'));
    await sleep(70);
    expect(brief.peek('k|view')).toBeUndefined();
  });

  it('gives what is at hand as a hit, and computes nothing', async () => {
    expect(cache.peek('k')).toBeUndefined();
    const { document } = await cache.fetch('k', gives('1'));
    expect(cache.peek('k')).toBe(document);
    expect(cache.stats()).toEqual({ hits: 1, misses: 1, errors: 0 });
  });

  it('says that it is up', () => {
    expect(cache.status()).toEqual({ kind: shared === null ? 'memory' : 'redis', up: true });
  });
}

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('AppCache over memory', () => {
  behavesAsCache(() => Promise.resolve(null));
});

const describeRedis = hasRedisServer || redisUrl !== undefined ? describe : describe.skip;

describeRedis('AppCache over Redis', () => {
  let url = redisUrl ?? '';
  let server: RedisServer | undefined;

  beforeAll(async () => {
    if (!hasRedisServer) return;
    server = await RedisServer.start();
    url = server.url;
  });

  afterAll(async () => {
    await server?.stop();
  });

  behavesAsCache(() => RedisSharedStore.open(url));

  describe('between two processes', () => {
    let stores: SharedStore[];
    let one: AppCache;
    let other: AppCache;

    beforeEach(async () => {
      stores = [await RedisSharedStore.open(url), await RedisSharedStore.open(url)];
      await stores[0]?.clear();
      [one, other] = stores.map((store) => cacheOver(store)) as [AppCache, AppCache];
    });

    afterEach(async () => {
      await Promise.all(stores.map((store) => store.close()));
    });

    it('serves the same bytes and facts that the other one computed', async () => {
      const made = documentOf('{"a":"ä\\n\n✓"}', { etag: '"x"', computed_at: null });
      await one.fetch('k', () => Promise.resolve(made));
      const found = await other.fetch('k', gives('other'));
      expect(found).toEqual({ document: made, outcome: 'hit' });
      expect((await other.fetch('k', gives('other'))).document).toBe(found.document);
    });

    it('does not prolong what it took over', async () => {
      const brief = cacheOver(stores[0] ?? null, 0.3);
      await served(brief, 'k', '1');
      await sleep(150);
      expect(await served(other, 'k', '2')).toEqual(['1', 'hit']);
      await sleep(200);
      expect(await served(other, 'k', '3')).toEqual(['3', 'miss']);
    });

    it('computes anew what another version left there', async () => {
      await stores[0]?.keyv.set('k', 'no head line');
      await stores[0]?.keyv.set('l', '{"expires_at":"never"}\nbody');
      expect(await served(other, 'k', '1')).toEqual(['1', 'miss']);
      expect(await served(other, 'l', '1')).toEqual(['1', 'miss']);
    });

    it('clears its own entries only', async () => {
      await stores[1]?.keyv.set('kept-under-our-prefix', '1');
      expect(await stores[0]?.count()).toBe(1);
      await stores[0]?.clear();
      expect(await stores[1]?.count()).toBe(0);
    });
  });
});

(hasRedisServer ? describe : describe.skip)('AppCache while Redis comes and goes', () => {
  const times = { commandMs: 150, connectMs: 500, retryMs: 50, retryMaxMs: 100, restMs: 200 };
  let server: RedisServer;
  let shared: SharedStore | undefined;

  const opened = async (): Promise<AppCache> => {
    shared = await RedisSharedStore.open(server.url, times);
    return cacheOver(shared);
  };

  /** Until Redis takes what is computed. */
  async function recovered(cache: AppCache): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await cache.fetch(`try ${tries}`, gives('0'))).outcome === 'miss') return;
      await sleep(50);
    }
    throw new Error('the cache did not recover');
  }

  beforeEach(async () => {
    server = await RedisServer.notStarted();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  afterEach(async () => {
    await shared?.close();
    await server.stop();
    jest.restoreAllMocks();
  });

  it('computes without Redis when it dies, counts the errors, and uses it again when it is back', async () => {
    await server.start();
    const cache = await opened();
    await served(cache, 'k', '1');
    await server.stop();
    const started = Date.now();
    expect(await served(cache, 'l', '2')).toEqual(['2', 'bypass']);
    expect(await served(cache, 'm', '3')).toEqual(['3', 'bypass']);
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 3, errors: 2 });
    expect(cache.status()).toEqual({ kind: 'redis', up: false, error: expect.any(String) as string });
    expect(await cache.count()).toBeNull();
    await server.start();
    await recovered(cache);
    expect(cache.status()).toEqual({ kind: 'redis', up: true });
  });

  it('serves what this process remembers while Redis is away', async () => {
    await server.start();
    const cache = await opened();
    await served(cache, 'k', '1');
    await server.stop();
    expect(await served(cache, 'k', '2')).toEqual(['1', 'hit']);
    expect(await served(cache, 'l', '1')).toEqual(['1', 'bypass']);
    expect(await served(cache, 'l', '2')).toEqual(['1', 'hit']);
  });

  it('starts without Redis and uses it once it is there', async () => {
    const cache = await opened();
    expect(cache.status().up).toBe(false);
    expect(await served(cache, 'k', '1')).toEqual(['1', 'bypass']);
    await server.start();
    await recovered(cache);
  });

  it('does not wait for a Redis that hangs', async () => {
    await server.start();
    const cache = await opened();
    server.signal('SIGSTOP');
    const started = Date.now();
    for (let n = 0; n < 5; n += 1) expect(await served(cache, `k${n}`, String(n))).toEqual([String(n), 'bypass']);
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(cache.stats().errors).toBe(5);
    server.signal('SIGCONT');
    await recovered(cache);
  });
});
