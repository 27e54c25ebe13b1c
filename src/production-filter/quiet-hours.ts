import { type QuietHours, type Weekday, WEEKDAYS } from './rule-set.js';

interface LocalTime {
  day: Weekday;
  yesterday: Weekday;
  /** Minutes since local midnight, by the clock on the wall. */
  minute: number;
}

/**
 * Tells in which quiet hours an instant lies, by the clock on the wall in `zone` (an hour that is skipped or repeated at a
 * change of daylight saving is skipped or repeated here too); `null` when in none.
 * @throws RangeError when there are quiet hours and `zone` is no IANA time zone
 */
export function compileQuietHours(quietHours: readonly QuietHours[], zone: string): (at: Date) => QuietHours | null {
  if (quietHours.length === 0) return () => null;
  const localTime = localClock(zone);
  return (at) => {
    if (Number.isNaN(at.getTime())) return null;
    const local = localTime(at);
    return quietHours.find((window) => contains(window, local)) ?? null;
  };
}

function contains({ from, to, days }: QuietHours, { day, yesterday, minute }: LocalTime): boolean {
  const begin = minutesOf(from);
  const end = minutesOf(to);
  if (begin < end) return days.includes(day) && minute >= begin && minute < end;
  return (days.includes(day) && minute >= begin) || (days.includes(yesterday) && minute < end);
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
