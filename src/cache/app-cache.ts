import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Cache } from 'cache-manager';
import { APP_CONFIG, type AppConfig } from '../config/index.js';
import { type DatedDocument, type Document, fromText, toText } from './document.js';
import { type NearBounds, NearCache } from './near-cache.js';
import { type CacheStatus, SHARED_STORE, type SharedStore } from './shared-store.js';

/** `bypass`: the shared store could not be asked or told, the document was computed all the same. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';

export interface Found {
  document: Document;
  outcome: CacheOutcome;
}

/** Since the process started. `errors` counts failed reads and writes of the shared store. */
export interface CacheStats {
  hits: number;
  misses: number;
  errors: number;
}

/** Some thousand answers; a service needs more than that for itself. */
const BOUNDS: NearBounds = { entries: 10_000, bytes: 64 * 1024 * 1024 };

/**
 * Documents that are dear to compute, kept for CACHE_TTL_SECONDS: in this process, and behind it in Redis when there is one. A
 * key stands for one document for ever, so what this process remembers is never older than what Redis has. It fails open:
 * without Redis every process computes for itself.
 */
@Injectable()
export class AppCache {
  private readonly logger = new Logger(AppCache.name);
  private readonly near = new NearCache(BOUNDS);
  private readonly flights = new Map<string, Promise<Found>>();
  private readonly failedReads = new Map<string, unknown>();
  private readonly counted: CacheStats = { hits: 0, misses: 0, errors: 0 };
  private readonly ttlMs: number;
  private reported = false;

  constructor(
    @Inject(CACHE_MANAGER) private readonly manager: Cache,
    @Inject(SHARED_STORE) private readonly shared: SharedStore | null,
    @Inject(APP_CONFIG) config: Pick<AppConfig, 'cacheTtlSeconds'>,
  ) {
    this.ttlMs = config.cacheTtlSeconds * 1000;
    // cache-manager answers a failed read like a miss; only this event tells them apart.
    manager.on('get', ({ key, error }) => {
      if (error !== undefined) this.failedReads.set(key, error);
    });
  }

  /**
   * The kept document, else the result of `load`, which is then kept. Simultaneous misses of a key share one `load`; when that
   * throws, all of them get the error and nothing is kept.
   * @param key everything that the document depends on: it is never asked again whether it is still true
   */
  async fetch(key: string, load: () => Promise<Document>): Promise<Found> {
    const near = this.peek(key);
    if (near !== undefined) return { document: near, outcome: 'hit' };
    let flight = this.flights.get(key);
    if (flight === undefined) {
      flight = this.read(key, load).finally(() => this.flights.delete(key));
      this.flights.set(key, flight);
    }
    const found = await flight;
    if (found.outcome === 'hit') this.counted.hits += 1;
    else this.counted.misses += 1;
    return found;
  }

  /**
   * Computes a kept document anew when its time is over soon, so that nobody has to wait for that.
   * @param withinMs what soon is
   * @returns whether it was computed
   */
  async renew(key: string, withinMs: number, load: () => Promise<Document>): Promise<boolean> {
    const expiresAt = this.near.expiresAt(key);
    if (expiresAt === undefined || expiresAt - Date.now() > withinMs) return false;
    await this.make(key, load);
    return true;
  }

  /** What this process has at hand, as a hit; asks nobody and computes nothing. */
  peek(key: string): Document | undefined {
    const near = this.near.get(key, Date.now());
    if (near === undefined) return undefined;
    this.counted.hits += 1;
    return near.document;
  }

  /** Counts a hit of somebody who has what {@link peek} gave a moment ago. */
  countHit(): void {
    this.counted.hits += 1;
  }

  /**
   * A document that is made of another one without reading anything. It is kept in this process only, for as long as the other
   * one may be, and not counted.
   * @param key of the other one
   * @param view what is made of it: part of the key that {@link peek} finds it by, `key + view`
   */
  derive(key: string, view: string, make: () => Document): Document {
    const now = Date.now();
    const near = this.near.get(key + view, now);
    if (near !== undefined) return near.document;
    const document = make();
    const whole = this.near.get(key, now);
    if (whole !== undefined) this.near.set(key + view, { document, expiresAt: whole.expiresAt });
    return document;
  }

  stats(): CacheStats {
    return { ...this.counted };
  }

  status(): CacheStatus {
    return this.shared?.status() ?? { kind: 'memory', up: true };
  }

  /** How many documents are kept where all replicas find them, else in this process; `null` when Redis cannot be asked. */
  async count(): Promise<number | null> {
    if (this.shared === null) return this.near.size;
    try {
      return await this.shared.count();
    } catch (error) {
      this.noteError(error);
      return null;
    }
  }

  /**
   * Forgets every document. What other processes remember stays with them until its time is over; it is no less true.
   * @throws Error when Redis cannot be reached
   */
  async clear(): Promise<void> {
    this.near.clear();
    await this.shared?.clear();
  }

  private async read(key: string, load: () => Promise<Document>): Promise<Found> {
    const { dated, failed } = await this.readShared(key);
    if (dated !== null) {
      this.near.set(key, dated);
      return { document: dated.document, outcome: 'hit' };
    }
    if (failed) {
      // A Redis that did not answer just now would cost this request its time limit again.
      const document = await load();
      this.near.set(key, { document, expiresAt: Date.now() + this.ttlMs });
      return { document, outcome: 'bypass' };
    }
    return this.make(key, load);
  }

  private async make(key: string, load: () => Promise<Document>): Promise<Found> {
    const document = await load();
    const made = { document, expiresAt: Date.now() + this.ttlMs };
    this.near.set(key, made);
    return { document, outcome: (await this.writeShared(key, made)) ? 'miss' : 'bypass' };
  }

  private async readShared(key: string): Promise<{ dated: DatedDocument | null; failed: boolean }> {
    if (this.shared === null) return { dated: null, failed: false };
    const text = await this.manager.get<string>(key);
    const failed = this.failedReads.has(key);
    if (failed) this.noteError(this.failedReads.get(key));
    this.failedReads.delete(key);
    return { dated: text === undefined ? null : fromText(text), failed };
  }

  private async writeShared(key: string, made: DatedDocument): Promise<boolean> {
    if (this.shared === null) return true;
    try {
      await this.manager.set(key, toText(made), this.ttlMs);
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
