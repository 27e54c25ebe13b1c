import { askN8n, type Source } from './ask-n8n.js';
import { type TimedExecution } from './first-node.js';

const PAGE = 250;
const MAX_PAGES = 400;
/** Said once more, apart from the service's own rules, so that a mistake in one shows up against the other. */
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
    const run = await askN8n<TimedExecution>(source, `executions/${id}?includeData=true`);
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
    const page = await askN8n<{ data: Listed[]; nextCursor: string | null }>(source, `executions?limit=${PAGE}${cursor}`);
    if (page === null) throw new Error('n8n does not list its executions: is this its address?');
    const recent = page.data.filter(({ startedAt }) => startedAt !== null && startedAt >= from);
    ids.push(...recent.filter(({ mode, status }) => MODES.has(mode) && STATUSES.has(status)).map(({ id }) => id));
    if (page.nextCursor === null || recent.length === 0) break;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return ids.slice(0, max);
}
