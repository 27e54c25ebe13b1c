import { rangeErrors } from './aggregation-range.js';

const fields = (start: string, end: string): string[] => rangeErrors(start, end, '2026-03-18').map(({ field }) => field);

describe('a range to compute again', () => {
  it('may be one day, and reach the day that has begun further east', () => {
    expect(fields('2026-03-18', '2026-03-18')).toEqual([]);
    expect(fields('2026-03-01', '2026-03-19')).toEqual([]);
  });

  it('begins before it ends', () => {
    expect(fields('2026-03-02', '2026-03-01')).toEqual(['start_date', 'end_date']);
  });

  it('does not reach into the future', () => {
    expect(fields('2026-03-01', '2026-03-20')).toEqual(['end_date']);
  });

  it('is at most ten years long', () => {
    expect(fields('2016-03-10', '2026-03-17')).toEqual([]);
    expect(fields('2016-03-09', '2026-03-17')).toEqual(['start_date']);
  });
});
