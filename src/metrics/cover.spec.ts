import fc from 'fast-check';
import { addDays, lastDayOf, type LocalDay } from '../common/index.js';
import { coverOf } from './cover.js';
import { daysOf } from './metric-range.js';

const shown = (startDate: LocalDay, endDate: LocalDay, rawDays: LocalDay[] = [], weekStartsOn = 1): string[] =>
  coverOf({ startDate, endDate }, { rawDays, weekStartsOn }).map(({ type, from, to }) =>
    [type, from, ...(from === to ? [] : [to])].join(' '),
  );

describe('the periods that make up a range', () => {
  it('are whole months, weeks beside them and days beside those', () => {
    expect(shown('2026-01-30', '2026-03-11')).toEqual([
      'daily 2026-01-30 2026-01-31',
      'monthly 2026-02-01',
      'daily 2026-03-01',
      'weekly 2026-03-02',
      'daily 2026-03-09 2026-03-11',
    ]);
  });

  it('hold no raw day: its month is put together of weeks, its week of days', () => {
    expect(shown('2026-02-01', '2026-03-01', ['2026-02-25'])).toEqual([
      'daily 2026-02-01',
      'weekly 2026-02-02',
      'weekly 2026-02-09',
      'weekly 2026-02-16',
      'daily 2026-02-23 2026-02-24',
      'daily 2026-02-26 2026-03-01',
    ]);
  });

  it('are each day once, in order, but for the raw ones', () => {
    const day = fc.nat(800).map((n) => addDays('2025-01-01', n));
    fc.assert(
      fc.property(day, fc.nat(200), fc.array(day, { maxLength: 4 }), fc.nat(6), (startDate, length, raw, weekStartsOn) => {
        const rawDays = [...new Set(raw)].sort();
        const endDate = addDays(startDate, length);
        const cover = coverOf({ startDate, endDate }, { rawDays, weekStartsOn });
        const days = cover.flatMap(({ type, from, to }) => daysOf(from, lastDayOf(type, to)));
        expect(days).toEqual(daysOf(startDate, endDate).filter((each) => !rawDays.includes(each)));
      }),
      { numRuns: 500 },
    );
  });

  it('are none when the range ends before it begins', () => {
    expect(shown('2026-03-02', '2026-03-01')).toEqual([]);
  });
});
