import { dayRange, type LocalDay } from '../common/index.js';
import { daysOf } from './days-of.js';

export type TimeSavedSource = 'n8n' | 'manual';

/** Minutes from an instant on. By hand `null`: taken back, n8n's value applies again. By n8n `null`: it has none. */
export interface TimeSavedValue {
  validFrom: Date;
  source: TimeSavedSource;
  minutes: number | null;
}

/** Half-open; `to` null: without an end. */
export interface Stretch {
  from: Date;
  to: Date | null;
}

/** A part of a local day, half-open. */
export interface DaySlice {
  day: LocalDay;
  from: Date;
  to: Date;
}

/** What setting a value by hand does to the values of a workflow. */
export interface HandChange<T extends TimeSavedValue> {
  after: TimeSavedValue[];
  replaced: T[];
  added: TimeSavedValue | null;
}

/** The value that applies now, given the newest of each source: by hand before n8n. `null`: there is none. */
export function valueInForce<T extends TimeSavedValue>(newest: readonly T[]): T | null {
  const of = (source: TimeSavedSource): T | undefined =>
    newest.find((value) => value.source === source && value.minutes !== null);
  return of('manual') ?? of('n8n') ?? null;
}

/**
 * Sets a value by hand from an instant on. What was set by hand for that time goes, so that the new value is the one that
 * counts; nothing is added that only says again what applies by hand already.
 * @param before rising by `validFrom`
 */
export function setByHand<T extends TimeSavedValue>(before: readonly T[], from: Date, minutes: number | null): HandChange<T> {
  const isReplaced = ({ source, validFrom }: TimeSavedValue): boolean => source === 'manual' && validFrom >= from;
  const kept = before.filter((value) => !isReplaced(value));
  const lastByHand = kept.filter(({ source }) => source === 'manual').at(-1)?.minutes ?? null;
  const added: TimeSavedValue | null = minutes === lastByHand ? null : { validFrom: from, source: 'manual', minutes };
  return { after: added === null ? kept : [...kept, added], replaced: before.filter(isReplaced), added };
}

/** When the minutes of a success differ between two sets of values, in order; touching stretches are one. */
export function changedStretches(before: readonly TimeSavedValue[], after: readonly TimeSavedValue[]): Stretch[] {
  const [old, fresh] = [minutesByStart(before), minutesByStart(after)];
  const stretches: Stretch[] = [];
  let open: Date | null = null;
  let was: number | null = null;
  let is: number | null = null;
  for (const at of [...new Set([...old.keys(), ...fresh.keys()])].sort((a, b) => a - b)) {
    was = old.get(at) ?? (old.has(at) ? null : was);
    is = fresh.get(at) ?? (fresh.has(at) ? null : is);
    if (was !== is) open ??= new Date(at);
    else if (open !== null) {
      stretches.push({ from: open, to: new Date(at) });
      open = null;
    }
  }
  return open === null ? stretches : [...stretches, { from: open, to: null }];
}

/** The parts of local days that lie in the stretches and in `span` (both ends inclusive), without days that begin below the raw floor. */
export function daySlices(
  stretches: readonly Stretch[],
  span: { first: Date; last: Date },
  { timezone, rawFloor }: { timezone: string; rawFloor: Date },
): DaySlice[] {
  return stretches.flatMap(({ from, to }) => {
    const begin = from > span.first ? from : span.first;
    const end = to === null || to > span.last ? new Date(span.last.getTime() + 1) : to;
    if (begin >= end) return [];
    return daysOf({ first: begin, last: new Date(end.getTime() - 1) }, timezone).flatMap((day) => {
      const range = dayRange(day, timezone);
      if (range.start < rawFloor) return [];
      return [{ day, from: range.start > begin ? range.start : begin, to: range.end < end ? range.end : end }];
    });
  });
}

/** The minutes that count from each instant at which something is said, by the rule of `figures-sql.ts`. */
function minutesByStart(values: readonly TimeSavedValue[]): Map<number, number | null> {
  const steps = new Map<number, number | null>();
  const last: Record<TimeSavedSource, number | null> = { manual: null, n8n: null };
  for (const { validFrom, source, minutes } of [...values].sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())) {
    last[source] = minutes;
    steps.set(validFrom.getTime(), last.manual ?? last.n8n);
  }
  return steps;
}
