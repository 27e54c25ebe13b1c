/** The three date formats of HTTP begin with a day's name; without this V8's `Date.parse` would accept nearly anything. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/** Longest silence that one header can impose: a wrong one must not stop a client for days. */
const LONGEST_MS = 60 * 60_000;

/**
 * Reads a `Retry-After` header: seconds or an HTTP date.
 * @returns milliseconds from `now`, an hour at most, 0 for a date that has passed, `null` when missing or unreadable
 */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(LONGEST_MS, Math.ceil(Number(text) * 1000));
  if (!HTTP_DATE.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(LONGEST_MS, Math.max(0, at - now.getTime()));
}
