import createClient, { type Client } from 'openapi-fetch';
import { type paths } from './openapi.types.js';

/** Bodies that the client reads: series and lists also come as CSV, for which it is not made. */
type Media = 'application/json' | 'application/problem+json';

export type TypedClient = Client<paths, Media>;

/** A caller of the API whose paths, parameters and answers have the types of `docs/openapi.json`. */
export function typedClient(baseUrl: string, apiKey: string): TypedClient {
  return createClient<paths, Media>({ baseUrl, headers: { authorization: `Bearer ${apiKey}` } });
}

/** The body of an answer that must be one. @throws Error with what was answered instead */
export function bodyOf<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data;
}
