import { compareIds, countBetween } from './ids.js';

/** A band costs one page, so it pays from here on. */
const MIN_BAND = 4;

/** How to look at ids with few requests: bands that one page covers, the others one by one. */
export interface LookPlan<Item> {
  /** Newest id first. */
  bands: Item[][];
  singles: Item[];
}

/**
 * Groups ids whose distance one page of `pageSize` rows is sure to cover, since ids are a sequence: a page that begins above the
 * newest of them shows every one of them that the list shows at all.
 */
export function planLooks<Item extends { id: string }>(items: readonly Item[], pageSize: number): LookPlan<Item> {
  const sorted = [...items].sort((a, b) => compareIds(b.id, a.id));
  const plan: LookPlan<Item> = { bands: [], singles: [] };
  for (let at = 0; at < sorted.length;) {
    const first = sorted[at];
    if (first === undefined) break;
    let end = at + 1;
    while (end < sorted.length && (countBetween(first.id, sorted[end]?.id ?? '') ?? Infinity) < pageSize - 1) end += 1;
    const isBand = end - at >= MIN_BAND;
    if (isBand) plan.bands.push(sorted.slice(at, end));
    else plan.singles.push(first);
    at = isBand ? end : at + 1;
  }
  return plan;
}
