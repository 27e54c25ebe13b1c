import { type TimedExecution } from './first-node.js';

/** An n8n whose executions are read with their payloads. */
export interface Source {
  baseUrl: string;
  apiKey: string;
}

const PAGE = 250;
const MODES = new Set(['cli', 'error', 'retry', 'trigger', 'webhook', 'evaluation']);
const STATUSES = new Set(['success', 'error', 'crashed']);

/**
 * The executions that n8n's Insights count, started in whole UTC days from `from` on, with their payloads: one request each.
 * @param max the newest so many
 */
export async function timedRuns(source: Source, from: string, max: number): Promise<TimedExecution[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let seen = 0; seen < max;) {
    const page = await get<ListedPage>(source, `executions?limit=${PAGE}${cursor}`);
    const counted = page.data.filter(({ mode, status }) => MODES.has(mode) && STATUSES.has(status));
    ids.push(...counted.filter(({ startedAt }) => startedAt !== null && startedAt >= from).map(({ id }) => id));
    seen += page.data.length;
    if (page.nextCursor === null || page.data.length === 0) break;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  const runs: TimedExecution[] = [];
  for (const id of ids.slice(0, max)) runs.push(await get<TimedExecution>(source, `executions/${id}?includeData=true`));
  return runs;
}

interface ListedPage {
  data: { id: string; mode: string; status: string; startedAt: string | null }[];
  nextCursor: string | null;
}

async function get<Answer>({ baseUrl, apiKey }: Source, path: string): Promise<Answer> {
  const answer = await fetch(`${baseUrl}/api/v1/${path}`, {
    headers: { 'x-n8n-api-key': apiKey },
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`n8n answers ${path} with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as Answer;
}
