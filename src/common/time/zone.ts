import { Temporal } from 'temporal-polyfill';
import { addDays, type LocalDay } from './local-day.js';

/** Half-open: `start` belongs to it, `end` does not. */
export interface InstantRange {
  start: Date;
  end: Date;
}

interface DayInMs {
  day: LocalDay;
  start: number;
  end: number;
}

const NAME = /^[A-Za-z][A-Za-z0-9_+\-/]*$/;

/** True for an IANA zone name in its own spelling: `Europe/Berlin`, `UTC`; not `+02:00`, not `europe/berlin`. */
export function isTimeZone(zone: string): boolean {
  if (!NAME.test(zone)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId === zone;
  } catch {
    return false;
  }
}

/**
 * The instants of a local day: 23, 24 or 25 hours and more. It begins at the first 00:00 the clocks show, or when they jump
 * over it; a day that a zone skipped (`Pacific/Apia` 2011-12-30) is empty. Days follow each other without gap or overlap.
 * @throws RangeError for an unknown zone or a date that does not exist
 */
export function dayRange(day: LocalDay, zone: string): InstantRange {
  return { start: new Date(startOfDay(day, zone)), end: new Date(startOfDay(addDays(day, 1), zone)) };
}

/** Pages of executions fall on few days: one remembered day per zone answers nearly all calls. There are some 600 zones. */
const lastDays = new Map<string, DayInMs>();

/**
 * The local day whose `dayRange` holds the instant.
 * @throws RangeError for an unknown zone or an invalid date
 */
export function localDayOf(at: Date, zone: string): LocalDay {
  const ms = at.getTime();
  const last = lastDays.get(zone);
  if (last !== undefined && ms >= last.start && ms < last.end) return last.day;
  const found = findDay(ms, zone);
  lastDays.set(zone, found);
  return found.day;
}

function findDay(ms: number, zone: string): DayInMs {
  let day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
  let start = startOfDay(day, zone);
  let end = startOfDay(addDays(day, 1), zone);
  // Clocks set back across midnight (St. John's, 00:01 to 23:01) show yesterday again: that hour belongs to the day that had begun.
  while (ms >= end) {
    day = addDays(day, 1);
    start = end;
    end = startOfDay(addDays(day, 1), zone);
  }
  return { day, start, end };
}

function startOfDay(day: LocalDay, zone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}
