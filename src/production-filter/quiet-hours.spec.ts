import { compileQuietHours } from './quiet-hours.js';
import { WEEKDAYS } from './rule-set.js';

const at = (iso: string): Date => new Date(iso);

describe('compileQuietHours', () => {
  const berlin = compileQuietHours([{ from: '22:00', to: '06:00', days: ['fri'] }], 'Europe/Berlin');

  it.each([
    ['2026-01-02T20:59:59Z', false],
    ['2026-01-02T21:00:00Z', true],
    ['2026-01-03T04:59:59Z', true],
    ['2026-01-03T05:00:00Z', false],
    ['2026-01-02T03:00:00Z', false],
    ['2026-07-03T20:00:00Z', true],
    ['2026-07-03T19:59:00Z', false],
  ])('runs past midnight from the day it begins on, by the local clock: %s', (instant, quiet) => {
    expect(berlin(at(instant)) !== null).toBe(quiet);
  });

  it('is half-open within a day', () => {
    const noon = compileQuietHours([{ from: '12:00', to: '13:00', days: [...WEEKDAYS] }], 'UTC');
    const quiet = ['11:59:59', '12:00:00', '12:59:59', '13:00:00'].map((time) => noon(at(`2026-05-05T${time}Z`)) !== null);
    expect(quiet).toEqual([false, true, true, false]);
  });

  it('covers a whole day from 00:00 to 24:00', () => {
    const sunday = compileQuietHours([{ from: '00:00', to: '24:00', days: ['sun'] }], 'Asia/Kathmandu');
    const instants = ['2026-05-02T18:14:59Z', '2026-05-02T18:15:00Z', '2026-05-03T18:14:59Z', '2026-05-03T18:15:00Z'];
    expect(instants.map((instant) => sunday(at(instant)) !== null)).toEqual([false, true, true, false]);
  });

  it('knows no quiet hours for an instant that is none', () => {
    expect(berlin(new Date(Number.NaN))).toBeNull();
  });
});
