import { CronTime } from 'cron';
import { Temporal } from 'temporal-polyfill';
import { localDayOf } from '../common/index.js';
import { JOB } from './job-names.js';

/** The local hour and the days on which something is due; `null` days: every day. */
interface Occasion {
  hour: number;
  /** 0 = Sunday .. 6. */
  dayOfWeek: number | null;
  dayOfMonth: number | null;
}

/** What is enqueued when. */
export interface Schedule {
  /** Also the name of the job. */
  name: string;
  /** minute hour day-of-month month day-of-week */
  cron: string;
  /** IANA zone the expression is read in. */
  zone: string;
  description: string;
  /** Set for nightly ones: they have one slot a day and are caught up when they were missed. */
  nightly: Occasion | null;
  /** Of those that are not nightly: seconds from one slot to the next. */
  everySeconds: number;
}

/** Injection token of the schedules. */
export const SCHEDULES = Symbol('SCHEDULES');

/** The clocks of replicas may differ by so much before one counts as put back. */
export const CLOCKS_APART_MS = 90_000;

const MINUTE_S = 60;
/** Ticks come some milliseconds early, or late by nearly a whole slot: the share of a slot that counts as early. */
const EARLY = 1 / 20;

/**
 * Collection every minute, which picks the clients that are due; daily aggregation at `aggregationHour`, weekly on Sundays
 * one hour later, monthly on the 1st two hours later, cleanup one hour before. An hour beyond midnight is on the next day.
 * @param aggregationHour 0 to 23
 */
export function schedulesOf(aggregationHour: number, zone: string): readonly Schedule[] {
  const hour = (offset: number): number => (aggregationHour + offset + 24) % 24;
  const nextDay = (offset: number): number => (aggregationHour + offset >= 24 ? 1 : 0);
  const nightly = (name: string, description: string, occasion: Occasion): Schedule => {
    const cron = `0 ${occasion.hour} ${occasion.dayOfMonth ?? '*'} * ${occasion.dayOfWeek ?? '*'}`;
    return { name, cron, zone, description, nightly: occasion, everySeconds: MINUTE_S };
  };
  const every = { dayOfWeek: null, dayOfMonth: null };
  return [
    {
      name: JOB.collect,
      cron: '* * * * *',
      zone,
      description: 'Enqueues a sync of every client that is due.',
      nightly: null,
      everySeconds: MINUTE_S,
    },
    nightly(JOB.aggregateDaily, 'Brings daily rollups up to date.', { ...every, hour: hour(0) }),
    nightly(JOB.aggregateWeekly, 'Brings weekly rollups up to date.', { ...every, hour: hour(1), dayOfWeek: nextDay(1) }),
    nightly(JOB.aggregateMonthly, 'Brings monthly rollups up to date.', { ...every, hour: hour(2), dayOfMonth: 1 + nextDay(2) }),
    nightly(JOB.cleanup, 'Removes what is past its retention: raw executions, rollups, job history.', {
      ...every,
      hour: hour(-1),
    }),
  ];
}

/**
 * Names the occasion that a tick at `at` stands for, the same on every replica: the local day, or the minute in UTC (with
 * seconds where slots are shorter).
 */
export function slotOf(schedule: Schedule, at: Date): string {
  const everyMs = schedule.everySeconds * 1_000;
  const start = new Date(Math.floor(at.getTime() / everyMs + EARLY) * everyMs);
  if (schedule.nightly !== null) return localDayOf(start, schedule.zone);
  return `${start
    .toISOString()
    .slice(0, everyMs % 60_000 === 0 ? 16 : 19)
    .replaceAll(':', '-')}Z`;
}

/** The slot of the newest occasion at or before `now`, `null` for a schedule that is not caught up. */
export function lastSlot({ nightly, zone }: Schedule, now: Date): string | null {
  if (nightly === null) return null;
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  let day = local.toPlainDate();
  if (local.hour < nightly.hour) day = day.subtract({ days: 1 });
  while (!isOn(nightly, day)) day = day.subtract({ days: 1 });
  return day.toString();
}

function isOn({ dayOfWeek, dayOfMonth }: Occasion, day: Temporal.PlainDate): boolean {
  return (dayOfWeek === null || day.dayOfWeek % 7 === dayOfWeek) && (dayOfMonth === null || day.day === dayOfMonth);
}

/** The first occasion after `at`. */
export function nextRun({ cron, zone }: Schedule, at: Date): Date {
  return new CronTime(cron, zone).getNextDateFrom(at, zone).toJSDate();
}
