import fc from 'fast-check';
import { addDays, dayRange, daysBetween, isLocalDay, isTimeZone, localDayOf } from './index.js';

const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Beirut',
  'America/Havana',
  'America/St_Johns',
];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date('1995-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });
const day = fc.integer({ min: 0, max: 16_000 }).map((n) => addDays('1995-01-01', n));

const hours = (of: string, inZone: string): number => {
  const { start, end } = dayRange(of, inZone);
  return (end.getTime() - start.getTime()) / 3_600_000;
};

/** What a wall clock in the zone shows, by another implementation than the one under test. */
const wallClock = (at: Date, inZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: inZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);

describe('the local day of an instant', () => {
  it('is the day whose range holds the instant', () => {
    fc.assert(
      fc.property(instant, zone, (at, inZone) => {
        const { start, end } = dayRange(localDayOf(at, inZone), inZone);
        expect(at.getTime()).toBeGreaterThanOrEqual(start.getTime());
        expect(at.getTime()).toBeLessThan(end.getTime());
      }),
      { numRuns: 1000 },
    );
  });

  it('is the date on the wall, except in an hour that shows yesterday again', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones.filter((name) => name !== 'America/St_Johns')), (at, inZone) => {
        expect(localDayOf(at, inZone)).toBe(wallClock(at, inZone).slice(0, 10));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on what was asked before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(instant, zone), { minLength: 2, maxLength: 20 }), (asked) => {
        const forward = asked.map(([at, inZone]) => localDayOf(at, inZone));
        const backward = [...asked].reverse().map(([at, inZone]) => localDayOf(at, inZone));
        expect(backward.reverse()).toEqual(forward);
      }),
    );
  });

  it('changes exactly at the borders of the range', () => {
    fc.assert(
      fc.property(day, zone, (of, inZone) => {
        const { start, end } = dayRange(of, inZone);
        if (start.getTime() === end.getTime()) return; // a day the zone skipped
        expect(localDayOf(start, inZone)).toBe(of);
        expect(localDayOf(new Date(end.getTime() - 1), inZone)).toBe(of);
        expect(daysBetween(of, localDayOf(end, inZone))).toBeGreaterThan(0);
        expect(daysBetween(of, localDayOf(new Date(start.getTime() - 1), inZone))).toBeLessThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the range of a local day', () => {
  it('follows the day before without gap or overlap', () => {
    fc.assert(
      fc.property(day, zone, (of, inZone) => {
        expect(dayRange(of, inZone).end).toEqual(dayRange(addDays(of, 1), inZone).start);
        expect(hours(of, inZone)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('begins at 00:00 on the wall, or later when the clocks jump over it', () => {
    fc.assert(
      fc.property(day, zone, (of, inZone) => {
        const { start } = dayRange(of, inZone);
        const before = new Date(start.getTime() - 1000);
        const jumped = wallClock(before, inZone) < `${of} 00:00:00` && wallClock(start, inZone) > `${of} 00:00:00`;
        expect(wallClock(start, inZone) === `${of} 00:00:00` || jumped).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['America/New_York', '2024-03-10', 23],
    ['America/New_York', '2024-11-03', 25],
    ['America/New_York', '2024-07-01', 24],
    ['Europe/Berlin', '2024-03-31', 23],
    ['Europe/Berlin', '2024-10-27', 25],
    ['Asia/Kathmandu', '2024-03-31', 24],
    ['Australia/Lord_Howe', '2024-04-07', 24.5],
    ['Australia/Lord_Howe', '2024-10-06', 23.5],
    ['Africa/Casablanca', '2024-03-10', 25],
    ['Africa/Casablanca', '2024-04-14', 23],
    ['Asia/Beirut', '2024-03-31', 23],
    ['America/Havana', '2024-03-10', 23],
    ['America/Havana', '2024-11-03', 25],
    ['Pacific/Apia', '2011-12-29', 24],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-31', 24],
  ])('in %s on %s has %d hours', (inZone, of, expected) => {
    expect(hours(of, inZone)).toBe(expected);
  });

  it('begins at 01:00 where midnight does not exist', () => {
    expect(dayRange('2024-03-10', 'America/Havana').start.toISOString()).toBe('2024-03-10T05:00:00.000Z');
    expect(dayRange('2024-03-31', 'Asia/Beirut').start.toISOString()).toBe('2024-03-30T22:00:00.000Z');
  });

  it('keeps the hour that shows yesterday again in the day that had begun', () => {
    // St. John's set its clocks back at 00:01 on 2010-11-07: 02:31Z shows 2010-11-06 23:01 a second time.
    expect(localDayOf(new Date('2010-11-07T02:30:30Z'), 'America/St_Johns')).toBe('2010-11-07');
    expect(localDayOf(new Date('2010-11-07T02:45:00Z'), 'America/St_Johns')).toBe('2010-11-07');
    expect(localDayOf(new Date('2010-11-07T02:29:59Z'), 'America/St_Johns')).toBe('2010-11-06');
  });

  it('refuses an unknown zone and a date that does not exist', () => {
    expect(() => dayRange('2024-01-01', 'Mars/Base')).toThrow(RangeError);
    expect(() => dayRange('2023-02-30', 'UTC')).toThrow(RangeError);
    expect(() => localDayOf(new Date(NaN), 'UTC')).toThrow(RangeError);
  });
});

describe('names of zones and days', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Calcutta', 'Europe/Kyiv', ...zones])(
    '%s is a time zone',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  it.each(['', '+05:00', '-03', 'UTC+1', 'Z', 'utc', 'europe/berlin', 'Mars/Base', 'Europe/Berlin ', "x'; --", 'CEST'])(
    '%j is none',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );

  it('a day is a date that exists, in ISO form', () => {
    expect(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'].every(isLocalDay)).toBe(true);
    const wrong = [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1-01',
      '0000-01-01',
      '2024-04-31',
      '',
      '2024-01-01T00:00:00Z',
    ];
    expect(wrong.filter(isLocalDay)).toEqual([]);
  });

  it('adding days and counting them are each other backwards', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (of, n) => {
        expect(daysBetween(of, addDays(of, n))).toBe(n);
        expect(isLocalDay(addDays(of, n))).toBe(true);
      }),
    );
  });
});
