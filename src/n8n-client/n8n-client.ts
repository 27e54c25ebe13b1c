import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readExecution, readFailureDetail, readWorkflow, readWorkflowPage, unreadExecutionPage } from './answers.js';
import { keyExpiresAt } from './api-key.js';
import { detect, type Detection } from './capabilities.js';
import { type CircuitGate, type CircuitSnapshot } from './circuit.js';
import { cursorAfter, limitIn, withLimit } from './cursor.js';
import { N8nError } from './n8n-error.js';
import { N8N_CLIENT_OPTIONS, type N8nClientOptions, resolveOptions } from './n8n-client.options.js';
import {
  type Capabilities,
  type ConnectionReport,
  type ExecutionPage,
  type FailureDetail,
  type ListExecutionsOptions,
  type ListWorkflowsOptions,
  type N8nExecution,
  type N8nTarget,
  type N8nWorkflow,
  type RequestCounts,
  type UnreadPage,
  type WorkflowPage,
} from './n8n.types.js';
import { LARGEST_PAGE } from './page-size.js';
import { type ApiRequest, RequestRunner } from './request-runner.js';

/**
 * The only HTTP door to n8n: typed reads of its public API, one request at a time per client, within the client's budget.
 * Every method rejects with N8nError and with nothing else.
 */
@Injectable()
export class N8nClient implements OnApplicationShutdown {
  private readonly runner: RequestRunner;

  constructor(@Inject(N8N_CLIENT_OPTIONS) options: N8nClientOptions) {
    this.runner = new RequestRunner(resolveOptions(options));
  }

  /**
   * One page of executions, newest id first. Running ones come only with `status: 'running'`. The page has the size that suits
   * the instance, also in the tries inside the call: what fails is asked for in smaller pages.
   */
  async listExecutions(target: N8nTarget, options: ListExecutionsOptions = {}): Promise<ExecutionPage> {
    return (await this.fetchExecutions(target, options)).read();
  }

  /** The same with its rows still to be read. */
  async fetchExecutions(target: N8nTarget, options: ListExecutionsOptions = {}): Promise<UnreadPage> {
    const { below = null, cursor, status, startedAfter, signal } = options;
    const query = (limit: number) => ({
      limit,
      cursor: cursor ?? (below === null ? undefined : cursorAfter(below, limit)),
      status,
      startedAfter: startedAfter?.toISOString(),
    });
    const fixed = (cursor === undefined ? null : limitIn(cursor)) ?? options.limit;
    const { answer, limit } = await this.runner.getPage(target, { list: 'executions', query, limit: limitOf(fixed), signal });
    return unreadExecutionPage(answer, limit);
  }

  /** One execution without its payload; `null` when it does not exist or the key may not see it. */
  async getExecution(target: N8nTarget, id: string, signal?: AbortSignal): Promise<N8nExecution | null> {
    return this.getItem(target, { kind: 'list', path: item('executions', id), signal }, readExecution);
  }

  /**
   * Why an execution failed, read from its payload. May be many megabytes on n8n's side: one at a time, failures only.
   * Uses at most half of the client's budget. `null` on 404.
   * @throws N8nError `too_large` over 20 MB, `budget_exhausted` when the half is used up, and the usual ones
   */
  async getFailureDetail(target: N8nTarget, id: string, signal?: AbortSignal): Promise<FailureDetail | null> {
    const query = { includeData: 'true' };
    return this.getItem(target, { kind: 'detail', path: item('executions', id), query, signal }, readFailureDetail);
  }

  /** One page of workflows, sized like those of executions. Offset pages shift while workflows come and go: de-duplicate by id. */
  async listWorkflows(target: N8nTarget, options: ListWorkflowsOptions = {}): Promise<WorkflowPage> {
    const { cursor, signal } = options;
    const query = (limit: number) => ({
      limit,
      cursor: cursor === undefined ? undefined : withLimit(cursor, limit),
      excludePinnedData: 'true',
    });
    const { answer } = await this.runner.getPage(target, { list: 'workflows', query, limit: limitOf(options.limit), signal });
    return readWorkflowPage(answer);
  }

