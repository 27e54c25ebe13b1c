import { type Keyv } from 'keyv';

/** Injection token of the one {@link CacheBackend}. */
export const CACHE_BACKEND = Symbol('CACHE_BACKEND');

/** Where cached answers live, and whether it can be reached right now. `error` says why not. */
export interface CacheStatus {
  kind: 'memory' | 'redis';
  up: boolean;
  error?: string;
}

/** A place to keep texts. Its `keyv` throws when the place cannot be reached; deciding what that means is {@link AppCache}'s job. */
export interface CacheBackend {
  readonly keyv: Keyv<string>;
  status(): CacheStatus;
  /** How many answers are kept. */
  count(): Promise<number>;
  /** Forgets every answer and nothing else. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
