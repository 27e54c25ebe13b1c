import { Agent, type Dispatcher } from 'undici';
import { answerError, type Refusal } from './answer-errors.js';
import { isSendableKey } from './api-key.js';
import { type N8nEndpoint, parseBaseUrl, requestPath } from './base-url.js';
import { BodyTooLargeError, readBody, readStart } from './body-reader.js';
import { guardedConnector } from './guarded-connector.js';
import { linkSignals } from './linked-signal.js';
import { abortedError, N8nError } from './n8n-error.js';
import { type ResolvedOptions } from './n8n-client.options.js';
import { type N8nTarget } from './n8n.types.js';
import { networkError } from './network-errors.js';
import { parseRetryAfter } from './retry-after.js';

/** One GET, tried once. */
export interface HttpRequest {
  /** Below `/api/v1`, without a leading slash. */
  path: string;
  query: Record<string, string | number | undefined>;
  /** The path names one thing: 404 is `not_found`, not a missing API. */
  item: boolean;
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

/** Beginning of an error's body that is read for its message. */
const ERROR_BYTES = 64 * 1024;

/** One request to n8n and its answer as JSON, or an N8nError. No retries, no queue, no budget: those are decided above. */
export class HttpTransport {
  private readonly agent: Agent;

  constructor(private readonly options: ResolvedOptions) {
    this.agent = new Agent({
      connect: guardedConnector(options.allowPrivateNetworks, options.connectTimeoutMs),
      // One deadline covers the whole request instead.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Parsed JSON of a 2xx answer. @throws N8nError */
  async get(target: N8nTarget, request: HttpRequest): Promise<unknown> {
    const endpoint = parseBaseUrl(target.baseUrl);
    const apiKey = target.apiKey.trim();
    if (!isSendableKey(apiKey)) throw new N8nError('bad_key', 'The API key is empty or holds characters that no n8n key has.');
    const deadline = linkSignals([request.signal], request.timeoutMs);
    try {
      return await this.exchange(endpoint, apiKey, request, deadline.signal);
    } catch (error) {
      if (deadline.timedOut()) {
        throw new N8nError('timeout', `${endpoint.label} did not answer completely within ${request.timeoutMs} ms.`);
      }
      if (request.signal.aborted) throw abortedError(request.signal.reason);
      throw networkError(error, endpoint.label);
    } finally {
      deadline.dispose();
    }
  }

  /** Ends every connection; requests in flight fail. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async exchange(endpoint: N8nEndpoint, apiKey: string, request: HttpRequest, signal: AbortSignal): Promise<unknown> {
    const response = await this.agent.request({
      origin: endpoint.origin,
      path: requestPath(endpoint, request.path, request.query),
      method: 'GET',
      headers: {
        'x-n8n-api-key': apiKey,
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': `FlowMastery-Metrics/${this.options.userAgentVersion}`,
      },
      signal,
    });
    // A body that is given up early reports an error that nobody waits for.
    response.body.on('error', () => undefined);
    const isJson = /^application\/([\w.-]+\+)?json\b/i.test(header(response, 'content-type') ?? '');
    if (response.statusCode < 300 && isJson) return await readJson(response, request.maxBytes, endpoint.label, signal);
    const refusal: Refusal = {
      status: response.statusCode,
      isJson,
      body: await readStart(response.body, ERROR_BYTES),
      location: header(response, 'location'),
      retryAfterMs: parseRetryAfter(header(response, 'retry-after'), this.options.clock.now()),
    };
    throw answerError(refusal, { label: endpoint.label, apiKey, item: request.item });
  }
}

async function readJson(
  response: Dispatcher.ResponseData,
  maxBytes: number,
  label: string,
  signal: AbortSignal,
): Promise<unknown> {
  const encoding = header(response, 'content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    response.body.destroy();
    throw new N8nError('bad_answer', `${label} sent a body compressed with ${encoding.slice(0, 40)} though none was asked for.`);
  }
  try {
    return JSON.parse(await readBody(response.body, header(response, 'content-length'), maxBytes)) as unknown;
  } catch (cause) {
    if (signal.aborted) throw cause;
    if (cause instanceof BodyTooLargeError) {
      throw new N8nError('too_large', `${label} sent more than ${Math.floor(maxBytes / 1024 / 1024)} MB; the rest was not read.`);
    }
    // No cause: a JSON error quotes the body, and bodies may hold secrets.
    throw new N8nError('bad_answer', `The answer of ${label} ends too early or is no JSON.`, { retryable: true });
  }
}

function header(response: Dispatcher.ResponseData, name: string): string | null {
  const value = response.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