  /** One workflow; `null` when it does not exist or the key may not see it. */
  async getWorkflow(target: N8nTarget, id: string, signal?: AbortSignal): Promise<N8nWorkflow | null> {
    const query = { excludePinnedData: 'true' };
    return this.getItem(target, { kind: 'list', path: item('workflows', id), query, signal }, readWorkflow);
  }

  /** What the instance can do, found by asking it (five to seven small requests), with the usual patience. Sets its page size. */
  async detectCapabilities(target: N8nTarget, signal?: AbortSignal): Promise<Capabilities> {
    const { capabilities } = await this.detect(target, 'list', signal);
    this.startPageSize(target, capabilities.pageSize);
    return capabilities;
  }

  /**
   * Whether address and key are usable, for a person who waits: no retries, 10 s a request, before other requests of the
   * client. Also proves that the key may read single executions and list workflows.
   * @throws N8nError with what to do
   */
  async checkConnection(target: N8nTarget, signal?: AbortSignal): Promise<ConnectionReport> {
    const { capabilities, topExecutionId } = await this.detect(target, 'check', signal);
    if (topExecutionId !== null) {
      await this.getItem(target, { kind: 'check', path: item('executions', topExecutionId), signal }, readExecution);
    }
    const query = { limit: 1, excludePinnedData: 'true' };
    readWorkflowPage(await this.runner.get(target, { kind: 'check', path: 'workflows', query, signal }));
    return { capabilities, keyExpiresAt: keyExpiresAt(target.apiKey.trim()), topExecutionId };
  }

  /** Requests that were sent for this client since the process started, retries included. */
  requestCount(clientId: number): number {
    const { list, detail, check } = this.requestCounts(clientId);
    return list + detail + check;
  }

  /** The same by what they were for. */
  requestCounts(clientId: number): RequestCounts {
    return this.runner.requestCounts(clientId);
  }

  /** Rows that the next page of executions asks for. */
  pageSize(target: N8nTarget): number {
    return this.runner.laneAt(target).pages.of('executions');
  }

  /**
   * Sets the size that pages of executions begin with, from remembered capabilities (without it they begin with 50). What was
   * learned since stays as long as the same start is given.
   */
  startPageSize(target: N8nTarget, size: number): void {
    this.runner.laneAt(target).pages.startAt('executions', size);
  }

  /** Failure details that could be fetched right now without waiting for budget. */
  availableDetailBudget(target: N8nTarget): number {
    return this.runner.lane(target).detailsAvailable();
  }

  /** `open`: the instance is left alone and calls fail with `circuit_open`; `trial`: the next call is tried once. */
  circuitState(target: N8nTarget): CircuitGate {
    return this.runner.laneAt(target).health.gate();
  }

  /** The circuit for keeping across a restart. */
  circuitSnapshot(target: N8nTarget): CircuitSnapshot {
    return this.runner.laneAt(target).health.snapshot();
  }

  /**
   * Takes over a kept circuit, unless this process has a record of its own: once it has sent something to the instance, or seen
   * its address change, the call does nothing. A circuit whose pause is over is in `trial`.
   */
  restoreCircuit(target: N8nTarget, snapshot: CircuitSnapshot): void {
    this.runner.laneAt(target).health.restore(snapshot);
  }

  /** Single tries until the instance answers: one that is down then costs one timeout a call, not four. */
  beCareful(target: N8nTarget): void {
    this.runner.laneAt(target).health.beCareful();
  }

  /** Ends every connection; calls that run or wait reject with `aborted`. */
  async close(): Promise<void> {
    await this.runner.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private detect(target: N8nTarget, kind: 'list' | 'check', signal: AbortSignal | undefined): Promise<Detection> {
    return detect((path, query) => this.runner.get(target, { kind, path, query, signal }));
  }

  private async getItem<Row>(target: N8nTarget, request: ApiRequest, read: (answer: unknown) => Row): Promise<Row | null> {
    let answer: unknown;
    try {
      answer = await this.runner.get(target, { ...request, item: true });
    } catch (error) {
      if (error instanceof N8nError && error.code === 'not_found') return null;
      throw error;
    }
    return read(answer);
  }
}

function item(collection: string, id: string): string {
  return `${collection}/${encodeURIComponent(id)}`;
}

/** More than n8n's largest page is refused by some versions and clamped by others. */
function limitOf(limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : Math.max(1, Math.min(LARGEST_PAGE, Math.floor(limit)));
}
