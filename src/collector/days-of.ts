import { addDays, type LocalDay, localDayOf } from '../common/index.js';

/** Every local day from the first instant to the last. */
export function daysOf(span: { first: Date; last: Date }, zone: string): LocalDay[] {
  const days: LocalDay[] = [];
  const last = localDayOf(span.last, zone);
  for (let day = localDayOf(span.first, zone); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
