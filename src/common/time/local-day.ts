/** A date of some zone's calendar, `YYYY-MM-DD`. Text, because a `Date` is an instant and would pull a zone in. */
export type LocalDay = string;

const DAY_MS = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** True for a date that exists in the calendar; `2023-02-29` and `2024-1-1` do not. Year 0 is refused: PostgreSQL has none. */
export function isLocalDay(text: string): boolean {
  if (!ISO_DATE.test(text) || text.startsWith('0000')) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayOfMs(at) === text;
}

/** The day `n` calendar days later (earlier when negative). */
export function addDays(day: LocalDay, n: number): LocalDay {
  return dayOfMs(msOfDay(day) + n * DAY_MS);
}

/** Calendar days from `from` to `to`: 1 from a day to the next, negative when `to` is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return (msOfDay(to) - msOfDay(from)) / DAY_MS;
}

/** 0 = Sunday .. 6 = Saturday. */
export function dayOfWeek(day: LocalDay): number {
  return new Date(msOfDay(day)).getUTCDay();
}

// Calendar arithmetic needs no zone: UTC days are all 24 hours long.
function msOfDay(day: LocalDay): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) throw new RangeError(`not a date: ${day}`);
  return at;
}

function dayOfMs(ms: number): LocalDay {
  const iso = new Date(ms).toISOString();
  return iso.slice(0, iso.indexOf('T'));
}
