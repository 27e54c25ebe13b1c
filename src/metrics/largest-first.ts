import { z } from 'zod';
import { decodeCursor, type Page, toPage } from '../common/index.js';

/** The place of a group in a list: by its size, then by its newest member, then by its id. */
const placeSchema = z.object({ count: z.int().min(0), at: z.iso.datetime(), id: z.string().max(300) });

export type GroupPlace = z.infer<typeof placeSchema>;

/** The place after which a page begins. @throws InvalidInputError `invalid_cursor` */
export function placeAfter(cursor: string | undefined): GroupPlace | null {
  return cursor === undefined ? null : decodeCursor(cursor, placeSchema);
}

/** Sorts largest first, newest first among equals: the same order on every replica. */
export function largestFirst<T>(groups: readonly T[], placeOf: (group: T) => GroupPlace): T[] {
  return [...groups].sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
}

/** A page of a list in that order. A group that grew in between may be shown twice, none that stayed is left out. */
export function pageOfGroups<T>(
  sorted: readonly T[],
  placeOf: (group: T) => GroupPlace,
  page: { after: GroupPlace | null; limit: number },
): Page<T> {
  const { after, limit } = page;
  const first = after === null ? 0 : sorted.findIndex((group) => comparePlaces(placeOf(group), after) > 0);
  return toPage(first === -1 ? [] : sorted.slice(first, first + limit + 1), limit, placeOf);
}

function comparePlaces(a: GroupPlace, b: GroupPlace): number {
  if (a.count !== b.count) return b.count - a.count;
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
