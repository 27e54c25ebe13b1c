import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Cache } from 'cache-manager';
import { CACHE_BACKEND, type CacheBackend, type CacheStatus } from './cache-backend.js';

/** `bypass`: the cache could not be asked, the value was computed all the same. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';

export interface Cached<T> {
  value: T;
  outcome: CacheOutcome;
}

/** Since the process started. `errors` counts failed reads and writes of the store. */
export interface CacheStats {
  hits: number;
  misses: number;
  errors: number;
}

/**
 * Answers that are dear to compute, kept for a while. It fails open: without its store every value is computed anew.
 * Values go through JSON text, so memory and Redis behave alike: a Date comes back as text, on a miss as well.
 */
@Injectable()
export class AppCache {
  private readonly logger = new Logger(AppCache.name);
  private readonly flights = new Map<string, Promise<{ text: string; outcome: CacheOutcome }>>();
  private readonly failedReads = new Map<string, unknown>();
  private readonly counted: CacheStats = { hits: 0, misses: 0, errors: 0 };
  private reported = false;

  constructor(
    @Inject(CACHE_MANAGER) private readonly manager: Cache,
    @Inject(CACHE_BACKEND) private readonly backend: CacheBackend,
  ) {
    // cache-manager answers a failed read like a miss; only this event tells them apart.
    manager.on('get', ({ key, error }) => {
      if (error !== undefined) this.failedReads.set(key, error);
    });
  }

  /**
   * The kept value, else the result of `load`, which is then kept. Simultaneous misses of a key share one `load`; when that
   * throws, all of them get the error and nothing is kept. `null`, `0`, `false` and `''` are values like any other.
   * @param ttlSeconds how long to keep it; CACHE_TTL_SECONDS when left out
   */
  async getOrLoad<T>(key: string, load: () => Promise<T>, ttlSeconds?: number): Promise<T> {
    return (await this.fetch(key, load, ttlSeconds)).value;
  }

  /** As {@link getOrLoad}, and says where the value came from. */
  async fetch<T>(key: string, load: () => Promise<T>, ttlSeconds?: number): Promise<Cached<T>> {
    let flight = this.flights.get(key);
    if (flight === undefined) {
      flight = this.read(key, load, ttlSeconds).finally(() => this.flights.delete(key));
      this.flights.set(key, flight);
    }
    const { text, outcome } = await flight;
    if (outcome === 'hit') this.counted.hits += 1;
    else this.counted.misses += 1;
    return { value: JSON.parse(text) as T, outcome };
  }

  stats(): CacheStats {
    return { ...this.counted };
  }

  status(): CacheStatus {
    return this.backend.status();
  }

  /** How many answers are kept, `null` when the store cannot be asked. */
  async count(): Promise<number | null> {
    try {
      return await this.backend.count();
    } catch (error) {
      this.noteError(error);
      return null;
    }
  }

  /**
   * Forgets every answer.
   * @throws Error when the store cannot be reached
   */
  async clear(): Promise<void> {
    await this.backend.clear();
  }

  private async read(
    key: string,
    load: () => Promise<unknown>,
    ttlSeconds: number | undefined,
  ): Promise<{ text: string; outcome: CacheOutcome }> {
    const kept = await this.manager.get<string>(key);
    if (kept !== undefined) return { text: kept, outcome: 'hit' };
    const failed = this.failedReads.has(key);
    if (failed) this.noteError(this.failedReads.get(key));
    this.failedReads.delete(key);
    const text = toJson(await load());
    if (failed) return { text, outcome: 'bypass' };
    return { text, outcome: (await this.keep(key, text, ttlSeconds)) ? 'miss' : 'bypass' };
  }

  private async keep(key: string, text: string, ttlSeconds: number | undefined): Promise<boolean> {
    try {
      await this.manager.set(key, text, ttlSeconds === undefined ? undefined : ttlSeconds * 1000);
      this.reported = false;
      return true;
    } catch (error) {
      this.noteError(error);
      return false;
    }
  }

  /** One line per outage, not per request. */
  private noteError(error: unknown): void {
    this.counted.errors += 1;
    if (this.reported) return;
    this.reported = true;
    this.logger.warn(`cache does not answer, computing without it: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('undefined cannot be cached: use null for "nothing"');
  return text;
}
