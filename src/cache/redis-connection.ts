import { redisStore, type RedisStore } from 'cache-manager-redis-yet';

/** How long a Redis may take. A cache slower than the database it saves is no help. */
export interface RedisTimes {
  /** Longest wait for one command, in ms. */
  commandMs: number;
  /** Longest wait for a connection, in ms. */
  connectMs: number;
  /** Pause before the first connection is tried again, in ms; doubled up to `retryMaxMs`. */
  retryMs: number;
  retryMaxMs: number;
  /** How long a Redis that did not answer in time is left alone, in ms. */
  restMs: number;
}

const DEFAULT_TIMES: RedisTimes = { commandMs: 500, connectMs: 2_000, retryMs: 500, retryMaxMs: 30_000, restMs: 1_000 };

/** The database that is used when the URL names none: the cache shares it with nobody. */
const DEFAULT_DATABASE = 1;

/**
 * One connection to Redis that may be absent at any time. `run` fails at once while it is, and works again when it is back.
 * The client reconnects by itself once it was connected; before that, this class tries again.
 */
export class RedisConnection {
  private store: RedisStore | null = null;
  private failure: string | null = 'not connected yet';
  private restUntil = 0;
  private closed = false;
  private retry: NodeJS.Timeout | null = null;
  private readonly times: RedisTimes;
  private connecting: Promise<void>;

  constructor(
    private readonly url: string,
    times: Partial<RedisTimes> = {},
  ) {
    this.times = { ...DEFAULT_TIMES, ...times };
    this.connecting = this.connect(this.times.retryMs);
  }

  /** `null` while Redis answers, else why it does not. */
  problem(): string | null {
    return this.failure;
  }

  /** Waits for the first attempt, whatever becomes of it. */
  async firstAttempt(): Promise<void> {
    await this.connecting;
  }

  /**
   * @throws Error when Redis is away, refuses, or takes longer than `commandMs`
   */
  async run<T>(command: (store: RedisStore) => Promise<T>, limitMs = this.times.commandMs): Promise<T> {
    if (this.store === null || !this.store.client.isReady || performance.now() < this.restUntil) {
      throw new Error(this.failure ?? 'Redis is not ready');
    }
    try {
      const result = await within(limitMs, command(this.store));
      this.failure = null;
      return result;
    } catch (error) {
      this.failure = messageOf(error);
      if (error instanceof TooSlowError) this.restUntil = performance.now() + this.times.restMs;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry !== null) clearTimeout(this.retry);
    await this.connecting;
    if (this.store?.client.isOpen === true) await this.store.client.disconnect();
    this.store = null;
    this.failure = 'closed';
  }

  private async connect(pauseMs: number): Promise<void> {
    try {
      const store = await redisStore({
        url: this.url,
        database: DEFAULT_DATABASE,
        // Queued commands would wait for Redis to come back, and the request with them.
        disableOfflineQueue: true,
        socket: { connectTimeout: this.times.connectMs },
      });
      store.client.on('error', (error: unknown) => (this.failure = messageOf(error)));
      store.client.on('ready', () => (this.failure = null));
      this.failure = null;
      this.store = store;
    } catch (error) {
      this.failure = messageOf(error);
      if (this.closed) return;
      this.retry = setTimeout(() => {
        this.connecting = this.connect(Math.min(pauseMs * 2, this.times.retryMaxMs));
      }, pauseMs);
      this.retry.unref();
    }
  }
}

class TooSlowError extends Error {}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TooSlowError(`Redis did not answer within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
