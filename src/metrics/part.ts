import { type Figures, mergeFigures, type RollupRow } from '../aggregator/index.js';
import { type LocalDay } from '../common/index.js';

/** Where figures come from: stored rollups, raw executions counted just now, or some days of each. */
export type Source = 'rollup' | 'raw' | 'mixed';

/** Figures of a stretch of days and where they come from. */
export interface Part {
  figures: Figures;
  source: Source;
  /** When the newest rollup in it was computed; `null` when there is none in it. */
  computedAt: Date | null;
  /** The zone changed within: days overlap or lose hours. */
  mixedZone: boolean;
}

/** What the days of a range are made of. */
export interface DayFacts {
  /** Days that are read from raw executions; their rollups do not count. */
  rawDays: ReadonlySet<LocalDay>;
  rollups: ReadonlyMap<LocalDay, RollupRow>;
  raw: ReadonlyMap<LocalDay, Figures>;
}

/** A stored rollup as it is. */
export function partOfRow(row: RollupRow): Part {
  return { figures: row.figures, source: 'rollup', computedAt: row.computedAt, mixedZone: row.mixedZone };
}

/**
 * The days as one part. A clean day without a rollup is an empty one.
 * @param days all days of the stretch
 * @param today days after it have no say in `source`: nobody has counted them
 */
export function partOfDays(days: readonly LocalDay[], facts: DayFacts, today: LocalDay): Part {
  const clean = days.filter((day) => !facts.rawDays.has(day));
  const rows = clean.flatMap((day) => facts.rollups.get(day) ?? []);
  const counted = days.filter((day) => facts.rawDays.has(day));
  const fresh = counted.flatMap((day) => facts.raw.get(day) ?? []);
  const cleanBegun = clean.some((day) => day <= today);
  return {
    figures: mergeFigures([...rows.map((row) => row.figures), ...fresh]),
    source: counted.length === 0 ? 'rollup' : cleanBegun || rows.length > 0 ? 'mixed' : 'raw',
    computedAt: newest(rows.map((row) => row.computedAt)),
    mixedZone: rows.some((row) => row.mixedZone) || new Set(rows.map((row) => row.timezone)).size > 1,
  };
}

function newest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((best, time) => (best === null || time > best ? time : best), null);
}
