import { setTimeout as sleep } from 'node:timers/promises';

const PROGRESS_EVERY_MS = 2_000;

/** A job as the API shows it. */
export interface Job {
  job_id: string;
  name: string;
  state: 'queued' | 'running' | 'completed' | 'failed';
  progress: Record<string, unknown> | null;
  result: Record<string, unknown> | null;
  error: string | null;
}

/** A small caller of the service's own REST API; every refusal becomes an error that says what the service said. */
export class Api {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PUT', path, body);
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PATCH', path, body);
  }

  async delete<T>(path: string): Promise<T> {
    return this.call<T>('DELETE', path);
  }

  /** Every item of a list that pages by cursor. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const page: { items: T[]; next_cursor: string | null } = await this.get(
        `${path}${separator}limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return items;
  }

  /** Syncs a client to the end of its backfill, one job after the other. @throws Error when a job fails or time runs out */
  async syncCompletely(clientId: number, timeoutMs: number, onProgress: (text: string) => void): Promise<Job> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const { job_id } = await this.post<{ job_id: string }>(`/metrics/admin/sync/${clientId}`);
      const job = await this.finished(job_id, until, onProgress);
      const freshness = await this.freshness(clientId);
      if (freshness.backfill === null) return job;
      if (Date.now() > until) throw new Error(`client ${clientId}: the backfill is not done in time`);
    }
  }

  /** Waits until a client's whole history is stored and rolled up; the failures' details may still be on their way. */
  async collected(clientId: number, timeoutMs: number, onProgress: (text: string) => void): Promise<void> {
    const until = Date.now() + timeoutMs;
    for (let told = 0; ;) {
      const freshness = await this.freshness(clientId);
      if (freshness.last_execution_sync_at !== null && freshness.backfill === null && freshness.dirty_days === 0) {
        onProgress('all of it is collected and rolled up');
        return;
      }
      if (Date.now() > until) throw new Error(`client ${clientId} is not collected in time: ${JSON.stringify(freshness)}`);
      if (Date.now() - told >= PROGRESS_EVERY_MS) {
        onProgress(freshness.backfill === null ? rollingUp(freshness) : `${freshness.backfill.rows} executions collected`);
        told = Date.now();
      }
      await sleep(250);
    }
  }

  /** Waits for a job to end. @throws Error with the job's own error when it failed */
  async finished(jobId: string, until: number, onProgress: (text: string) => void): Promise<Job> {
    let told = '';
    for (;;) {
      const job = await this.get<Job>(`/metrics/admin/jobs/${encodeURIComponent(jobId)}`);
      const text = job.progress === null ? job.state : JSON.stringify(job.progress);
      if (text !== told) onProgress(text);
      told = text;
      if (job.state === 'completed') return job;
      if (job.state === 'failed') throw new Error(`job ${jobId} failed: ${job.error ?? 'no reason given'}`);
      if (Date.now() > until) throw new Error(`job ${jobId} is still ${job.state} after its time`);
      await sleep(250);
    }
  }

  async freshness(clientId: number): Promise<Freshness> {
    const { clients } = await this.get<{ clients: Freshness[] }>('/metrics/admin/data-freshness');
    const found = clients.find((client) => client.client_id === clientId);
    if (found === undefined) throw new Error(`client ${clientId} is not in data-freshness`);
    return found;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(120_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function rollingUp({ last_execution_sync_at: synced, dirty_days: days }: Freshness): string {
  return synced === null && days === 0 ? 'waiting for its first sync' : `rolling up, ${days} days left`;
}

/** The part of data-freshness that scripts look at. */
export interface Freshness {
  client_id: number;
  status: string;
  dirty_days: number;
  details_pending: number;
  last_execution_sync_at: string | null;
  backfill: { rows: number } | null;
}
