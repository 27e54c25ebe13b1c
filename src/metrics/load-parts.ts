import {
  CLIENT_WIDE,
  type DayFigures,
  type Detail,
  emptyFigures,
  type Figures,
  type FiguresBy,
  mergeSums,
  type PlacedFigures,
  type RollupRow,
  type RollupScope,
  type Sums,
} from '../aggregator/index.js';
import { lastDayOf, type LocalDay, type PeriodType } from '../common/index.js';
import { cleanDays, coverOf } from './cover.js';
import { type DayRange, daysOf } from './metric-range.js';
import { figuresByWorkflow, type Part, partOfDays, partOfRow, provenanceOf } from './part.js';
import { type Snapshot } from './snapshot.read-model.js';

/** The figures of the client over a range of days, and of each of its workflows that has any, the client among them. */
export interface RangeParts {
  whole: Part<Figures>;
  workflows: ReadonlyMap<number, Figures>;
}

/** The client's figures over a range of days as one part. */
export async function loadRange(snapshot: Snapshot, range: DayRange, today: LocalDay): Promise<Part<Figures>> {
  return (await loadParts(snapshot, range, today, CLIENT_WIDE)).whole;
}

/** The same with the figures of every workflow. */
export async function loadWorkflows(snapshot: Snapshot, range: DayRange, today: LocalDay): Promise<RangeParts> {
  return loadParts(snapshot, range, today, 'all');
}

/** What trends need of a range: no percentiles, and not where it comes from. */
export async function loadSums(snapshot: Snapshot, range: DayRange, today: LocalDay): Promise<Sums> {
  const rawDays = await snapshot.rawDays(range.startDate, range.endDate, today);
  const parts = await loadPieces(snapshot, range, { rawDays, scope: CLIENT_WIDE, detail: 'sums' });
  return mergeSums(parts.map(({ figures }) => figures));
}

/**
 * One part per period, in the order of `starts` (rising), of a workflow or of the client. Periods with a day that must be read from raw, and those
 * without a rollup, are put together from their days.
 */
export async function loadSeries(
  snapshot: Snapshot,
  type: PeriodType,
  starts: readonly LocalDay[],
  { workflowId, today }: { workflowId: number; today: LocalDay },
): Promise<Part[]> {
  const first = starts[0];
  const lastStart = starts.at(-1);
  if (first === undefined || lastStart === undefined) return [];
  const last = lastDayOf(type, lastStart);
  const rawDays = await snapshot.rawDays(first, last, today);
  const whole = byStart(await snapshot.rollups([{ type, from: first, to: last }], workflowId, 'places'));
  const usable = starts.map((start) => usableRow(whole.get(start), start, lastDayOf(type, start), rawDays));
  const fromDays = starts.filter((_, i) => usable[i] === undefined);
  const clean = fromDays.flatMap((start) => cleanDays({ startDate: start, endDate: lastDayOf(type, start) }, rawDays));
  // A clean day that had no rollup a moment ago has none.
  const rows = type === 'daily' ? [] : await snapshot.rollups(clean, workflowId, 'histogram');
  const fresh = await snapshot.rawFigures(rawDays, workflowId);
  const facts = {
    rawDays: new Set(rawDays),
    rollups: byStart(rows),
    raw: new Map(fresh.map(({ day, figures }) => [day, figures])),
  };
  return starts.map((start, i) => {
    const row = usable[i];
    return row === undefined ? partOfDays(daysOf(start, lastDayOf(type, start)), facts, today) : partOfRow(row);
  });
}

async function loadParts(snapshot: Snapshot, range: DayRange, today: LocalDay, scope: RollupScope): Promise<RangeParts> {
  const rawDays = await snapshot.rawDays(range.startDate, range.endDate, today);
  const workflows = figuresByWorkflow(await loadPieces(snapshot, range, { rawDays, scope, detail: 'histogram' }));
  const says = await snapshot.provenance(range.startDate, range.endDate, rawDays);
  const days = daysOf(range.startDate, range.endDate);
  const whole = { figures: workflows.get(CLIENT_WIDE) ?? emptyFigures, ...provenanceOf(days, new Set(rawDays), says, today) };
  return { whole, workflows };
}

/** What the days of a range add up to, in as few pieces as there are: stored periods, stored days and raw days. */
async function loadPieces<D extends Detail>(
  snapshot: Snapshot,
  range: DayRange,
  { rawDays, scope, detail }: { rawDays: readonly LocalDay[]; scope: RollupScope; detail: D },
): Promise<(RollupRow<FiguresBy[D]> | DayFigures)[]> {
  const cover = coverOf(range, { rawDays, weekStartsOn: snapshot.client.weekStartsOn });
  const rows = await snapshot.rollups(cover, scope, detail);
  // A workflow that did not run has no row; the client's own one tells whether a week or month is there.
  const there = new Set(
    rows.filter((row) => row.workflowId === CLIENT_WIDE).map((row) => `${row.periodType} ${row.periodStart}`),
  );
  const isThere = (type: PeriodType, start: LocalDay): boolean => type === 'daily' || there.has(`${type} ${start}`);
  const missing = cover.filter(({ type, from }) => !isThere(type, from));
  const days = missing.flatMap(({ type, from }) => cleanDays({ startDate: from, endDate: lastDayOf(type, from) }, rawDays));
  return [
    ...rows.filter((row) => isThere(row.periodType, row.periodStart)),
    ...(await snapshot.rollups(days, scope, detail)),
    ...(await snapshot.rawFigures(rawDays, scope)),
  ];
}

function usableRow(
  row: RollupRow<PlacedFigures> | undefined,
  start: LocalDay,
  last: LocalDay,
  rawDays: readonly LocalDay[],
): RollupRow<PlacedFigures> | undefined {
  return rawDays.some((day) => day >= start && day <= last) ? undefined : row;
}

function byStart<F extends Sums>(rows: readonly RollupRow<F>[]): Map<LocalDay, RollupRow<F>> {
  return new Map(rows.map((row) => [row.periodStart, row]));
}
