import { isDeepStrictEqual } from 'node:util';
import { isFrozen } from '../../src/aggregator/frozen.js';
import { lastDayOf, type LocalDay, periodStartOf, type PeriodType } from '../../src/common/index.js';
import { classify, type CompiledRules } from '../../src/production-filter/index.js';
import { grouped, percentilesOf, plainRollups, type PlainRow, quotients, rowKey } from './aggregator.oracle.js';
import { type Snapshot } from './histories.snapshot.js';

interface Key {
  type: PeriodType;
  start: LocalDay;
  workflow: string;
}

function keyOf(key: string): Key {
  const [type, start, workflow] = key.split(' ') as [PeriodType, LocalDay, string];
  return { type, start, workflow };
}

/** Every stored execution carries the verdict of the rules and names that hold. */
export function expectVerdicts(snapshot: Snapshot, rules: CompiledRules): void {
  const verdicts = snapshot.runs.map(({ id, isProduction, filterReason }) => ({ id, isProduction, filterReason }));
  const expected = snapshot.runs.map(({ id, ms, workflow, ...run }) => {
    const { production, reason } = classify({ ...run, durationMs: ms }, workflow, rules);
    return { id, isProduction: production, filterReason: reason };
  });
  expect(verdicts).toEqual(expected);
}

/** At the moment in which the floor rises, every day that freezes with it equals raw. */
export function expectCleanFreeze(freeze: Snapshot): void {
  const freezes = ({ type, start }: Key): boolean =>
    type === 'daily' && isFrozen(start, freeze.zone, freeze.floor) && !isFrozen(start, freeze.zone, freeze.floorBefore);
  expectSame(pick(freeze.rollups, freezes), pick(plainOf(freeze), freezes));
}

/** Days that are frozen, whatever the zone was, are what they were when they froze. */
export function expectUnchanged(freeze: Snapshot, end: Snapshot, zones: readonly string[]): void {
  const frozen = ({ type, start }: Key): boolean =>
    type === 'daily' && zones.every((zone) => isFrozen(start, zone, freeze.floor));
  expectSame(pick(end.rollups, frozen), pick(freeze.rollups, frozen));
}

/** Every day and every period that is not frozen equals what raw gives. */
export function expectLaw(end: Snapshot): void {
  // A period is live when its first day is: frozen days are the oldest ones.
  const live = ({ start }: Key): boolean => !isFrozen(start, end.zone, end.floor);
  expectSame(pick(end.rollups, live), pick(plainOf(end), live));
}

/** Weeks and months are the sums of their days, frozen or not. */
export function expectSums({ rollups, weekStartsOn }: Snapshot): void {
  const days = pick(rollups, ({ type }) => type === 'daily');
  const expected: Record<string, PlainRow> = {};
  for (const type of ['weekly', 'monthly'] as const) {
    const periods = grouped(Object.entries(days), ([key]) => {
      const { start, workflow } = keyOf(key);
      return rowKey(type, periodStartOf(type, start, weekStartsOn), workflow);
    });
    for (const [key, rows] of periods) {
      const inOrder = rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      expected[key] = { ...sumOf(inOrder), mixed_zone: String(hasSeam(days, keyOf(key))) };
    }
  }
  expect(pick(rollups, ({ type }) => type !== 'daily')).toEqual(expected);
}

/** The days on both sides of a change of zone say so, and no others. */
export function expectSeams({ rollups }: Snapshot): void {
  const days = Object.entries(pick(rollups, ({ type }) => type === 'daily')).map(([key, row]) => ({ ...keyOf(key), row }));
  const order = days.filter(({ workflow }) => workflow === '0').sort((a, b) => (a.start < b.start ? -1 : 1));
  const seams = new Set(
    order
      .filter(({ row }, i) =>
        [order[i - 1], order[i + 1]].some((beside) => beside !== undefined && beside.row.timezone !== row.timezone),
      )
      .map(({ start }) => start),
  );
  const flagged = days.map(({ start, workflow, row }) => ({ start, workflow, mixed: row.mixed_zone }));
  expect(flagged).toEqual(days.map(({ start, workflow }) => ({ start, workflow, mixed: String(seams.has(start)) })));
}

