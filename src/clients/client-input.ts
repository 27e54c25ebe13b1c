import { type FieldError, isTimeZone } from '../common/index.js';

const MAX_URL_LENGTH = 2_000;

/** Why a base URL cannot be used, or `null`. http(s), without credentials, query and fragment; a path prefix is fine. */
export function baseUrlProblem(text: string): string | null {
  if (text.length > MAX_URL_LENGTH) return `must have at most ${MAX_URL_LENGTH} characters`;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return 'must be an http(s) URL such as https://n8n.example.com';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  // new URL() drops an empty query or fragment, so the text is asked.
  if (/[?#]/.test(text)) return 'must not hold a query or fragment';
  return null;
}

/** The URL as it is stored: no slash at the end, and without the API's own path, which people paste along. */
export function normaliseBaseUrl(text: string): string {
  const url = new URL(text.trim());
  const prefix = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/api\/v1$/, '')
    .replace(/\/+$/, '');
  return `${url.origin}${prefix}`;
}

/** What is wrong with the parts of a client that only this room can judge. */
export function clientFieldErrors(input: { n8nBaseUrl?: string; timezone?: string }): FieldError[] {
  const problem = input.n8nBaseUrl === undefined ? null : baseUrlProblem(input.n8nBaseUrl);
  const errors: FieldError[] = problem === null ? [] : [{ field: 'n8n_base_url', message: problem }];
  if (input.timezone !== undefined && !isTimeZone(input.timezone)) {
    errors.push({ field: 'timezone', message: 'must be an IANA time zone such as Europe/Berlin' });
  }
  return errors;
}
