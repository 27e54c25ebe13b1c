import { rawRows, readExecutionPage } from './answers.js';
import { cursorAt } from './cursor.js';
import { N8nError } from './n8n-error.js';
import { type Capabilities } from './n8n.types.js';
import { CAREFUL_PAGE, LARGEST_PAGE } from './page-size.js';

/** Asks the instance; `path` is below `/api/v1`. @throws N8nError */
export type Ask = (path: string, query: Record<string, string | number>) => Promise<unknown>;

/** What was found, and the newest execution's id. */
export interface Detection {
  capabilities: Capabilities;
  topExecutionId: string | null;
}

/** No execution starts after this, so rows in the answer prove that the filter was ignored. */
const FAR_FUTURE = '2999-12-31T00:00:00.000Z';

/**
 * Finds out what an instance can do by asking it: five small requests, one more on an instance without executions and
 * one more when something is waiting. Version numbers are not asked for: forks, patched builds and hidden versions would make them lie.
 */
export async function detect(ask: Ask): Promise<Detection> {
  const page = await ask('executions', { limit: 1 });
  const topRow = rawRows(page)[0];
  const statusInList = topRow === undefined ? await knowsNewStatuses(ask) : hasKey(topRow, 'status');
  const runningList = await accepts(ask, { status: 'running', limit: 1 });
  const waitingList = await showsHiddenWaiting(ask);
  const startedAfter = await filtersByStart(ask);
  const insights = await hasInsights(ask);
  const pageSize = statusInList && startedAfter ? LARGEST_PAGE : CAREFUL_PAGE;
  const capabilities = { statusInList, runningList, waitingList, startedAfter, maxLimit: LARGEST_PAGE, insights, pageSize };
  const topExecutionId = readExecutionPage(page).rows[0]?.id ?? null;
  return { capabilities: topRow === undefined ? { ...capabilities, undetermined: true } : capabilities, topExecutionId };
}

async function accepts(ask: Ask, query: Record<string, string | number>): Promise<boolean> {
  return (await unlessRefused(ask('executions', query))) !== null;
}

/**
 * Whether `status=waiting` is worth asking: proved by a waiting row that the list without a filter does not show at its place.
 * Some versions accept the filter and hide waiting executions all the same, others show them in both lists.
 */
async function showsHiddenWaiting(ask: Ask): Promise<boolean> {
  const waiting = await unlessRefused(ask('executions', { status: 'waiting', limit: 1 }));
  const id = waiting === null ? undefined : readExecutionPage(waiting.body).rows[0]?.id;
  const cursor = id === undefined ? null : cursorAt(id, 1);
  if (cursor === null) return false;
  const place = await unlessRefused(ask('executions', { cursor, limit: 1 }));
  return place !== null && readExecutionPage(place.body).rows[0]?.id !== id;
}

/** The versions whose rows lack a status are the ones that do not know `canceled` as a filter; they list what they know. */
async function knowsNewStatuses(ask: Ask): Promise<boolean> {
  return accepts(ask, { status: 'canceled', limit: 1 });
}

async function filtersByStart(ask: Ask): Promise<boolean> {
  const answer = await unlessRefused(ask('executions', { startedAfter: FAR_FUTURE, limit: 1 }));
  return answer !== null && rawRows(answer.body).length === 0;
}

async function hasInsights(ask: Ask): Promise<boolean> {
  try {
    await ask('insights/summary', {});
    return true;
  } catch (error) {
    // Only a bonus: a missing scope or licence, an old version, or a broken endpoint all mean "not here".
    if (error instanceof N8nError && (error.status !== null || error.code === 'bad_answer')) return false;
    throw error;
  }
}

/** `null` when n8n refuses the parameters; every other error goes on. */
async function unlessRefused(answer: Promise<unknown>): Promise<{ body: unknown } | null> {
  try {
    return { body: await answer };
  } catch (error) {
    if (error instanceof N8nError && error.code === 'bad_request') return null;
    throw error;
  }
}

function hasKey(row: unknown, key: string): boolean {
  return typeof row === 'object' && row !== null && key in row;
}
