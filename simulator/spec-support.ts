import { type InstanceOptions, type SimulatedN8n, SimulatedClock, SimulatedInstance, startSimulatedN8n } from './index.js';

/** A Monday, in the afternoon. */
export const noon = Date.parse('2026-11-23T14:50:00.000Z');

const open: SimulatedN8n[] = [];

/** An instance whose clock stands still, served until `closeAll`. */
export async function serve(options: InstanceOptions): Promise<SimulatedN8n> {
  const instance = new SimulatedInstance({ clock: SimulatedClock.fixed(noon), ...options });
  const n8n = await startSimulatedN8n(instance);
  open.push(n8n);
  return n8n;
}

export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((n8n) => n8n.close()));
}

export interface Reply<T> {
  status: number;
  contentType: string | null;
  body: T;
}

export async function ask<T>(n8n: SimulatedN8n, path: string, headers?: Record<string, string>): Promise<Reply<T>> {
  const response = await fetch(`${n8n.baseUrl}/api/v1${path}`, { headers: headers ?? { 'x-n8n-api-key': n8n.apiKey } });
  return { status: response.status, contentType: response.headers.get('content-type'), body: (await response.json()) as T };
}

export type Row = Record<string, unknown> & { id: string; startedAt: string | null; stoppedAt: string | null };

export interface Page {
  data: Row[];
  nextCursor: string | null;
}

export async function page(n8n: SimulatedN8n, query = ''): Promise<Page> {
  return (await ask<Page>(n8n, `/executions?${query}`)).body;
}

export async function ids(n8n: SimulatedN8n, query = ''): Promise<string[]> {
  return (await page(n8n, query)).data.map(({ id }) => id);
}

/** Follows the cursors to the end; `between` runs after every page. */
export async function walk(n8n: SimulatedN8n, limit: number, between: () => void = () => undefined): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer: Page = await page(n8n, `limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...answer.data.map(({ id }) => id));
    cursor = answer.nextCursor;
    between();
  }
  return seen;
}
