import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type LocalDay, type PeriodType } from '../common/index.js';
import { type Figures, type Sums } from './figures.js';
import { type Detail, type FiguresBy, type FiguresRow, rawParameters, toFigures } from './figures-row.js';
import { rawFigures, readableFigureList } from './figures-sql.js';

/** Which rows: one workflow, `CLIENT_WIDE`, or every workflow together with the client-wide row. */
export type RollupScope = number | 'all';

/** The `workflow_id` of rows that stand for the whole client. */
export const CLIENT_WIDE = 0;

/** The days, weeks or months that begin in `from`..`to` (inclusive). */
export interface Stretch {
  type: PeriodType;
  from: LocalDay;
  to: LocalDay;
}

/** A stored period of a workflow or of the client. */
export interface RollupRow<F extends Sums = Figures> {
  periodType: PeriodType;
  periodStart: LocalDay;
  workflowId: number;
  figures: F;
  timezone: string;
  mixedZone: boolean;
  computedAt: Date;
}

/** Figures of a local day, from raw executions. */
export interface DayFigures {
  day: LocalDay;
  workflowId: number;
  figures: Figures;
}

/** What the client's day rows of a range say about themselves. */
export interface DaysProvenance {
  stored: boolean;
  /** When the newest was computed. */
  computedAt: Date | null;
  mixedZone: boolean;
}

type Keyed<D extends Detail> = FiguresRow[D] & { start: LocalDay; workflow_id: string };
type Stored<D extends Detail> = Keyed<D> & { type: PeriodType; timezone: string; mixed_zone: boolean; computed_at: Date };

/**
 * $2 types, $3 and $4 first and last days on which a period begins, $5 a workflow. OFFSET keeps the planner, which cannot know how
 * short the stretches are, from reading the whole table for all of them at once.
 */
const rowsSql = (detail: Detail, scope: RollupScope): string => `
  SELECT m.*
    FROM unnest($2::text[], $3::date[], $4::date[]) AS s(type, first, last)
   CROSS JOIN LATERAL (
     SELECT m.period_type AS type, to_char(m.period_start, 'YYYY-MM-DD') AS start, m.workflow_id, m.timezone, m.mixed_zone, m.computed_at,
            ${readableFigureList('m', detail)}
       FROM metrics_aggregations m
      WHERE m.client_id = $1 AND m.period_type = s.type AND m.period_start BETWEEN s.first AND s.last
            ${scope === 'all' ? '' : 'AND m.workflow_id = $5'}
     OFFSET 0
   ) AS m`;

/** $2 and $3 first and last day, $4 days left out. */
const provenanceSql = `
  SELECT count(*) > 0 AS stored, max(m.computed_at) AS computed_at,
         coalesce(bool_or(m.mixed_zone), false) OR count(DISTINCT m.timezone) > 1 AS mixed_zone
    FROM metrics_aggregations m
   WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.workflow_id = ${CLIENT_WIDE} AND m.period_start BETWEEN $2 AND $3
     AND m.period_start <> ALL($4::date[])`;

const rawSql = `WITH ${rawFigures}
SELECT to_char(f.day, 'YYYY-MM-DD') AS start, f.workflow_id, ${readableFigureList('f', 'histogram')} FROM fresh f ORDER BY f.day, f.workflow_id`;

/**
 * Reads figures. Each method takes the caller's transaction, so that rollups, dirty days and raw executions of one answer
 * are of one moment.
 */
@Injectable()
export class AggregationReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** The stored periods of some stretches, in no order. Periods without executions have no row. */
  async rows<D extends Detail>(
    clientId: number,
    { stretches, scope, detail }: { stretches: readonly Stretch[]; scope: RollupScope; detail: D },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<RollupRow<FiguresBy[D]>[]> {
    if (stretches.length === 0) return [];
    const of = (key: keyof Stretch): string[] => stretches.map((stretch) => stretch[key]);
    const parameters = [clientId, of('type'), of('from'), of('to'), ...(scope === 'all' ? [] : [scope])];
    const rows = await manager.query<Stored<D>[]>(rowsSql(detail, scope), parameters);
    return rows.map((row) => toRollup(row, detail));
  }

  /** What the client's day rows of `from`..`to` say, leaving out `except`. */
  async provenance(
    clientId: number,
    { from, to, except }: { from: LocalDay; to: LocalDay; except: readonly LocalDay[] },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<DaysProvenance> {
    const [row] = await manager.query<{ stored: boolean; computed_at: Date | null; mixed_zone: boolean }[]>(provenanceSql, [
      clientId,
      from,
      to,
      except,
    ]);
    if (row === undefined) throw new Error('an aggregate gave no row');
    return { stored: row.stored, computedAt: row.computed_at, mixedZone: row.mixed_zone };
  }

  /** Day rows before `before` in which the workflow has successes, within ranges of days (both ends inclusive). */
  async countDaysWithSuccesses(
    clientId: number,
    { workflowId, before, ranges }: { workflowId: number; before: LocalDay; ranges: readonly { from: LocalDay; to: LocalDay }[] },
  ): Promise<number> {
    const [row] = await this.dataSource.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM metrics_aggregations m
        WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.workflow_id = $2 AND m.period_start < $3 AND m.successful_executions > 0
          AND EXISTS (SELECT 1 FROM unnest($4::date[], $5::date[]) AS r(first, last) WHERE m.period_start BETWEEN r.first AND r.last)`,
      [clientId, workflowId, before, ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
    );
    return Number(row?.n ?? 0);
  }

  /**
   * What the day rows of these days would be, by the very SELECT that writes them. Days without executions give no row. Leave
   * frozen days out: their raw data is partly gone.
   */
  async figuresFromRaw(
    clientId: number,
    { days, timezone, scope }: { days: readonly LocalDay[]; timezone: string; scope: RollupScope },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<DayFigures[]> {
    if (days.length === 0) return [];
    const rows = await manager.query<Keyed<'histogram'>[]>(
      rawSql,
      rawParameters(clientId, days, timezone, scope === 'all' ? null : scope),
    );
    return rows.map((row) => ({ day: row.start, workflowId: Number(row.workflow_id), figures: toFigures.histogram(row) }));
  }
}

function toRollup<D extends Detail>(row: Stored<D>, detail: D): RollupRow<FiguresBy[D]> {
  return {
    periodType: row.type,
    periodStart: row.start,
    workflowId: Number(row.workflow_id),
    figures: toFigures[detail](row),
    timezone: row.timezone,
    mixedZone: row.mixed_zone,
    computedAt: row.computed_at,
  };
}
