import { addDays, dayOfWeek, type LocalDay } from './local-day.js';

export type PeriodType = 'daily' | 'weekly' | 'monthly';

export const periodTypes: readonly PeriodType[] = ['daily', 'weekly', 'monthly'];

/**
 * The first day of the period that holds `day`.
 * @param weekStartsOn 0 = Sunday .. 6 = Saturday; matters for weeks only
 */
export function periodStartOf(type: PeriodType, day: LocalDay, weekStartsOn: number): LocalDay {
  switch (type) {
    case 'daily':
      return day;
    case 'weekly':
      return addDays(day, -((dayOfWeek(day) - weekStartsOn + 7) % 7));
    case 'monthly':
      return `${day.slice(0, -2)}01`;
  }
}

/** The first day of the period after the one that begins at `start`. */
export function nextPeriodStart(type: PeriodType, start: LocalDay): LocalDay {
  switch (type) {
    case 'daily':
      return addDays(start, 1);
    case 'weekly':
      return addDays(start, 7);
    case 'monthly':
      // 31 days after the first is in the next month whatever its length.
      return periodStartOf('monthly', addDays(start, 31), 0);
  }
}

/** The last day of the period that begins at `start`. */
export function lastDayOf(type: PeriodType, start: LocalDay): LocalDay {
  return addDays(nextPeriodStart(type, start), -1);
}

/** The starts of all whole periods that share a day with `fromDay`..`toDay` (both inclusive), oldest first. */
export function periodStarts(type: PeriodType, fromDay: LocalDay, toDay: LocalDay, weekStartsOn: number): LocalDay[] {
  const starts: LocalDay[] = [];
  if (fromDay > toDay) return starts;
  for (let start = periodStartOf(type, fromDay, weekStartsOn); start <= toDay; start = nextPeriodStart(type, start)) {
    starts.push(start);
  }
  return starts;
}
