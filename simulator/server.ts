import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Answer, html, json, type Query } from './api/answer.js';
import { answer, type Endpoint, endpointOf, type Question } from './api/router.js';
import { type Fault } from './faults.js';
import { type RequestLog } from './request-log.js';
import { type SimulatedInstance } from './simulated-instance.js';

export interface SimulatedN8n {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly baseUrl: string;
  readonly port: number;
  readonly apiKey: string;
  readonly instance: SimulatedInstance;
  readonly requests: RequestLog;
  /** Cuts open connections, hanging ones included. */
  close(): Promise<void>;
}

/** Serves one instance on a port of its own; 0 takes a free one. */
export async function startSimulatedN8n(
  instance: SimulatedInstance,
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<SimulatedN8n> {
  const previous = new Map<string, Previous>();
  const server = createServer((request, response) => {
    handle(instance, previous, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return {
    baseUrl: `http://${host}:${actual}`,
    port: actual,
    get apiKey() {
      return instance.apiKey;
    },
    instance,
    requests: instance.requests,
    close,
  };
}

/** A list's last answer and when it was given, by the instance's clock. */
interface Previous {
  reply: Answer;
  at: number;
}

/** What caches and careless proxies repeat is some seconds old. */
const repeatedForMs = 60_000;

/** A request under way. */
interface Exchange {
  instance: SimulatedInstance;
  previous: Map<string, Previous>;
  question: Question;
  fault: Fault | undefined;
  response: ServerResponse;
  /** Effective once; called before the last byte leaves, so that a client that has its answer finds it in the log. */
  log: (status: number) => void;
}

function handle(
  instance: SimulatedInstance,
  previous: Map<string, Previous>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'http://n8n');
  const query = Object.fromEntries(url.searchParams);
  const { endpoint, id } = endpointOf(request.method ?? 'GET', url.pathname);
  const log = logOnce(instance, request, { path: url.pathname, query, endpoint });
  response.once('close', () => {
    log(0);
  });
  request.resume();
  const fault = instance.faults.take(endpoint);
  const padding = fault?.kind === 'huge-details' ? 'x'.repeat(fault.megabytes * 1_048_576) : undefined;
  const question = { endpoint, id, query, headers: request.headers, looping: fault?.kind === 'looping-cursor', padding };
  const send = (): void => {
    respond({ instance, previous, question, fault, response, log });
  };
  if (fault?.kind === 'slow') setTimeout(send, fault.ms).unref();
  else send();
}

function logOnce(
  { requests }: SimulatedInstance,
  { method = 'GET', headers: sent }: IncomingMessage,
  asked: { path: string; query: Query; endpoint: Endpoint },
): (status: number) => void {
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));
  const at = Date.now();
  let logged = false;
  requests.opened();
  return (status) => {
    if (!logged) requests.closed({ method, ...asked, status, at, headers });
    logged = true;
  };
}

function respond({ instance, previous, question, fault, response, log }: Exchange): void {
  if (fault?.kind === 'hang' || response.destroyed) return;
  if (fault?.kind === 'reset') {
    log(0);
    response.socket?.resetAndDestroy();
    return;
  }
  const list = listOf(question);
  const now = instance.clock.now();
  const repeated = fault?.kind === 'duplicate-page' ? recent(previous.get(list ?? ''), now) : undefined;
  const reply = (fault === undefined ? undefined : brokenAnswer(fault)) ?? repeated ?? ordinary(instance, question);
  if (reply.status === 200 && list !== null) previous.set(list, { reply, at: now });
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { 'content-type': reply.contentType, 'content-length': body.length, ...reply.headers });
  log(reply.status);
  if (fault?.kind !== 'truncated') response.end(body);
  else response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function ordinary(instance: SimulatedInstance, question: Question): Answer {
  try {
    return answer(instance, question);
  } catch (error) {
    // A defect of the simulator: say so where the test that meets it looks.
    return json(500, { message: `simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
  }
}

/** The answer of faults that do not depend on the question. */
function brokenAnswer(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case 'rate-limit':
      return { ...json(429, { message: 'Too many requests' }), headers: { 'retry-after': String(fault.retryAfter ?? 1) } };
    case 'error-500':
      return json(500, { message: 'Internal Server Error' });
    case 'bad-gateway':
      return html(502, '502 Bad Gateway');
    case 'html':
      return html(200, 'n8n is starting up. Please wait');
    case 'answer': {
      const text =
        typeof fault.body === 'string' ? { ...json(fault.status, ''), body: fault.body } : json(fault.status, fault.body ?? {});
      return { ...text, contentType: fault.contentType ?? text.contentType, headers: fault.headers ?? {} };
    }
    case 'truncated':
    case 'hang':
    case 'slow':
    case 'reset':
    case 'duplicate-page':
    case 'looping-cursor':
    case 'huge-details':
      return undefined;
  }
}

/** Which list is asked for, whatever its page; `null` for what is no list. */
function listOf({ endpoint, query }: Question): string | null {
  if (endpoint !== 'executions' && endpoint !== 'workflows' && endpoint !== 'tags') return null;
  return `${endpoint} ${query.status ?? ''} ${query.startedAfter ?? ''} ${query.startedBefore ?? ''}`;
}

function recent(previous: Previous | undefined, now: number): Answer | undefined {
  return previous !== undefined && now - previous.at <= repeatedForMs ? previous.reply : undefined;
}
