import { setMaxListeners } from 'node:events';
import { HttpTransport } from './http-transport.js';
import { linkSignals } from './linked-signal.js';
import { abortedError, N8nError } from './n8n-error.js';
import { type ResolvedOptions } from './n8n-client.options.js';
import { type N8nTarget } from './n8n.types.js';
import { RequestLane } from './request-lane.js';
import { nextDelay } from './retry-policy.js';
import { type RequestKind } from './token-bucket.js';

/** One GET as the operations above ask for it. */
export interface ApiRequest {
  kind: RequestKind;
  /** Below `/api/v1`, without a leading slash; ids already encoded. */
  path: string;
  query?: Record<string, string | number | undefined>;
  /** The path names one thing: a 404 is `not_found`. */
  item?: boolean;
  signal?: AbortSignal | undefined;
}

/** A payload that made n8n stumble is not asked for again and again: it is the most expensive request there is. */
const DETAIL_TRIES = 2;

/** Runs requests politely: each client in its own lane, failed ones again within bounds, all of them ended by `close`. */
export class RequestRunner {
  private readonly transport: HttpTransport;
  private readonly lanes = new Map<number, RequestLane>();
  private readonly closing = new AbortController();

  constructor(private readonly options: ResolvedOptions) {
    this.transport = new HttpTransport(options);
    setMaxListeners(0, this.closing.signal);
  }

  /** The client's lane; made on first use. */
  lane(target: N8nTarget): RequestLane {
    const lane = this.lanes.get(target.clientId) ?? new RequestLane(target, this.options);
    this.lanes.set(target.clientId, lane);
    return lane;
  }

  /** Requests that were sent for this client since the start. */
  requestCount(clientId: number): number {
    return this.lanes.get(clientId)?.requestCount ?? 0;
  }

  /** JSON of a 2xx answer. @throws N8nError */
  async get(target: N8nTarget, request: ApiRequest): Promise<unknown> {
    const lane = this.lane(target);
    if (request.kind !== 'check') lane.retarget(target);
    const link = linkSignals([request.signal, this.closing.signal]);
    try {
      const answer = await this.withRetries(lane, target, request, link.signal);
      lane.record(request.kind, target, null);
      return answer;
    } catch (cause) {
      const error = toN8nError(cause, link.signal);
      lane.record(request.kind, target, error);
      throw error;
    } finally {
      link.dispose();
    }
  }

  /** Ends everything that runs or waits with `aborted`; later requests too. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the service is shutting down'));
    await this.transport.close();
  }

  private async withRetries(lane: RequestLane, target: N8nTarget, request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const maxTries = this.maxTries(request.kind, lane);
    let waitedMs = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        return await lane.run(request.kind, signal, () => this.send(target, request, signal));
      } catch (error) {
        if (!(error instanceof N8nError)) throw error;
        const { retryBaseMs, maxRetryAfterMs, maxTotalWaitMs, random, sleep } = this.options;
        const limits = { maxTries, baseMs: retryBaseMs, maxRetryAfterMs, maxTotalWaitMs };
        const delay = nextDelay({ tries, waitedMs, error }, limits, random());
        if (delay === null) throw error;
        waitedMs += delay;
        await sleep(delay, signal);
      }
    }
  }

  private async send(target: N8nTarget, request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const { kind, path, query = {}, item = false } = request;
    const { listTimeoutMs, detailTimeoutMs, checkTimeoutMs, listMaxBytes, detailMaxBytes } = this.options;
    const timeoutMs = { list: listTimeoutMs, detail: detailTimeoutMs, check: checkTimeoutMs }[kind];
    const maxBytes = kind === 'detail' ? detailMaxBytes : listMaxBytes;
    return this.transport.get(target, { path, query, item, timeoutMs, maxBytes, signal });
  }

  /** A person waits for a check, and an instance that was down gets one careful try before the patient way again. */
  private maxTries(kind: RequestKind, lane: RequestLane): number {
    if (kind === 'check' || lane.gate() === 'trial') return 1;
    const tries = 1 + Math.max(0, this.options.maxRetries);
    return kind === 'detail' ? Math.min(DETAIL_TRIES, tries) : tries;
  }
}

function toN8nError(error: unknown, signal: AbortSignal): N8nError {
  if (error instanceof N8nError) return error;
  if (signal.aborted) return abortedError(signal.reason);
  return new N8nError('network', 'The request to n8n failed inside this service.', { cause: error });
}
