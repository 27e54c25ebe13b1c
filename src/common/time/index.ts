export { addDays, daysBetween, isLocalDay, type LocalDay } from './local-day.js';
export { lastDayOf, nextPeriodStart, periodStartOf, periodStarts, type PeriodType, periodTypes } from './period.js';
export { dayRange, type InstantRange, isTimeZone, localDayOf } from './zone.js';
