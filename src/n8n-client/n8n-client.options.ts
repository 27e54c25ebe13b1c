import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, SystemClock } from '../common/index.js';
import { type N8nErrorCode } from './n8n-error.js';
import { type RequestKind } from './token-bucket.js';

/** Injection token of {@link N8nClientOptions}. */
export const N8N_CLIENT_OPTIONS = Symbol('N8N_CLIENT_OPTIONS');

/** Waits `ms` milliseconds; rejects when `signal` fires. */
type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** One try that was sent, and how it ended. */
export interface ObservedRequest {
  kind: RequestKind;
  outcome: 'ok' | N8nErrorCode;
  seconds: number;
}

/** How the door behaves. Times in milliseconds, sizes in bytes. */
export interface N8nClientOptions {
  /** Version in the `User-Agent`. */
  userAgentVersion: string;
  /** Whether loopback, private and other non-public addresses may be called. Link-local and metadata addresses never are. */
  allowPrivateNetworks: boolean;
  /** Whole request of a list or a single row, from connecting to the last byte. Default 30,000. */
  listTimeoutMs?: number;
  /** Whole request of one execution with its payload. Default 60,000. */
  detailTimeoutMs?: number;
  /** Whole request during a connection check. Default 10,000. */
  checkTimeoutMs?: number;
  connectTimeoutMs?: number;
  /** Further tries after the first. Default 3; a failure detail gets one at most, a connection check none. */
  maxRetries?: number;
  /** First step of the exponential backoff. Default 1,000. */
  retryBaseMs?: number;
  /** Longest `Retry-After` that is waited for inside a call. Default 120,000. */
  maxRetryAfterMs?: number;
  /** Longest sum of waits between the tries of one call. Default 150,000. */
  maxTotalWaitMs?: number;
  /** Longest wait for the failure details' share of the budget before `budget_exhausted`. Default 10,000. */
  maxBudgetWaitMs?: number;
  /** Default 64 MB. */
  listMaxBytes?: number;
  /** Default 20 MB. */
  detailMaxBytes?: number;
  clock?: Clock;
  sleep?: Sleep;
  /** [0, 1), for the jitter. */
  random?: () => number;
  /** Is told of every try that was sent. */
  observe?: (request: ObservedRequest) => void;
}

const DEFAULTS = {
  listTimeoutMs: 30_000,
  detailTimeoutMs: 60_000,
  checkTimeoutMs: 10_000,
  connectTimeoutMs: 10_000,
  maxRetries: 3,
  retryBaseMs: 1_000,
  maxRetryAfterMs: 120_000,
  maxTotalWaitMs: 150_000,
  maxBudgetWaitMs: 10_000,
  listMaxBytes: 64 * 1024 * 1024,
  detailMaxBytes: 20 * 1024 * 1024,
} as const;

/** {@link N8nClientOptions} with nothing left open. */
export type ResolvedOptions = Readonly<Required<N8nClientOptions>>;

/** Fills in the defaults. */
export function resolveOptions(options: N8nClientOptions): ResolvedOptions {
  return {
    ...DEFAULTS,
    clock: new SystemClock(),
    sleep: async (ms, signal) => {
      await delay(ms, undefined, { signal });
    },
    random: Math.random,
    observe: () => undefined,
    ...options,
  };
}
