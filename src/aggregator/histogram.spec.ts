import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  bucketOf,
  durationIn,
  emptyHistogram,
  histogramBounds,
  histogramCount,
  histogramOf,
  mergeHistograms,
  percentilePlaces,
  placeOf,
} from './histogram.js';

const TEN_YEARS_MS = 10 * 366 * 86_400_000;

/** Durations of every size, from 0 to ten years. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.double({ min: 0, max: Math.log(TEN_YEARS_MS), noNaN: true }).map((power) => Math.floor(Math.exp(power))),
  fc.constantFrom(...histogramBounds),
);

const exact = (durations: readonly number[], percent: number): number =>
  [...durations].sort((a, b) => a - b)[Math.ceil((percent * durations.length) / 100) - 1] ?? NaN;

const estimate = (durations: readonly number[], percent: number): number | null => {
  const place = placeOf(histogramOf(durations), percent);
  return place === null ? null : durationIn(place, Math.min(...durations), Math.max(...durations));
};

describe('the bounds of the histogram', () => {
  it('never change: stored rows are made of them', () => {
    expect(histogramBounds).toHaveLength(1217);
    expect(createHash('sha256').update(histogramBounds.join()).digest('hex')).toBe(
      '7e8605e8bcf06d7962a45f3b4dc4f468430053a18273fa4308a88ab4260018a3',
    );
    expect(Object.isFrozen(histogramBounds)).toBe(true);
  });

  it('are every integer at the low end, then rise by at most 2 %, beyond a year', () => {
    histogramBounds.forEach((bound, i) => {
      const next = histogramBounds[i + 1];
      expect(Number.isSafeInteger(bound)).toBe(true);
      if (next !== undefined) expect(next === bound + 1 || (next > bound && next <= bound * 1.02)).toBe(true);
    });
    expect(histogramBounds.slice(0, 51)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
    expect(histogramBounds.at(-1)).toBeGreaterThan(366 * 86_400_000);
  });

  it('give 0 a bucket of its own and every bound its bucket', () => {
    expect(bucketOf(0)).toBe(0);
    histogramBounds.forEach((bound, i) => {
      expect(bucketOf(bound)).toBe(i + 1);
      expect(bucketOf(bound - 1)).toBe(i);
    });
    expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBe(histogramBounds.length);
  });
});

describe('percentiles', () => {
  it('are at most 1 % off the nearest rank', () => {
    fc.assert(
      fc.property(
        fc.array(duration, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 100 }),
        (durations, percent) => {
          const wanted = exact(durations, percent);
          expect(Math.abs((estimate(durations, percent) ?? NaN) - wanted)).toBeLessThanOrEqual(wanted / 100);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('are exact for one duration, below 50 ms and beyond ten years', () => {
    expect(estimate([123_456], 50)).toBe(123_456);
    expect(estimate([3, 7, 7, 40], 50)).toBe(7);
    expect(estimate([0, 0, 5], 50)).toBe(0);
    expect(estimate([5 * TEN_YEARS_MS], 99)).toBe(5 * TEN_YEARS_MS);
  });

  it('of nothing are unknown', () => {
    expect(placeOf(emptyHistogram, 50)).toBeNull();
    expect(percentilePlaces(emptyHistogram)).toEqual([]);
  });
});

describe('merging histograms', () => {
  it('gives the histogram of everything, whatever the grouping', () => {
    fc.assert(
      fc.property(fc.array(fc.array(duration, { maxLength: 40 }), { maxLength: 6 }), (groups) => {
        const merged = mergeHistograms(groups.map(histogramOf));
        expect(merged).toEqual(histogramOf(groups.flat()));
        expect(mergeHistograms([...groups].reverse().map(histogramOf))).toEqual(merged);
        expect(histogramCount(merged)).toBe(groups.flat().length);
      }),
    );
  });
});
