import { type N8nError, type N8nErrorCode } from './n8n-error.js';

/** How many rows the next page of a list asks for. Always `SMALLEST_PAGE <= size <= ceiling <= LARGEST_PAGE`. */
export interface PageSizeState {
  readonly size: number;
  /** Where it began; growing beyond it takes more proof. */
  readonly start: number;
  readonly ceiling: number;
  /** Full pages in a row that came quickly. */
  readonly quick: number;
}

/** A page that n8n answered. */
export interface AnsweredPage {
  limit: number;
  rows: number;
  /** From sending the request to the last byte. */
  ms: number;
}

/** n8n's largest page in every version seen. */
export const LARGEST_PAGE = 250;
/** Old versions load every payload of a page into memory before they answer. */
export const CAREFUL_PAGE = 50;
/** Below it the cost of a request outweighs that of its rows. */
export const SMALLEST_PAGE = 10;

const SLOW_MS = 5_000;
const QUICK_MS = 1_000;
const QUICK_TO_GROW = 3;
/** An instance that was begun with carefully may have small payloads by chance: more pages have to show it. */
const QUICK_TO_RAISE_CEILING = 10;

/** `network`: an instance that a page drove out of memory just closes the connection. */
const CURED_BY_LESS: ReadonlySet<N8nErrorCode> = new Set<N8nErrorCode>(['timeout', 'server_error', 'network', 'bad_answer']);

/** Before the first page. @param start rows, brought into the allowed range; 50 when it is no number */
export function pagesStartingAt(start: number): PageSizeState {
  const wanted = Number.isFinite(start) ? Math.floor(start) : CAREFUL_PAGE;
  const size = Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, wanted));
  return { size, start: size, ceiling: size, quick: 0 };
}

/** After a page that came: a slow one halves the size, quick full ones in a row double it. */
export function afterPage(state: PageSizeState, page: AnsweredPage): PageSizeState {
  if (page.ms > SLOW_MS) return smaller(state, page.limit);
  if (page.ms >= QUICK_MS) return { ...state, quick: 0 };
  // A page that was not full, or smaller than allowed, says nothing about larger ones.
  if (page.rows < page.limit || page.limit < state.size) return state;
  const quick = state.quick + 1;
  const raising = state.size >= state.ceiling;
  if (quick < (raising ? QUICK_TO_RAISE_CEILING : QUICK_TO_GROW)) return { ...state, quick };
  const ceiling = raising ? Math.min(LARGEST_PAGE, state.ceiling * 2) : state.ceiling;
  return { ...state, ceiling, size: Math.min(ceiling, state.size * 2), quick: 0 };
}

/** After a try for a page of `limit` rows that failed. */
export function afterFailure(state: PageSizeState, limit: number, error: N8nError): PageSizeState {
  return isCuredByLess(error) ? smaller(state, limit) : state;
}

/** Whether asking for fewer rows may make the difference. */
function isCuredByLess({ code, retryable }: N8nError): boolean {
  return code === 'too_large' || (retryable && CURED_BY_LESS.has(code));
}

function smaller(state: PageSizeState, limit: number): PageSizeState {
  const size = Math.max(SMALLEST_PAGE, Math.min(state.size, Math.floor(limit / 2)));
  return { ...state, size, ceiling: Math.max(state.start, size), quick: 0 };
}
