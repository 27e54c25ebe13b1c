import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  lastDayOf,
  nextPeriodStart,
  periodStartOf,
  periodStarts,
  type PeriodType,
  periodTypes,
} from './index.js';

const type = fc.constantFrom<PeriodType>(...periodTypes);
const weekStart = fc.integer({ min: 0, max: 6 });
const day = fc.integer({ min: 0, max: 16_000 }).map((n) => addDays('1995-01-01', n));

describe('periods', () => {
  it('hold the day they were asked for, from start to last day', () => {
    fc.assert(
      fc.property(type, day, weekStart, (of, on, startsOn) => {
        const start = periodStartOf(of, on, startsOn);
        expect(start <= on && on <= lastDayOf(of, start)).toBe(true);
        expect(periodStartOf(of, lastDayOf(of, start), startsOn)).toBe(start);
        expect(periodStartOf(of, nextPeriodStart(of, start), startsOn)).toBe(nextPeriodStart(of, start));
      }),
    );
  });

  it('follow each other without gap', () => {
    fc.assert(
      fc.property(type, day, weekStart, (of, on, startsOn) => {
        const start = periodStartOf(of, on, startsOn);
        expect(addDays(lastDayOf(of, start), 1)).toBe(nextPeriodStart(of, start));
      }),
    );
  });

  it('that intersect a range are whole and cover it', () => {
    fc.assert(
      fc.property(type, day, fc.integer({ min: 0, max: 400 }), weekStart, (of, from, length, startsOn) => {
        const to = addDays(from, length);
        const starts = periodStarts(of, from, to, startsOn);
        expect(starts[0]).toBe(periodStartOf(of, from, startsOn));
        expect(starts.at(-1)).toBe(periodStartOf(of, to, startsOn));
        expect(starts.slice(1)).toEqual(starts.slice(0, -1).map((start) => nextPeriodStart(of, start)));
      }),
    );
  });

  it('weeks are seven days long and begin on the chosen weekday', () => {
    expect(periodStartOf('weekly', '2024-05-15', 1)).toBe('2024-05-13'); // Wednesday to Monday
    expect(periodStartOf('weekly', '2024-05-15', 0)).toBe('2024-05-12');
    expect(periodStartOf('weekly', '2024-05-15', 3)).toBe('2024-05-15');
    expect(periodStartOf('weekly', '2024-05-15', 4)).toBe('2024-05-09');
    expect(lastDayOf('weekly', '2024-12-30')).toBe('2025-01-05');
  });

  it('months know their length', () => {
    expect(lastDayOf('monthly', '2024-02-01')).toBe('2024-02-29');
    expect(lastDayOf('monthly', '2023-02-01')).toBe('2023-02-28');
    expect(nextPeriodStart('monthly', '2024-12-01')).toBe('2025-01-01');
    expect(periodStartOf('monthly', '2024-12-31', 1)).toBe('2024-12-01');
  });

  it('there are none in a range that ends before it begins', () => {
    expect(periodStarts('weekly', '2024-05-15', '2024-05-14', 1)).toEqual([]);
    expect(daysBetween('2024-05-15', '2024-05-14')).toBe(-1);
  });
});
