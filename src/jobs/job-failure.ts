/** Throw it, or any error with `retryable: true`, when the same job may succeed later without anybody changing something. */
export class RetryableJobError extends Error {
  readonly retryable = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryableJobError';
  }
}

const MAX_LENGTH = 2_000;

/** The database restarts, is overloaded, read-only or full (57P0x, 53xxx, 08xxx, 25006), or the transaction lost (40001, 40P01). */
const PASSING_CODES = /^(57P0[123]|53\w{3}|08\w{3}|25006|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const PASSING_MESSAGES = /Connection terminated|timeout exceeded when trying to connect|Query runner already released/;

/** Whether another attempt makes sense. */
export function isRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { retryable, code, message } = error as { retryable?: unknown; code?: unknown; message?: unknown };
  if (typeof retryable === 'boolean') return retryable;
  if (typeof code === 'string' && PASSING_CODES.test(code)) return true;
  return typeof message === 'string' && PASSING_MESSAGES.test(message);
}

// What a library may repeat in its messages: passwords of URLs, bearer tokens, JWTs (n8n's keys are some), our own keys.
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1***@'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '***'],
  [/\bfm_[\w-]{8,}/g, '***'],
  [/\bn8n_api_[\w-]+/gi, '***'],
  [/\b(bearer\s+)[^\s"',]+/gi, '$1***'],
  [/\b((?:x-n8n-)?api[-_ ]?key|password|secret|token)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, '$1$2***'],
];

/** The error in words that may be stored and shown: secrets masked, at most 2,000 characters. */
export function errorText(error: unknown): string {
  const text = error instanceof Error && error.message !== '' ? error.message : String(error);
  return SECRETS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text).slice(0, MAX_LENGTH);
}
