import { type Stretch } from '../aggregator/index.js';
import { addDays, lastDayOf, type LocalDay, nextPeriodStart, periodStarts, type PeriodType } from '../common/index.js';
import { type DayRange } from './metric-range.js';

/** What decides which periods can stand for their days. */
export interface CoverRules {
  /** Days that no stored row may speak for, rising. */
  rawDays: readonly LocalDay[];
  weekStartsOn: number;
}

/**
 * The fewest periods that make up the days of a range but for the raw ones: whole months, whole weeks in what is left of it, days.
 * @returns in order; months and weeks one by one, days as far as they follow each other
 */
export function coverOf(range: DayRange, rules: CoverRules): Stretch[] {
  return cut(range, ['monthly', 'weekly'], rules);
}

/** The days of a range but for the raw ones, as far as they follow each other. */
export function cleanDays({ startDate, endDate }: DayRange, rawDays: readonly LocalDay[]): Stretch[] {
  const borders = [...rawDays.filter((day) => day >= startDate && day <= endDate), addDays(endDate, 1)];
  return borders
    .map((day, i): Stretch => {
      const before = borders[i - 1];
      return { type: 'daily', from: before === undefined ? startDate : addDays(before, 1), to: addDays(day, -1) };
    })
    .filter(({ from, to }) => from <= to);
}

function cut(range: DayRange, [type, ...finer]: readonly PeriodType[], rules: CoverRules): Stretch[] {
  if (type === undefined) return cleanDays(range, rules.rawDays);
  const cover: Stretch[] = [];
  let next = range.startDate;
  for (const start of periodStarts(type, range.startDate, range.endDate, rules.weekStartsOn)) {
    const last = lastDayOf(type, start);
    const whole = start >= range.startDate && last <= range.endDate;
    if (!whole || rules.rawDays.some((day) => day >= start && day <= last)) continue;
    cover.push(...cut({ startDate: next, endDate: addDays(start, -1) }, finer, rules), { type, from: start, to: start });
    next = nextPeriodStart(type, start);
  }
  return [...cover, ...cut({ startDate: next, endDate: range.endDate }, finer, rules)];
}
