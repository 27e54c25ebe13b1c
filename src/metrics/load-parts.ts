import { type RollupRow } from '../aggregator/index.js';
import { lastDayOf, type LocalDay, type PeriodType } from '../common/index.js';
import { type DayRange, daysOf } from './metric-range.js';
import { type DayFacts, type Part, partOfDays, partOfRow } from './part.js';
import { type Snapshot } from './snapshot.read-model.js';

/** What is read: which workflow (CLIENT_WIDE for the client), and what day it is there. */
export interface PartScope {
  workflowId: number;
  today: LocalDay;
}

/** The figures of a range of days as one part. */
export async function loadRange(snapshot: Snapshot, { startDate, endDate }: DayRange, scope: PartScope): Promise<Part> {
  const rawDays = await snapshot.rawDays(startDate, endDate, scope.today);
  const facts = await loadDays(snapshot, startDate, endDate, rawDays, scope.workflowId);
  return partOfDays(daysOf(startDate, endDate), facts, scope.today);
}

/**
 * One part per period, in the order of `starts` (rising). Weeks and months come from their own rollups; those with a day
 * that must be read from raw, and those without a rollup, are put together from their days.
 */
export async function loadSeries(
  snapshot: Snapshot,
  type: PeriodType,
  starts: readonly LocalDay[],
  scope: PartScope,
): Promise<Part[]> {
  const first = starts[0];
  const lastStart = starts.at(-1);
  if (first === undefined || lastStart === undefined) return [];
  const last = lastDayOf(type, lastStart);
  const rawDays = await snapshot.rawDays(first, last, scope.today);
  const whole =
    type === 'daily' ? new Map<LocalDay, RollupRow>() : byStart(await snapshot.rollups(type, first, last, scope.workflowId));
  const usable = starts.map((start) => usableRow(whole.get(start), start, lastDayOf(type, start), rawDays));
  const fromDays = starts.filter((_, i) => usable[i] === undefined);
  const facts = await loadDays(snapshot, fromDays[0], lastDayOf(type, fromDays.at(-1) ?? lastStart), rawDays, scope.workflowId);
  return starts.map((start, i) => {
    const row = usable[i];
    return row === undefined ? partOfDays(daysOf(start, lastDayOf(type, start)), facts, scope.today) : partOfRow(row);
  });
}

function usableRow(
  row: RollupRow | undefined,
  start: LocalDay,
  last: LocalDay,
  rawDays: readonly LocalDay[],
): RollupRow | undefined {
  return rawDays.some((day) => day >= start && day <= last) ? undefined : row;
}

async function loadDays(
  snapshot: Snapshot,
  from: LocalDay | undefined,
  to: LocalDay,
  rawDays: readonly LocalDay[],
  workflowId: number,
): Promise<DayFacts> {
  if (from === undefined) return { rawDays: new Set(), rollups: new Map(), raw: new Map() };
  const rollups = byStart(await snapshot.rollups('daily', from, to, workflowId));
  const raw = await snapshot.rawFigures(rawDays, workflowId);
  return { rawDays: new Set(rawDays), rollups, raw: new Map(raw.map(({ day, figures }) => [day, figures])) };
}

function byStart(rows: readonly RollupRow[]): Map<LocalDay, RollupRow> {
  return new Map(rows.map((row) => [row.periodStart, row]));
}
