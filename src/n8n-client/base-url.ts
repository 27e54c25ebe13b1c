import { N8nError } from './n8n-error.js';

/** A base URL taken apart; `label` is fit for messages. */
export interface N8nEndpoint {
  origin: string;
  /** Path of the public API without a trailing slash, for example `/n8n/api/v1`. */
  apiPath: string;
  label: string;
}

/**
 * Reads a base URL as people paste it: with a path prefix, trailing slashes, or the API's own path at the end.
 * @throws N8nError `bad_url`
 */
export function parseBaseUrl(baseUrl: string): N8nEndpoint {
  const url = parse(baseUrl.trim());
  if (url === null) throw badUrl('The base URL is not a URL. Give it like https://n8n.example.com.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw badUrl('The base URL must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw badUrl('The base URL must not hold a user name or password. Remove them.');
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  return { origin: url.origin, apiPath: `${prefix}/api/v1`, label: `${url.origin}${prefix}` };
}

/** Path and query of one request. Parameters that are undefined are left out. */
export function requestPath(endpoint: N8nEndpoint, path: string, query: Record<string, string | number | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const search = parameters.toString();
  return `${endpoint.apiPath}/${path}${search === '' ? '' : `?${search}`}`;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function badUrl(message: string): N8nError {
  return new N8nError('bad_url', message);
}
