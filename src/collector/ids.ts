const DIGITS = /^\d+$/;

/**
 * Order of creation of two execution ids: below 0 when `a` is older. Numbers compare as numbers of any length; anything else
 * (n8n's next engine uses time-ordered UUIDs) compares as text.
 */
export function compareIds(a: string, b: string): number {
  if (DIGITS.test(a) && DIGITS.test(b) && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Ids strictly between two numeric ids, newest first, at most `max`. Ids are one sequence for the whole instance, so each of
 * them is running or waiting out of sight, not saved, deleted, or not visible to this key.
 */
export function idsBetween(newer: string, older: string, max: number): string[] {
  if (!DIGITS.test(newer) || !DIGITS.test(older)) return [];
  const ids: string[] = [];
  const end = BigInt(older);
  for (let id = BigInt(newer) - 1n; id > end && ids.length < max; id -= 1n) ids.push(id.toString());
  return ids;
}

const MAX_SAFE_DIGITS = 15;

/** Whether `older` is the id just before `newer`, as far as a quick look tells: then nothing lies between them. */
export function areNeighbours(newer: string, older: string): boolean {
  return newer.length <= MAX_SAFE_DIGITS && DIGITS.test(newer) && DIGITS.test(older) && Number(newer) - Number(older) === 1;
}

/** How many ids lie strictly between two numeric ids; `null` when they are not numbers. */
export function countBetween(newer: string, older: string): number | null {
  if (!DIGITS.test(newer) || !DIGITS.test(older)) return null;
  return Math.max(0, Number(BigInt(newer) - BigInt(older) - 1n));
}

/** The id just above a numeric one: a cursor there shows the id itself. `null` when it is not a number. */
export function nextId(id: string): string | null {
  return DIGITS.test(id) ? (BigInt(id) + 1n).toString() : null;
}

/** Whether an id is a number that PostgreSQL's bigint holds. */
export function isSmallNumber(id: string): boolean {
  return DIGITS.test(id) && id.length <= 18;
}