function hasSeam(days: Readonly<Record<string, PlainRow>>, { type, start }: Key): boolean {
  const last = lastDayOf(type, start);
  return Object.entries(days).some(([key, row]) => {
    const day = keyOf(key);
    return day.workflow === '0' && day.start >= start && day.start <= last && row.mixed_zone === 'true';
  });
}

function plainOf({ runs, values, zone, weekStartsOn }: Snapshot): Map<string, PlainRow> {
  return plainRollups(runs, values, zone, weekStartsOn);
}

function pick(rows: ReadonlyMap<string, PlainRow>, which: (key: Key) => boolean): Record<string, PlainRow> {
  return Object.fromEntries([...rows].filter(([key]) => which(keyOf(key))));
}

/** Equal but for the flag of a seam, which belongs to a day and its neighbours and not to its executions. */
function expectSame(rows: Record<string, PlainRow>, expected: Record<string, PlainRow>): void {
  const plain = (all: Record<string, PlainRow>): Record<string, PlainRow> =>
    Object.fromEntries(Object.entries(all).map(([key, row]) => [key, { ...row, mixed_zone: 'any' }]));
  const [actual, wanted] = [plain(rows), plain(expected)];
  // Comparing comes a hundred times before printing the difference once.
  if (!isDeepStrictEqual(actual, wanted)) expect(actual).toEqual(wanted);
}

const extremes = new Set(['min_execution_time_ms', 'max_execution_time_ms']);
const histogram = ['duration_buckets', 'duration_counts', 'duration_percentiles'];
const derived = new Set([...Object.keys(quotients({ total: 0, successful: 0, timed: 0, totalMs: 0, valued: 0, savedMs: 0 }))]);
const apart = new Set([...extremes, ...histogram, ...derived, 'timezone', 'mixed_zone']);

/** Day rows as one, in the order of their days. */
function sumOf(rows: readonly PlainRow[]): PlainRow {
  const sums: Record<string, number> = {};
  const counts = new Map<number, number>();
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) if (!apart.has(column)) sums[column] = (sums[column] ?? 0) + Number(value);
    const [buckets, numbers] = histogram.map((column) => numbersOf(row[column]));
    buckets?.forEach((bucket, i) => counts.set(bucket, (counts.get(bucket) ?? 0) + (numbers?.[i] ?? 0)));
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const of = (column: string): number => sums[column] ?? 0;
  return {
    ...Object.fromEntries(Object.entries(sums).map(([column, value]) => [column, String(value)])),
    min_execution_time_ms: extreme(rows, 'min_execution_time_ms', Math.min),
    max_execution_time_ms: extreme(rows, 'max_execution_time_ms', Math.max),
    duration_buckets: `{${sorted.map(([bucket]) => bucket).join(',')}}`,
    duration_counts: `{${sorted.map(([, n]) => n).join(',')}}`,
    duration_percentiles: `{${percentilesOf(sorted.flatMap(([bucket, n]) => Array<number>(n).fill(bucket))).join(',')}}`,
    ...quotients({
      total: of('total_executions'),
      successful: of('successful_executions'),
      timed: of('timed_executions'),
      totalMs: of('total_execution_time_ms'),
      valued: of('successes_with_value'),
      savedMs: of('time_saved_ms'),
    }),
    timezone: rows.at(-1)?.timezone ?? null,
  };
}

function extreme(rows: readonly PlainRow[], column: string, choose: (...values: number[]) => number): string | null {
  const values = rows.flatMap((row) => (row[column] == null ? [] : [Number(row[column])]));
  return values.length === 0 ? null : String(choose(...values));
}

function numbersOf(text: string | null | undefined): number[] {
  return text == null || text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}
