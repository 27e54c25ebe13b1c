/** Whether a larger or a smaller ratio is the good one. */
export type Better = 'higher' | 'lower';

/** What a benchmark measured: a value beside what it is held against, both from the same run. */
export interface Measurement {
  /** `<benchmark>.<what>`, stable from run to run. */
  name: string;
  value: number;
  reference: number;
  unit: string;
  better: Better;
  /** The promised ratio; `null`: only reported. */
  bar: number | null;
}

/** A measurement with `value / reference`. */
export interface Figure extends Measurement {
  ratio: number;
}

const DIGITS = 5;

/** @throws Error when the ratio would be no number: a benchmark that measured nothing must not look like one that did */
export function toFigure(measurement: Measurement): Figure {
  const ratio = measurement.value / measurement.reference;
  if (!Number.isFinite(ratio))
    throw new Error(`${measurement.name}: ${measurement.value} of ${measurement.reference} is no figure`);
  return { ...measurement, ratio };
}

/** Whether the ratio is on the wrong side of its bar. On the bar is good enough. */
export function isMissed({ ratio, better, bar }: Figure): boolean {
  if (bar === null) return false;
  return better === 'higher' ? ratio < bar : ratio > bar;
}

/** The figure as one line of JSON, keys in the documented order. */
export function toLine({ name, value, reference, unit, ratio, better, bar }: Figure): string {
  return JSON.stringify({ name, value: rounded(value), reference: rounded(reference), unit, ratio: rounded(ratio), better, bar });
}

/** A value and what it is held against, measured one right after the other. */
export interface Pair {
  value: number;
  reference: number;
}

/**
 * The pair with the middle ratio: pairs are measured together, so a machine that is busier for a while slows both and moves their
 * ratio little. Of an even number the worse one of the middle two.
 * @throws Error without pairs
 */
export function middlePair(pairs: readonly Pair[], better: Better): Pair {
  const bestFirst = [...pairs].sort((a, b) => (a.value / a.reference - b.value / b.reference) * (better === 'higher' ? -1 : 1));
  const middle = bestFirst[Math.floor(bestFirst.length / 2)];
  if (middle === undefined) throw new Error('no pairs to take the middle one of');
  return middle;
}

/** The middle one, or the mean of the middle two. @throws Error without values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (low === undefined || high === undefined) throw new Error('no values to take the median of');
  return (low + high) / 2;
}

/** To five digits: what a benchmark measures is not more exact than that. */
export function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
