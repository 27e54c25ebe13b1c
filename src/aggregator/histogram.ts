/** Counts of durations by bucket: `buckets` rising, `counts` beside it and above 0. Mergeable without loss. */
export interface Histogram {
  buckets: readonly number[];
  counts: readonly number[];
}

export const emptyHistogram: Histogram = Object.freeze({ buckets: Object.freeze([]), counts: Object.freeze([]) });

const LONGEST_MS = 10 * 366 * 86_400_000;

/**
 * Lower bounds of the buckets in ms: every integer to 100, then steps of at most 2 %, to ten years. Bucket 0 holds 0 ms,
 * bucket i holds `bounds[i - 1] <= ms < bounds[i]`, the last one everything longer. Stored rows are made of these numbers:
 * they never change, and a test holds them.
 */
export const histogramBounds: readonly number[] = Object.freeze(makeBounds());

function makeBounds(): number[] {
  const bounds: number[] = [];
  // Integer arithmetic: the same numbers on every machine.
  for (let bound = 1; bound < LONGEST_MS; bound += Math.max(1, Math.floor(bound / 50))) bounds.push(bound);
  return bounds;
}

/** The bucket of a duration; the same as PostgreSQL's `width_bucket(ms, bounds)`: how many bounds are at or below it. */
export function bucketOf(ms: number): number {
  let low = 0;
  let high = histogramBounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((histogramBounds[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A histogram of durations in ms. */
export function histogramOf(durations: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  for (const ms of durations) add(counts, bucketOf(ms), 1);
  return sorted(counts);
}

/** All of them as one; the order does not matter. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const all = [...histograms];
  const [only] = all;
  if (only === undefined || all.length === 1) return only ?? emptyHistogram;
  // Ranges of busy clients have ten thousands of buckets to add up: by place, not by look-up.
  const merged = new Float64Array(histogramBounds.length + 1);
  for (const { buckets, counts } of all) {
    for (let i = 0; i < buckets.length; i += 1) {
      const bucket = buckets[i] ?? 0;
      merged[bucket] = (merged[bucket] ?? 0) + (counts[i] ?? 0);
    }
  }
  const buckets: number[] = [];
  const counts: number[] = [];
  merged.forEach((count, bucket) => {
    if (count === 0) return;
    buckets.push(bucket);
    counts.push(count);
  });
  return { buckets, counts };
}

export function histogramCount(histogram: Histogram): number {
  return histogram.counts.reduce((sum, count) => sum + count, 0);
}

/** The percentiles that are served. */
export const percents = [50, 95, 99] as const;

/** The buckets of {@link percents}, in their order; none when nothing was counted. */
export function percentilePlaces(histogram: Histogram): number[] {
  return percents.flatMap((percent) => placeOf(histogram, percent) ?? []);
}

/**
 * The bucket of the duration at nearest rank.
 * @param percent 1..100
 * @returns null when nothing was counted
 */
export function placeOf(histogram: Histogram, percent: number): number | null {
  const rank = Math.ceil((percent * histogramCount(histogram)) / 100);
  let seen = 0;
  for (const [i, bucket] of histogram.buckets.entries()) {
    seen += histogram.counts[i] ?? 0;
    if (seen >= rank) return bucket;
  }
  return null;
}

/**
 * The duration that a bucket stands for, in ms, at most 1 % off any in it. `min` and `max` are the exact extremes: they bring the
 * ends closer and bound the last bucket.
 */
export function durationIn(bucket: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, middleOf(bucket)));
}

/** The value of a bucket with the least relative error to both of its ends: their harmonic mean. */
function middleOf(bucket: number): number {
  const from = histogramBounds[bucket - 1] ?? 0;
  const next = histogramBounds[bucket];
  if (from === 0) return 0;
  if (next === undefined) return Infinity; // beyond ten years only the exact maximum is known
  const to = next - 1;
  return (2 * from * to) / (from + to);
}

function add(counts: Map<number, number>, bucket: number, count: number): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + count);
}

function sorted(counts: Map<number, number>): Histogram {
  const entries = [...counts].sort(([a], [b]) => a - b);
  return { buckets: entries.map(([bucket]) => bucket), counts: entries.map(([, count]) => count) };
}
