import fc from 'fast-check';
import { parseRetryAfter } from './retry-after.js';

const HOUR_MS = 60 * 60_000;
const now = new Date('2026-03-01T12:00:00.000Z');

describe('parseRetryAfter', () => {
  it('reads seconds', () => {
    expect(parseRetryAfter('7', now)).toBe(7000);
    expect(parseRetryAfter(' 0 ', now)).toBe(0);
    expect(parseRetryAfter('1.5', now)).toBe(1500);
  });

  it('reads the three HTTP date formats', () => {
    expect(parseRetryAfter('Sun, 01 Mar 2026 12:01:00 GMT', now)).toBe(60_000);
    expect(parseRetryAfter('Sunday, 01-Mar-26 12:01:00 GMT', now)).toBe(60_000);
  });

  it('takes a date that has passed as now', () => {
    expect(parseRetryAfter('Sun, 01 Mar 2026 11:00:00 GMT', now)).toBe(0);
  });

  it.each([null, '', '-5', 'soon', '12 minutes', '2026-03-01T12:01:00Z', 'Sun, never'])('finds nothing in %p', (header) => {
    expect(parseRetryAfter(header, now)).toBeNull();
  });

  it.each(['3601', '999999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'takes the absurd %p as an hour',
    (header) => {
      expect(parseRetryAfter(header, now)).toBe(HOUR_MS);
    },
  );

  it('never answers with a negative or broken number, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = parseRetryAfter(header, now);
        return ms === null || (ms >= 0 && ms <= HOUR_MS);
      }),
    );
  });

  it('inverts the HTTP date that it is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const at = new Date(now.getTime() + seconds * 1000);
        expect(parseRetryAfter(at.toUTCString(), now)).toBe(Math.min(HOUR_MS, seconds * 1000));
      }),
    );
  });
});
