import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readExecution, readExecutionPage, readFailureDetail, readWorkflow, readWorkflowPage } from './answers.js';
import { keyExpiresAt } from './api-key.js';
import { detect, type Detection } from './capabilities.js';
import { type CircuitGate } from './circuit.js';
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
  type WorkflowPage,
} from './n8n.types.js';
import { type ApiRequest, RequestRunner } from './request-runner.js';

const MAX_LIMIT = 250;

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

  /** One page of executions, newest id first. Running ones come only with `status: 'running'`. */
  async listExecutions(target: N8nTarget, options: ListExecutionsOptions = {}): Promise<ExecutionPage> {
    const query = {
      limit: limitOf(options.limit),
      cursor: options.cursor,
      status: options.status,
      startedAfter: options.startedAfter?.toISOString(),
    };
    return readExecutionPage(await this.runner.get(target, { kind: 'list', path: 'executions', query, signal: options.signal }));
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

  /** One page of workflows. Offset pages shift while workflows come and go: de-duplicate by id. */
  async listWorkflows(target: N8nTarget, options: ListWorkflowsOptions = {}): Promise<WorkflowPage> {
    const query = { limit: limitOf(options.limit), cursor: options.cursor, excludePinnedData: 'true' };
    return readWorkflowPage(await this.runner.get(target, { kind: 'list', path: 'workflows', query, signal: options.signal }));
  }

  /** One workflow; `null` when it does not exist or the key may not see it. */
  async getWorkflow(target: N8nTarget, id: string, signal?: AbortSignal): Promise<N8nWorkflow | null> {
    const query = { excludePinnedData: 'true' };
    return this.getItem(target, { kind: 'list', path: item('workflows', id), query, signal }, readWorkflow);
  }

  /** What the instance can do, found by asking it (five or six small requests), with the usual patience. */
  async detectCapabilities(target: N8nTarget, signal?: AbortSignal): Promise<Capabilities> {
    return (await this.detect(target, 'list', signal)).capabilities;
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
    return this.runner.requestCount(clientId);
  }

  /** Failure details that could be fetched right now without waiting for budget. */
  availableDetailBudget(target: N8nTarget): number {
    return this.runner.lane(target).detailsAvailable();
  }

  /** `open`: the instance is left alone and calls fail with `circuit_open`; `trial`: the next call is tried once. */
  circuitState(target: N8nTarget): CircuitGate {
    return this.runner.lane(target).gate();
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
  return limit === undefined ? undefined : Math.max(1, Math.min(MAX_LIMIT, Math.floor(limit)));
}
