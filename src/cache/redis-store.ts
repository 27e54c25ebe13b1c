import { KeyvAdapter } from 'cache-manager';
import { type RedisStore } from 'cache-manager-redis-yet';
import { Keyv } from 'keyv';
import { type SharedStore, type CacheStatus } from './shared-store.js';
import { RedisConnection, type RedisTimes } from './redis-connection.js';

const PREFIX = 'fm:';

/** A scan walks the whole database: it may take longer than one command. */
const SCAN_MS = 10_000;

type AdaptedStore = ConstructorParameters<typeof KeyvAdapter>[0];

/** Keeps answers in Redis, where all replicas find them. */
export class RedisSharedStore implements SharedStore {
  readonly keyv: Keyv<string>;
  private readonly connection: RedisConnection;

  private constructor(url: string, times: Partial<RedisTimes>) {
    this.connection = new RedisConnection(url, times);
    this.keyv = new Keyv<string>({ store: new KeyvAdapter(guarded(this.connection)), useKeyPrefix: false, throwOnErrors: true });
  }

  /** Resolves after the first attempt to connect, also when it failed: a missing cache must not stop a start. */
  static async open(url: string, times: Partial<RedisTimes> = {}): Promise<RedisSharedStore> {
    const shared = new RedisSharedStore(url, times);
    await shared.connection.firstAttempt();
    return shared;
  }

  status(): CacheStatus {
    const error = this.connection.problem();
    return error === null ? { kind: 'redis', up: true } : { kind: 'redis', up: false, error };
  }

  async count(): Promise<number> {
    return this.connection.run(async (store) => (await ownKeys(store)).length, SCAN_MS);
  }

  async clear(): Promise<void> {
    // Not FLUSHDB: an operator may have pointed the URL at a database that holds other things.
    await this.connection.run(async (store) => {
      const keys = await ownKeys(store);
      if (keys.length > 0) await store.client.unlink(keys);
    }, SCAN_MS);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

async function ownKeys(store: RedisStore): Promise<string[]> {
  const keys = new Set<string>();
  // SCAN may return a key twice.
  for await (const key of store.client.scanIterator({ MATCH: `${PREFIX}*`, COUNT: 500 })) keys.add(key);
  return [...keys];
}

/** The store as cache-manager's adapter wants it, every call through the connection's limits. */
function guarded(connection: RedisConnection): AdaptedStore {
  const full = (key: string): string => `${PREFIX}${key}`;
  return {
    name: 'redis',
    get: (key) => connection.run((store) => store.get(full(key))),
    mget: (...keys) => connection.run((store) => store.mget(...keys.map(full))),
    set: (key, value, ttl) => connection.run((store) => store.set(full(key), value, ttl)),
    mset: (data, ttl) =>
      connection.run((store) =>
        store.mset(
          Object.entries(data).map(([key, value]) => [full(key), value]),
          ttl,
        ),
      ),
    del: (key) => connection.run((store) => store.del(full(key))),
    mdel: (...keys) => connection.run((store) => store.mdel(...keys.map(full))),
    ttl: (key) => connection.run((store) => store.ttl(full(key))),
    keys: () => connection.run(ownKeys),
  };
}
