import { type QuietHours, type Weekday, WEEKDAYS } from './rule-set.js';

interface LocalTime {
  day: Weekday;
  yesterday: Weekday;
  /** Minutes since local midnight, by the clock on the wall. */
  minute: number;
}

interface Window {
  quietHours: QuietHours;
  /** Minutes since midnight. */
  begin: number;
  end: number;
  days: ReadonlySet<Weekday>;
}

/**
 * Tells in which quiet hours an instant lies, by the clock on the wall in `zone` (an hour that is skipped or repeated at a
 * change of daylight saving is skipped or repeated here too); `null` when in none.
 * @throws RangeError when there are quiet hours and `zone` is no IANA time zone
 */
export function compileQuietHours(quietHours: readonly QuietHours[], zone: string): (at: Date) => QuietHours | null {
  if (quietHours.length === 0) return () => null;
  const localTime = localClock(zone);
  const windows = quietHours.map(windowOf);
  return (at) => {
    if (Number.isNaN(at.getTime())) return null;
    const local = localTime(at);
    return windows.find((window) => contains(window, local))?.quietHours ?? null;
  };
}

/** Made once: previews ask for every minute of weeks. */
function windowOf(quietHours: QuietHours): Window {
  return { quietHours, begin: minutesOf(quietHours.from), end: minutesOf(quietHours.to), days: new Set(quietHours.days) };
}

function contains({ begin, end, days }: Window, { day, yesterday, minute }: LocalTime): boolean {
  if (begin < end) return minute >= begin && minute < end && days.has(day);
  return (minute >= begin && days.has(day)) || (minute < end && days.has(yesterday));
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function localClock(zone: string): (at: Date) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const index = WEEKDAYS.findIndex((day) => day === parts.get('weekday')?.toLowerCase());
    return {
      day: WEEKDAYS[index] ?? 'sun',
      yesterday: WEEKDAYS[(index + 6) % 7] ?? 'sat',
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
}
