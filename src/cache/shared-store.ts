import { type Keyv } from 'keyv';

/** Injection token of the {@link SharedStore}; `null` when there is none. */
export const SHARED_STORE = Symbol('SHARED_STORE');

/** Where cached answers live, and whether it can be reached right now. `error` says why not. */
export interface CacheStatus {
  kind: 'memory' | 'redis';
  up: boolean;
  error?: string;
}

/** A place that all replicas share. Its `keyv` throws when the place cannot be reached; deciding what that means is {@link AppCache}'s job. */
export interface SharedStore {
  readonly keyv: Keyv<string>;
  status(): CacheStatus;
  /** How many answers are kept. */
  count(): Promise<number>;
  /** Forgets every answer and nothing else. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
