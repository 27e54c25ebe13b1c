import { Keyv } from 'keyv';
import { BoundedMap, type MapBounds } from './bounded-map.js';
import { type CacheBackend, type CacheStatus } from './cache-backend.js';

const DEFAULT_BOUNDS: MapBounds = { entries: 5_000, characters: 32 * 1024 * 1024 };

/** Keeps answers in this process, within fixed bounds. */
export class MemoryBackend implements CacheBackend {
  readonly keyv: Keyv<string>;
  private readonly map: BoundedMap;

  constructor(bounds: MapBounds = DEFAULT_BOUNDS) {
    this.map = new BoundedMap(bounds);
    this.keyv = new Keyv<string>({ store: this.map, useKeyPrefix: false, throwOnErrors: true });
  }

  status(): CacheStatus {
    return { kind: 'memory', up: true };
  }

  count(): Promise<number> {
    return Promise.resolve(this.map.size);
  }

  clear(): Promise<void> {
    this.map.clear();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.clear();
  }
}
