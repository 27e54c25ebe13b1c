import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type LocalDay, type PeriodType } from '../common/index.js';
import { type Figures } from './figures.js';
import { type FiguresRow, rawParameters, toFigures } from './figures-row.js';
import { mergedFigures, rawFigures, readableFigureList } from './figures-sql.js';

/** Which rows: one workflow, `CLIENT_WIDE`, or every workflow together with the client-wide row. */
export type RollupScope = number | 'all';

/** The `workflow_id` of rows that stand for the whole client. */
export const CLIENT_WIDE = 0;

/** A stored period of a workflow or of the client. */
export interface RollupRow {
  periodStart: LocalDay;
  workflowId: number;
  figures: Figures;
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

/** Figures of a workflow, or of the client, over a range of days. */
export interface RangeFigures {
  workflowId: number;
  figures: Figures;
}

type Keyed = FiguresRow & { start: LocalDay; workflow_id: string };
type Stored = Keyed & { timezone: string; mixed_zone: boolean; computed_at: Date };

const rowsSql = `
  SELECT to_char(m.period_start, 'YYYY-MM-DD') AS start, m.workflow_id, m.timezone, m.mixed_zone, m.computed_at, ${readableFigureList('m')}
    FROM metrics_aggregations m
   WHERE m.client_id = $1 AND m.period_type = $2 AND m.period_start BETWEEN $3 AND $4`;

/** $2 and $3 first and last day, $4 days left out, $5 one workflow or null. */
const rangeSql = `WITH periods AS (
  SELECT $2::date AS start, $3::date AS last
), ${mergedFigures({ workflows: '($5::bigint IS NULL OR d.workflow_id = $5)', days: 'd.period_start <> ALL($4::date[])' })}
SELECT f.workflow_id, ${readableFigureList('f')} FROM merged f ORDER BY f.workflow_id`;

const rawSql = `WITH ${rawFigures}
SELECT to_char(f.day, 'YYYY-MM-DD') AS start, f.workflow_id, ${readableFigureList('f')} FROM fresh f ORDER BY f.day, f.workflow_id`;

/**
 * Reads figures. Each method takes the caller's transaction, so that rollups, dirty days and raw executions of one answer
 * are of one moment.
 */
@Injectable()
export class AggregationReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** The stored periods that begin in `from`..`to` (inclusive), by start and workflow. Periods without executions have no row. */
  async rows(
    clientId: number,
    { type, from, to, scope }: { type: PeriodType; from: LocalDay; to: LocalDay; scope: RollupScope },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<RollupRow[]> {
    const [only, parameters] = scope === 'all' ? ['', []] : ['AND m.workflow_id = $5', [scope]];
    const sql = `${rowsSql} ${only} ORDER BY m.period_start, m.workflow_id`;
    const rows = await manager.query<Stored[]>(sql, [clientId, type, from, to, ...parameters]);
    return rows.map((row) => ({
      periodStart: row.start,
      workflowId: Number(row.workflow_id),
      figures: toFigures(row),
      timezone: row.timezone,
      mixedZone: row.mixed_zone,
      computedAt: row.computed_at,
    }));
  }

  /** The day rows of `from`..`to` merged into one per workflow, leaving out `except`: dirty days, read from raw instead. */
  async rangeFigures(
    clientId: number,
    { from, to, scope, except = [] }: { from: LocalDay; to: LocalDay; scope: RollupScope; except?: readonly LocalDay[] },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<RangeFigures[]> {
    const rows = await manager.query<Keyed[]>(rangeSql, [clientId, from, to, except, scope === 'all' ? null : scope]);
    return rows.map((row) => ({ workflowId: Number(row.workflow_id), figures: toFigures(row) }));
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
    const rows = await manager.query<Keyed[]>(rawSql, rawParameters(clientId, days, timezone, scope === 'all' ? null : scope));
    return rows.map((row) => ({ day: row.start, workflowId: Number(row.workflow_id), figures: toFigures(row) }));
  }
}
