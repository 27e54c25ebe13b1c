import { type TimedExecution } from './first-node.js';

/** An n8n whose executions are read with their payloads. */
export interface Source {
  baseUrl: string;
  apiKey: string;
}

const PAGE = 250;
const MAX_PAGES = 400;
const MODES = new Set(['cli', 'error', 'retry', 'trigger', 'webhook', 'evaluation']);
const STATUSES = new Set(['success', 'error', 'crashed']);

/**
 * The executions that n8n's Insights count, from the UTC day `from` on, with their payloads: one request each. Those that n8n has
 * forgotten meanwhile are left out.
 * @param max the newest so many
 */
export async function timedRuns(source: Source, from: string, max: number): Promise<TimedExecution[]> {
  const runs: TimedExecution[] = [];
  for (const id of await countedIds(source, from, max)) {
    const run = await get<TimedExecution>(source, `executions/${id}?includeData=true`);
    if (run !== null) runs.push(run);
  }
  return runs;
}

interface Listed {
  id: string;
  mode: string;
  status: string;
  startedAt: string | null;
}

async function countedIds(source: Source, from: string, max: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let n = 0; n < MAX_PAGES && ids.length < max; n += 1) {
    const page = await get<{ data: Listed[]; nextCursor: string | null }>(source, `executions?limit=${PAGE}${cursor}`);
    if (page === null) throw new Error('n8n does not list its executions: is this its address?');
    const recent = page.data.filter(({ startedAt }) => startedAt !== null && startedAt >= from);
    ids.push(...recent.filter(({ mode, status }) => MODES.has(mode) && STATUSES.has(status)).map(({ id }) => id));
    if (page.nextCursor === null || recent.length === 0) break;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return ids.slice(0, max);
}

/** `null` on 404. */
async function get<Answer>({ baseUrl, apiKey }: Source, path: string): Promise<Answer | null> {
  const answer = await fetch(`${baseUrl}/api/v1/${path}`, {
    headers: { 'x-n8n-api-key': apiKey },
    signal: AbortSignal.timeout(30_000),
  });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`n8n answers ${path} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as Answer;
}
