import { z } from 'zod';
import { safeText } from './api-key.js';
import { N8nError, type N8nErrorCode } from './n8n-error.js';

/** A refusal as it came over the wire. */
export interface Refusal {
  status: number;
  isJson: boolean;
  /** Beginning of the body. */
  body: string;
  location: string | null;
  retryAfterMs: number | null;
}

/** What is needed to word the error. `item`: the path names one thing, so 404 means that thing is missing. */
export interface RefusalContext {
  label: string;
  apiKey: string;
  item: boolean;
}

const messageSchema = z.object({ message: z.string() });

/** The error for an answer that is not 2xx JSON. */
export function answerError(refusal: Refusal, context: RefusalContext): N8nError {
  const { status, isJson, retryAfterMs } = refusal;
  const { label } = context;
  const said = saidBy(refusal, context.apiKey);
  const make = (code: N8nErrorCode, text: string): N8nError => new N8nError(code, text, { status, retryAfterMs });
  if (status < 300) return startingOrPage(refusal, label, make);
  if (status < 400) {
    return make(
      'not_n8n',
      `${label} redirects${target(refusal.location, context.apiKey)}. Use the final address as the base URL.`,
    );
  }
  if (status === 429) return make('rate_limited', `${label} asks for fewer requests (429). It is left alone for a while.`);
  if (status >= 500) return make('server_error', `${label} answered with ${status}${said}. It may be restarting or overloaded.`);
  if (status === 408) return make('timeout', `${label} gave up waiting (408).`);
  if (status === 401) {
    const hint = isJson
      ? 'Create a new key in n8n and store it here.'
      : 'The page does not come from n8n: a proxy in front asks for a login.';
    return make('bad_key', `${label} does not accept the API key (401)${said}. ${hint}`);
  }
  if (status === 403) {
    const hint = isJson
      ? "Check the key's scopes (execution and workflow: list, read) and the licence."
      : 'A proxy in front of n8n refuses it.';
    return make('forbidden', `${label} forbids this (403)${said}. ${hint}`);
  }
  if (!isJson) return make('not_n8n', `${label} answered with ${status} and a page instead of JSON. ${CHECK_URL}`);
  if (status === 404 && context.item) return make('not_found', `${label} has no such thing, or the key may not see it (404).`);
  if (status === 404) return make('not_n8n', `${label} has no public API at this address (404)${said}. ${CHECK_URL}`);
  return make('bad_request', `${label} refused the request (${status})${said}.`);
}

const CHECK_URL = "Check the base URL, and that n8n's public API is switched on.";

/** While it starts, n8n answers 200 with a line of plain text. */
function startingOrPage(refusal: Refusal, label: string, make: (code: N8nErrorCode, text: string) => N8nError): N8nError {
  if (/starting up/i.test(refusal.body)) return make('server_error', `${label} is starting. Try again in a minute.`);
  return make('not_n8n', `${label} answered with a page instead of JSON. ${CHECK_URL}`);
}

function saidBy(refusal: Refusal, apiKey: string): string {
  if (!refusal.isJson) return '';
  try {
    const parsed = messageSchema.safeParse(JSON.parse(refusal.body));
    return parsed.success && parsed.data.message !== '' ? `: ${safeText(parsed.data.message, apiKey)}` : '';
  } catch {
    return '';
  }
}

/** Where a redirect leads, without query and fragment: those may carry session tokens. */
function target(location: string | null, apiKey: string): string {
  const shown = location?.split(/[?#]/)[0]?.replace(/\/\/[^/@]*@/, '//') ?? '';
  return shown === '' ? '' : ` to ${safeText(shown, apiKey)}`;
}
