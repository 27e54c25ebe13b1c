import fc from 'fast-check';
import { CLOSED, countsAsFailure, failed, gate } from './circuit.js';

const afterFailures = (count: number) => Array.from({ length: count }).reduce<typeof CLOSED>((state) => failed(state, 0), CLOSED);

describe('circuit', () => {
  it('stays closed for two failed calls and opens at the third', () => {
    expect([1, 2, 3].map((count) => gate(afterFailures(count), 1))).toEqual(['closed', 'closed', 'open']);
  });

  it('allows a trial after a minute, and pauses twice as long when that fails', () => {
    const open = afterFailures(3);
    expect(gate(open, 59_999)).toBe('open');
    expect(gate(open, 60_000)).toBe('trial');
    expect(failed(open, 60_000).openUntil).toBe(180_000);
  });

  it('never pauses for longer than a quarter of an hour', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 200 }), (count) => afterFailures(count).openUntil <= 15 * 60_000));
  });

  it('does not hold one broken payload against the instance', () => {
    expect(countsAsFailure('server_error', 'detail')).toBe(false);
    expect(countsAsFailure('timeout', 'detail')).toBe(false);
    expect(countsAsFailure('refused', 'detail')).toBe(true);
    expect(countsAsFailure('server_error', 'list')).toBe(true);
    expect(countsAsFailure('bad_key', 'list')).toBe(false);
  });
});
