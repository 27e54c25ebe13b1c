import { setMaxListeners } from 'node:events';
import { rowCount } from './answers.js';
import { HttpTransport } from './http-transport.js';
import { linkSignals } from './linked-signal.js';
import { abortedError, N8nError, type N8nErrorCode } from './n8n-error.js';
import { type ResolvedOptions } from './n8n-client.options.js';
import { type N8nTarget, type RequestCounts } from './n8n.types.js';
import { type PagedList, type PageSizes } from './page-sizes.js';
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

/** A page of a list whose size is decided here, anew for each try. */
export interface PageRequest {
  /** Also its path. */
  list: PagedList;
  query: (limit: number) => Record<string, string | number | undefined>;
  /** Taken as it is; its answer then says nothing about the page size. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A page and the limit of the try that brought it. */
export interface PageAnswer {
  answer: unknown;
  limit: number;
}

/** What the bookkeeping around a request needs to know of it. */
type Call = Pick<ApiRequest, 'kind' | 'signal'>;

/** One try. */
type Attempt<T> = (signal: AbortSignal) => Promise<T>;

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

  /** The client's lane, for the instance that the client is at now. */
  laneAt(target: N8nTarget): RequestLane {
    const lane = this.lane(target);
    lane.retarget(target);
    return lane;
  }

  /** Requests that were sent for this client since the start. */
  requestCounts(clientId: number): RequestCounts {
    return this.lanes.get(clientId)?.requestCounts ?? { list: 0, detail: 0, check: 0 };
  }

  /** JSON of a 2xx answer. @throws N8nError */
  async get(target: N8nTarget, request: ApiRequest): Promise<unknown> {
    const lane = request.kind === 'check' ? this.lane(target) : this.laneAt(target);
    return this.call(lane, target, request, (signal) => this.send(target, request, signal));
  }

  /** JSON of a page. A page that fails is asked for again with fewer rows where that may help. @throws N8nError */
  async getPage(target: N8nTarget, request: PageRequest): Promise<PageAnswer> {
    const lane = this.laneAt(target);
    const call = { kind: 'list', signal: request.signal } as const;
    return this.call(lane, target, call, (signal) => this.sendPage(lane.pages, target, request, signal));
  }

  /** Ends everything that runs or waits with `aborted`; later requests too. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the service is shutting down'));
    await this.transport.close();
  }

  private async call<T>(lane: RequestLane, target: N8nTarget, { kind, signal }: Call, attempt: Attempt<T>): Promise<T> {
    const link = linkSignals([signal, this.closing.signal]);
    try {
      const answer = await this.withRetries(lane, kind, link.signal, attempt);
      lane.record(kind, target, null);
      return answer;
    } catch (cause) {
      const error = toN8nError(cause, link.signal);
      lane.record(kind, target, error);
      throw error;
    } finally {
      link.dispose();
    }
  }

  private async withRetries<T>(lane: RequestLane, kind: RequestKind, signal: AbortSignal, attempt: Attempt<T>): Promise<T> {
    const maxTries = this.maxTries(kind, lane);
    let waitedMs = 0;
    for (let tries = 1; ; tries += 1) {
      try {
        return await lane.run(kind, signal, () => this.observed(kind, signal, attempt));
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

  private async observed<T>(kind: RequestKind, signal: AbortSignal, attempt: Attempt<T>): Promise<T> {
    const sentAt = performance.now();
    const tell = (outcome: 'ok' | N8nErrorCode): void => {
      this.options.observe({ kind, outcome, seconds: (performance.now() - sentAt) / 1_000 });
    };
    try {
      const answer = await attempt(signal);
      tell('ok');
      return answer;
    } catch (error) {
      tell(toN8nError(error, signal).code);
      throw error;
    }
  }

  /** One try for a page, of the size that is right at this moment. */
  private async sendPage(pages: PageSizes, target: N8nTarget, request: PageRequest, signal: AbortSignal): Promise<PageAnswer> {
    const { list } = request;
    const limit = request.limit ?? pages.of(list);
    const sentAt = this.options.clock.now().getTime();
    try {
      const answer = await this.send(target, { kind: 'list', path: list, query: request.query(limit) }, signal);
      const ms = this.options.clock.now().getTime() - sentAt;
      if (request.limit === undefined) pages.answered(list, { limit, rows: rowCount(answer), ms });
      return { answer, limit };
    } catch (error) {
      throw error instanceof N8nError && request.limit === undefined ? pages.failed(list, limit, error) : error;
    }
  }

  private async send(target: N8nTarget, request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const { kind, path, query = {}, item = false } = request;
    const { listTimeoutMs, detailTimeoutMs, checkTimeoutMs, listMaxBytes, detailMaxBytes } = this.options;
    const timeoutMs = { list: listTimeoutMs, detail: detailTimeoutMs, check: checkTimeoutMs }[kind];
    const maxBytes = kind === 'detail' ? detailMaxBytes : listMaxBytes;
    return this.transport.get(target, { path, query, item, timeoutMs, maxBytes, signal });
  }

  /** A person waits for a check, and an instance that is or was down gets one careful try before the patient way again. */
  private maxTries(kind: RequestKind, lane: RequestLane): number {
    if (kind === 'check' || lane.health.singleTry) return 1;
    const tries = 1 + Math.max(0, this.options.maxRetries);
    return kind === 'detail' ? Math.min(DETAIL_TRIES, tries) : tries;
  }
}

function toN8nError(error: unknown, signal: AbortSignal): N8nError {
  if (error instanceof N8nError) return error;
  if (signal.aborted) return abortedError(signal.reason);
  return new N8nError('network', 'The request to n8n failed inside this service.', { cause: error });
}
