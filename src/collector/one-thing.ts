import { N8nError, type N8nErrorCode } from '../n8n-client/index.js';

const ABOUT_ONE_THING: ReadonlySet<N8nErrorCode> = new Set<N8nErrorCode>([
  'bad_request',
  'bad_answer',
  'forbidden',
  'server_error',
  'too_large',
  'timeout',
]);

/** True when a request for a single thing failed in a way that may concern that thing only, not the instance. */
export function isAboutOneThing(error: unknown): boolean {
  return error instanceof N8nError && ABOUT_ONE_THING.has(error.code);
}
