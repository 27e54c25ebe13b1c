import fc from 'fast-check';
import { N8nError } from './n8n-error.js';
import { afterFailure, afterPage, LARGEST_PAGE, pagesStartingAt, type PageSizeState, SMALLEST_PAGE } from './page-size.js';

const truncated = new N8nError('bad_answer', 'x', { retryable: true });

/** `count` full pages of the size that is right each time. */
const pages = (state: PageSizeState, count: number, ms: number): PageSizeState =>
  Array.from({ length: count }).reduce<PageSizeState>(
    (last) => afterPage(last, { limit: last.size, rows: last.size, ms }),
    state,
  );

const fail = (state: PageSizeState, error: N8nError = truncated) => afterFailure(state, state.size, error);

describe('page size', () => {
  it('halves after a slow page and not after one of five seconds', () => {
    expect(pages(pagesStartingAt(250), 1, 5_000).size).toBe(250);
    expect(pages(pagesStartingAt(250), 1, 5_001).size).toBe(125);
    expect(pages(pagesStartingAt(250), 9, 9_000).size).toBe(SMALLEST_PAGE);
  });

  it('doubles after three quick full pages in a row', () => {
    const small = fail(fail(pagesStartingAt(250)));
    expect([2, 3, 6].map((count) => pages(small, count, 100).size)).toEqual([62, 124, 248]);
    expect(pages(small, 9, 100).size).toBe(250);
  });

  it('starts counting again after a page that was neither quick nor slow', () => {
    const nearly = pages(fail(pagesStartingAt(250)), 2, 100);
    expect(pages(pages(nearly, 1, 1_000), 2, 100).size).toBe(125);
  });

  it('learns nothing from quick pages that were not full or smaller than allowed', () => {
    const small = fail(pagesStartingAt(250));
    const half = Array.from({ length: 20 }).reduce<PageSizeState>(
      (state) => afterPage(afterPage(state, { limit: state.size, rows: 0, ms: 10 }), { limit: 20, rows: 20, ms: 10 }),
      small,
    );
    expect(half).toEqual(small);
  });

  it('takes ten quick pages a step beyond a careful start, and goes back to the start when one fails', () => {
    const careful = pagesStartingAt(50);
    expect([9, 10, 20, 30].map((count) => pages(careful, count, 100).size)).toEqual([50, 100, 200, 250]);
    const fallen = fail(fail(pages(careful, 10, 100)));
    expect([0, 3, 12, 13].map((count) => pages(fallen, count, 100).size)).toEqual([25, 50, 50, 100]);
  });

  it.each(['timeout', 'server_error', 'network', 'too_large'] as const)('halves after %s', (code) => {
    expect(fail(pagesStartingAt(250), new N8nError(code, 'x')).size).toBe(125);
  });

  it.each(['bad_key', 'rate_limited', 'bad_request', 'bad_answer', 'refused', 'circuit_open', 'aborted'] as const)(
    'stays after %s, which no smaller page cures',
    (code) => {
      const state = pagesStartingAt(250);
      expect(fail(state, new N8nError(code, 'x'))).toBe(state);
    },
  );

  it.each([
    [0, SMALLEST_PAGE],
    [1_000, LARGEST_PAGE],
    [99.9, 99],
    [Number.NaN, 50],
  ])('starts at %p with %p', (start, size) => {
    expect(pagesStartingAt(start).size).toBe(size);
  });

  it('stays within its bounds and never grows on bad news, whatever happens', () => {
    const event = fc.oneof(
      fc.record({ limit: fc.integer({ min: 1, max: 250 }), rows: fc.nat(300), ms: fc.nat(20_000) }),
      fc.integer({ min: 1, max: 250 }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 400 }), fc.array(event, { maxLength: 60 }), (start, events) => {
        let state = pagesStartingAt(start);
        for (const each of events) {
          const next = typeof each === 'number' ? afterFailure(state, each, truncated) : afterPage(state, each);
          expect(next.size).toBeGreaterThanOrEqual(SMALLEST_PAGE);
          expect(next.size).toBeLessThanOrEqual(next.ceiling);
          expect(next.ceiling).toBeLessThanOrEqual(LARGEST_PAGE);
          const isGood = typeof each !== 'number' && each.ms < 1_000;
          if (!isGood) expect(next.size).toBeLessThanOrEqual(state.size);
          else expect(next.size).toBeGreaterThanOrEqual(state.size);
          state = next;
        }
      }),
    );
  });

  it('finds its way back to the largest page from anywhere within 60 quick full pages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 250 }), fc.nat(8), (start, failures) => {
        const low = Array.from({ length: failures }).reduce<PageSizeState>((state) => fail(state), pagesStartingAt(start));
        expect(pages(low, 60, 10).size).toBe(LARGEST_PAGE);
      }),
    );
  });
});
