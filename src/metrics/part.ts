import {
  type DayFigures,
  type DaysProvenance,
  type Figures,
  mergeFigures,
  type PlacedFigures,
  type RollupRow,
} from '../aggregator/index.js';
import { type LocalDay } from '../common/index.js';

/** Where figures come from: stored rollups, raw executions counted just now, or some days of each. */
export type Source = 'rollup' | 'raw' | 'mixed';

/** Where the figures of a stretch of days come from. */
export interface Provenance {
  source: Source;
  /** When the newest rollup in it was computed; `null` when there is none in it. */
  computedAt: Date | null;
  /** The zone changed within: days overlap or lose hours. */
  mixedZone: boolean;
}

/** Figures of a stretch of days and where they come from. */
export interface Part<F extends Figures | PlacedFigures = Figures | PlacedFigures> extends Provenance {
  figures: F;
}

/** What the days of a range are made of. */
export interface DayFacts {
  /** Days that are read from raw executions; their rollups do not count. */
  rawDays: ReadonlySet<LocalDay>;
  rollups: ReadonlyMap<LocalDay, RollupRow>;
  raw: ReadonlyMap<LocalDay, Figures>;
}

/** A stored rollup as it is. */
export function partOfRow({ figures, computedAt, mixedZone }: RollupRow<PlacedFigures>): Part {
  return { figures, source: 'rollup', computedAt, mixedZone };
}

/**
 * The days as one part. A clean day without a rollup is an empty one.
 * @param days all days of the stretch
 * @param today days after it have no say in `source`: nobody has counted them
 */
export function partOfDays(days: readonly LocalDay[], facts: DayFacts, today: LocalDay): Part<Figures> {
  const rows = days.flatMap((day) => (facts.rawDays.has(day) ? [] : (facts.rollups.get(day) ?? [])));
  const fresh = days.flatMap((day) => (facts.rawDays.has(day) ? (facts.raw.get(day) ?? []) : []));
  return {
    figures: mergeFigures([...rows.map((row) => row.figures), ...fresh]),
    ...provenanceOf(days, facts.rawDays, sayingsOf(rows), today),
  };
}

/**
 * @param days all days of the stretch
 * @param rows what its clean days with a rollup say
 * @param today days after it have no say in `source`: nobody has counted them
 */
export function provenanceOf(
  days: readonly LocalDay[],
  rawDays: ReadonlySet<LocalDay>,
  rows: DaysProvenance,
  today: LocalDay,
): Provenance {
  const counted = days.some((day) => rawDays.has(day));
  const cleanBegun = days.some((day) => day <= today && !rawDays.has(day));
  return {
    source: !counted ? 'rollup' : cleanBegun || rows.stored ? 'mixed' : 'raw',
    computedAt: rows.computedAt,
    mixedZone: rows.mixedZone,
  };
}

/** The figures of each workflow that has any, the client among them; `parts` do not overlap. */
export function figuresByWorkflow(parts: readonly (RollupRow | DayFigures)[]): Map<number, Figures> {
  const byWorkflow = new Map<number, Figures[]>();
  for (const { workflowId, figures } of parts) {
    const known = byWorkflow.get(workflowId);
    if (known === undefined) byWorkflow.set(workflowId, [figures]);
    else known.push(figures);
  }
  return new Map([...byWorkflow].map(([workflowId, all]) => [workflowId, mergeFigures(all)]));
}

function sayingsOf(rows: readonly RollupRow[]): DaysProvenance {
  return {
    stored: rows.length > 0,
    computedAt: newest(rows.map((row) => row.computedAt)),
    mixedZone: rows.some((row) => row.mixedZone) || new Set(rows.map((row) => row.timezone)).size > 1,
  };
}

function newest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((best, time) => (best === null || time > best ? time : best), null);
}
