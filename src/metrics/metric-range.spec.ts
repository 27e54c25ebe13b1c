import { InvalidInputError } from '../common/index.js';
import { MAX_POINTS, rangeBefore, seriesRange, summaryRange } from './metric-range.js';

// A Tuesday.
const calendar = { weekStartsOn: 1, today: '2026-03-10' };

function problemOf(work: () => unknown): { code: string; fields: string[] } {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInputError) return { code: error.code, fields: error.errors.map(({ field }) => field) };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the range of a series', () => {
  it('is 30 days up to today by default', () => {
    const range = seriesRange('daily', {}, calendar);
    expect(range).toMatchObject({ startDate: '2026-02-09', endDate: '2026-03-10' });
    expect(range.starts).toHaveLength(30);
    expect(range.starts.at(-1)).toBe('2026-03-10');
  });

  it('is 12 weeks, the running one among them, from the day that weeks begin on', () => {
    const monday = seriesRange('weekly', {}, calendar);
    expect(monday.starts).toHaveLength(12);
    expect([monday.startDate, monday.starts.at(-1)]).toEqual(['2025-12-22', '2026-03-09']);
    const sunday = seriesRange('weekly', {}, { ...calendar, weekStartsOn: 0 });
    expect([sunday.startDate, sunday.starts.at(-1)]).toEqual(['2025-12-21', '2026-03-08']);
  });

  it('is 12 months, the running one among them', () => {
    const { starts } = seriesRange('monthly', {}, calendar);
    expect(starts).toHaveLength(12);
    expect([starts[0], starts.at(-1)]).toEqual(['2025-04-01', '2026-03-01']);
  });

  it('counts back from the end that was asked for', () => {
    expect(seriesRange('daily', { endDate: '2025-06-30' }, calendar)).toMatchObject({ startDate: '2025-06-01' });
  });

  it('holds every whole period that intersects the dates', () => {
    const { starts } = seriesRange('monthly', { startDate: '2026-01-31', endDate: '2026-02-01' }, calendar);
    expect(starts).toEqual(['2026-01-01', '2026-02-01']);
  });

  it('leaves out periods that have not begun', () => {
    expect(seriesRange('daily', { startDate: '2026-03-09', endDate: '2026-03-31' }, calendar).starts).toEqual([
      '2026-03-09',
      '2026-03-10',
    ]);
    expect(seriesRange('daily', { startDate: '2026-04-01' }, calendar).starts).toEqual([]);
  });

  it('refuses a start after the end and names both fields', () => {
    expect(problemOf(() => seriesRange('daily', { startDate: '2026-03-02', endDate: '2026-03-01' }, calendar))).toEqual({
      code: 'invalid_range',
      fields: ['start_date', 'end_date'],
    });
  });

  it.each(['daily', 'weekly', 'monthly'] as const)('takes 800 %s periods and no more', (type) => {
    const starts = { daily: '2024-01-01', weekly: '2010-11-15', monthly: '1959-08-01' };
    expect(seriesRange(type, { startDate: starts[type], endDate: '2026-03-10' }, calendar).starts).toHaveLength(MAX_POINTS);
    const before = { daily: '2023-12-31', weekly: '2010-11-14', monthly: '1959-07-31' };
    expect(problemOf(() => seriesRange(type, { startDate: before[type], endDate: '2026-03-10' }, calendar)).code).toBe(
      'range_too_long',
    );
  });

  it('refuses thousands of years at once, without listing them', () => {
    const started = Date.now();
    expect(problemOf(() => seriesRange('daily', { startDate: '1970-01-01', endDate: '2999-12-31' }, calendar)).code).toBe(
      'range_too_long',
    );
    expect(Date.now() - started).toBeLessThan(100);
  });
});

describe('the range of a summary', () => {
  it('is compared with as many days right before it', () => {
    const range = summaryRange({}, calendar);
    expect(range).toEqual({ startDate: '2026-02-09', endDate: '2026-03-10' });
    expect(rangeBefore(range)).toEqual({ startDate: '2026-01-10', endDate: '2026-02-08' });
    expect(rangeBefore({ startDate: '2026-03-01', endDate: '2026-03-01' })).toEqual({
      startDate: '2026-02-28',
      endDate: '2026-02-28',
    });
  });
});
