import {
  addDays,
  daysBetween,
  type FieldError,
  InvalidInputError,
  type LocalDay,
  nextPeriodStart,
  periodStartOf,
  periodStarts,
  type PeriodType,
} from '../common/index.js';

/** Most points of a series, and most days of a summary. */
export const MAX_POINTS = 800;

/** What the client's calendar says now. */
export interface Calendar {
  /** 0 = Sunday .. 6. */
  weekStartsOn: number;
  today: LocalDay;
}

/** Dates as they were asked for, both inclusive. */
export interface AskedRange {
  startDate?: LocalDay | undefined;
  endDate?: LocalDay | undefined;
}

/** Local days, both inclusive. */
export interface DayRange {
  startDate: LocalDay;
  endDate: LocalDay;
}

/** A range, and the starts of the whole periods that intersect it and have begun, oldest first. */
export interface SeriesRange extends DayRange {
  periodType: PeriodType;
  starts: LocalDay[];
}

/** Periods that are served when no start was asked for. */
const DEFAULT_PERIODS: Readonly<Record<PeriodType, number>> = { daily: 30, weekly: 12, monthly: 12 };

/**
 * The periods of a series. Periods that lie wholly in the future are left out: there is nothing to say about them.
 * @throws InvalidInputError `invalid_range` (start after end), `range_too_long` (more than MAX_POINTS periods)
 */
export function seriesRange(periodType: PeriodType, asked: AskedRange, { weekStartsOn, today }: Calendar): SeriesRange {
  const endDate = asked.endDate ?? laterOf(today, asked.startDate);
  const startDate = asked.startDate ?? defaultStart(periodType, endDate, weekStartsOn);
  refuseReversed(startDate, endDate);
  refuseTooLong(periodCount(periodType, startDate, endDate, weekStartsOn), periodType);
  const starts = periodStarts(periodType, startDate, endDate, weekStartsOn).filter((start) => start <= today);
  return { periodType, startDate, endDate, starts };
}

/**
 * The days of a summary: 30 days up to today unless asked otherwise.
 * @throws InvalidInputError as {@link seriesRange}
 */
export function summaryRange(asked: AskedRange, calendar: Calendar): DayRange {
  const { startDate, endDate } = seriesRange('daily', asked, calendar);
  return { startDate, endDate };
}

/** The range of the same length right before this one: what a summary is compared with. */
export function rangeBefore({ startDate, endDate }: DayRange): DayRange {
  const length = daysBetween(startDate, endDate) + 1;
  return { startDate: addDays(startDate, -length), endDate: addDays(startDate, -1) };
}

/** The start of the period right before the one that begins at `start`. */
export function periodBefore(periodType: PeriodType, start: LocalDay, weekStartsOn: number): LocalDay {
  return periodStartOf(periodType, addDays(start, -1), weekStartsOn);
}

/** Every day from `first` to `last`, both inclusive. */
export function daysOf(first: LocalDay, last: LocalDay): LocalDay[] {
  return periodStarts('daily', first, last, 0);
}

/**
 * Refuses a start after the end, naming both fields.
 * @throws InvalidInputError `invalid_range`
 */
export function refuseReversed(startDate: LocalDay | undefined, endDate: LocalDay | undefined): void {
  if (startDate === undefined || endDate === undefined || startDate <= endDate) return;
  const errors: FieldError[] = [
    { field: 'start_date', message: `must not be after end_date (${startDate} is after ${endDate})` },
    { field: 'end_date', message: 'must not be before start_date' },
  ];
  throw new InvalidInputError('invalid_range', `start_date ${startDate} is after end_date ${endDate}.`, errors);
}

function refuseTooLong(count: number, periodType: PeriodType): void {
  if (count <= MAX_POINTS) return;
  const message = `at most ${MAX_POINTS} ${periodType} periods at once; the range holds ${count}`;
  throw new InvalidInputError('range_too_long', `The range is too long: ${message}.`, [
    { field: 'start_date', message },
    { field: 'end_date', message },
  ]);
}

function laterOf(today: LocalDay, startDate: LocalDay | undefined): LocalDay {
  return startDate !== undefined && startDate > today ? startDate : today;
}

function defaultStart(periodType: PeriodType, endDate: LocalDay, weekStartsOn: number): LocalDay {
  let start = periodStartOf(periodType, endDate, weekStartsOn);
  for (let n = 1; n < DEFAULT_PERIODS[periodType]; n += 1) start = periodBefore(periodType, start, weekStartsOn);
  return start;
}

/** Counted, not listed: a range of nine thousand years must not be built before it is refused. */
function periodCount(periodType: PeriodType, startDate: LocalDay, endDate: LocalDay, weekStartsOn: number): number {
  switch (periodType) {
    case 'daily':
      return daysBetween(startDate, endDate) + 1;
    case 'weekly':
      return Math.floor(daysBetween(periodStartOf('weekly', startDate, weekStartsOn), endDate) / 7) + 1;
    case 'monthly':
      return monthNumber(endDate) - monthNumber(startDate) + 1;
  }
}

function monthNumber(day: LocalDay): number {
  const [year = '0', month = '0'] = day.split('-');
  return Number(year) * 12 + Number(month);
}

/** Whether the period that begins at `start` is still running, or has yet to begin. */
export function isPartial(periodType: PeriodType, start: LocalDay, today: LocalDay): boolean {
  return nextPeriodStart(periodType, start) > today;
}
