import { encodeCursor } from './cursor.js';

export const DEFAULT_PAGE_LIMIT = 50;
export const MAX_PAGE_LIMIT = 500;

/** One page of a list; `nextCursor` is `null` on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * Makes a page of rows that were read with `limit + 1`: the extra row only says that there is another page.
 * @param keyOf what the list is ordered by, of the row after which the next page begins
 */
export function toPage<T>(rows: readonly T[], limit: number, keyOf: (row: T) => unknown): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
