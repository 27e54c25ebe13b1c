/**
 * What went wrong, for programs:
 * - `bad_url` the base URL cannot be used; `blocked_address` it leads to an address this service never calls
 * - `dns`, `refused`, `tls`, `timeout`, `network` no usable connection
 * - `not_n8n` something answered, but not n8n's public API (a page, a redirect, another service, the API switched off)
 * - `bad_key` 401, `forbidden` 403, `not_found` 404 of one thing, `bad_request` 400 and other refusals
 * - `rate_limited` 429, `server_error` 5xx or an instance that is starting
 * - `bad_answer` truncated or not of the agreed shape, `too_large` over the size cap
 * - `circuit_open` the instance failed again and again and is left alone for a while (nothing was sent)
 * - `budget_exhausted` failure details have used their half of the request budget (nothing was sent)
 * - `aborted` the caller's signal fired or the service is shutting down
 */
export type N8nErrorCode =
  | 'bad_url'
  | 'blocked_address'
  | 'dns'
  | 'refused'
  | 'tls'
  | 'timeout'
  | 'network'
  | 'not_n8n'
  | 'bad_key'
  | 'forbidden'
  | 'not_found'
  | 'bad_request'
  | 'rate_limited'
  | 'server_error'
  | 'bad_answer'
  | 'too_large'
  | 'circuit_open'
  | 'budget_exhausted'
  | 'aborted';

/** Worth another try without anybody doing something; `bad_answer` and `dns` depend on the case. */
const RETRYABLE: ReadonlySet<N8nErrorCode> = new Set<N8nErrorCode>([
  'refused',
  'timeout',
  'network',
  'rate_limited',
  'server_error',
  'circuit_open',
  'budget_exhausted',
]);

export interface N8nErrorDetails {
  /** HTTP status of n8n's answer. */
  status?: number | null;
  retryAfterMs?: number | null;
  /** Overrides what the code implies. */
  retryable?: boolean;
  cause?: unknown;
}

/** The one error that leaves this folder. `message` says what happened and what to do and never holds the API key. */
export class N8nError extends Error {
  /** HTTP status of n8n's answer, `null` when there was none. */
  readonly status: number | null;
  /** Milliseconds until another try makes sense, `null` when nothing is known. */
  readonly retryAfterMs: number | null;
  /** The same call may succeed later without anybody changing something. */
  readonly retryable: boolean;

  constructor(
    readonly code: N8nErrorCode,
    message: string,
    details: N8nErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'N8nError';
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.retryable = details.retryable ?? RETRYABLE.has(code);
  }
}

/** The call was ended by its caller or by shutdown: nothing is known about the instance. */
export function abortedError(cause?: unknown): N8nError {
  return new N8nError('aborted', 'The request to n8n was cancelled.', { cause });
}
