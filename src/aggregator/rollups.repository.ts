import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lastDayOf, type LocalDay, periodStartOf, type PeriodType } from '../common/index.js';
import { type ClientLockState, raiseDataVersion, withClientLock } from '../database/index.js';
import { displayFigures, figureColumns, figureList, mergedFigures, rawFigures } from './figures-sql.js';
import { rawParameters } from './figures-row.js';
import { shiftedPeriods } from './shift-sql.js';

export type LongPeriodType = Exclude<PeriodType, 'daily'>;
export const longPeriodTypes = ['weekly', 'monthly'] as const satisfies LongPeriodType[];

/** What writing one day came to. */
export interface WrittenDay {
  /** Rows written or removed. */
  rows: number;
  /** Workflows whose week or month is still to be merged from its days. */
  unwritten: Record<LongPeriodType, readonly number[]>;
  /** All days of the client were and are cut in its zone, and none is flagged: there is no seam to mark. */
  oneZone: boolean;
}

/** Weeks or months by their starts. */
export interface LongPeriods {
  type: LongPeriodType;
  starts: readonly LocalDay[];
  workflowIds?: readonly number[];
  /** Rows that another week start left in them go. */
  cleared?: boolean;
}

/** What a statement changed: rows written or removed, and whose. */
export interface Written {
  rows: number;
  workflowIds: number[];
}

const display = Object.values(displayFigures).join(', ');

const stored = [...figureColumns, ...Object.keys(displayFigures), 'timezone', 'mixed_zone'];

const into = `INSERT INTO metrics_aggregations AS m
    (client_id, period_type, period_start, workflow_id, ${stored.join(', ')}, computed_at)`;

const whereChanged = `ON CONFLICT ON CONSTRAINT pk_metrics_aggregations DO UPDATE
    SET ${[...stored, 'computed_at'].map((column) => `${column} = EXCLUDED.${column}`).join(', ')}
    WHERE (${stored.map((column) => `m.${column}`).join(', ')})
      IS DISTINCT FROM (${stored.map((column) => `EXCLUDED.${column}`).join(', ')})
    RETURNING m.workflow_id`;

const whatWasDone = `SELECT count(*) AS rows, coalesce(array_agg(DISTINCT workflow_id), '{}') AS workflow_ids
  FROM (SELECT workflow_id FROM changed UNION ALL SELECT workflow_id FROM removed) AS touched`;

/** $7 zone, $8 now. The flag of a zone seam belongs to the day: its rows have it from the client-wide one. */
const writtenDays = `WITH ${rawFigures}, seams AS (
  SELECT period_start AS day FROM metrics_aggregations
   WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0 AND period_start = ANY($2::date[]) AND mixed_zone
), changed AS (
  ${into}
  SELECT $1, 'daily', f.day, f.workflow_id, ${figureList('f')}, ${display}, $7, f.day IN (SELECT day FROM seams), $8::timestamptz
    FROM fresh f
  ${whereChanged}
), removed AS (
  DELETE FROM metrics_aggregations m
   WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.period_start = ANY($2::date[])
     AND (m.period_start, m.workflow_id) NOT IN (SELECT day, workflow_id FROM fresh)
  RETURNING m.workflow_id
)`;

const writeDaysSql = `${writtenDays} ${whatWasDone}`;

/** $9 and $10 types and first days of the periods that the one day is in. */
const writeDaySql = `${writtenDays}, ${shiftedPeriods}, touched AS (
  SELECT workflow_id FROM changed UNION ALL SELECT workflow_id FROM removed
) SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM shifted) AS rows,
         ARRAY(SELECT workflow_id FROM touched EXCEPT SELECT workflow_id FROM shifted WHERE type = 'weekly') AS weekly,
         ARRAY(SELECT workflow_id FROM touched EXCEPT SELECT workflow_id FROM shifted WHERE type = 'monthly') AS monthly,
         NOT EXISTS (SELECT 1 FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0
                        AND (timezone <> $7 OR mixed_zone)) AS one_zone`;

/**
 * $1 client, $2 period type, $3 and $4 first and last days of the periods, $5 now, $6 some workflows or null. With $7, rows that begin
 * inside a period but not at its start, and so come from another week start, go. Whether a zone seam is in a period is
 * asked of the client's days, so that a workflow that did not run on those says so too.
 */
const writePeriodsSql = `WITH periods AS (
  SELECT * FROM unnest($3::date[], $4::date[]) AS p(start, last)
), seams AS (
  SELECT p.start, bool_or(d.mixed_zone) AS mixed_zone
    FROM periods p
    JOIN metrics_aggregations d ON d.client_id = $1 AND d.period_type = 'daily' AND d.period_start BETWEEN p.start AND p.last
   WHERE d.workflow_id = 0 GROUP BY p.start
), ${mergedFigures('($6::bigint[] IS NULL OR d.workflow_id = ANY($6))')}, changed AS (
  ${into}
  SELECT $1, $2, f.start, f.workflow_id, ${figureList('f')}, ${display}, f.timezone, seams.mixed_zone, $5::timestamptz
    FROM merged f JOIN seams USING (start)
  ${whereChanged}
), removed AS (
  DELETE FROM metrics_aggregations m USING periods p
   WHERE m.client_id = $1 AND m.period_type = $2 AND m.period_start BETWEEN p.start AND p.last
     AND ($6::bigint[] IS NULL OR m.workflow_id = ANY($6)) AND ($7 OR m.period_start = p.start)
     AND (m.period_start, m.workflow_id) NOT IN (SELECT start, workflow_id FROM merged)
  RETURNING m.workflow_id
) ${whatWasDone}`;

/** $1 client, $2 its zone, $3 the first day that is not frozen. */
const markSeamsSql = `WITH neighbours AS (
  SELECT period_start, mixed_zone, timezone, lag(timezone) OVER in_order AS before, lead(timezone) OVER in_order AS after
    FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0
  WINDOW in_order AS (ORDER BY period_start)
), wrong AS (
  SELECT period_start, NOT mixed_zone AS mixed_zone FROM neighbours
   WHERE mixed_zone <> (coalesce(before <> timezone, false) OR coalesce(after <> timezone, false))
), marked AS (
  UPDATE metrics_aggregations m SET mixed_zone = w.mixed_zone FROM wrong w
   WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.period_start = w.period_start
) SELECT to_char(period_start, 'YYYY-MM-DD') AS day, true AS seam FROM wrong
  UNION ALL SELECT to_char(period_start, 'YYYY-MM-DD'), false FROM neighbours WHERE timezone <> $2 AND period_start >= $3`;

/** Writes rollup rows, and only those that change. Every writing method needs the client's lock. */
@Injectable()
export class RollupsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** One transaction under the client's lock. */
  async locked<T>(clientId: number, work: (manager: EntityManager, state: ClientLockState) => Promise<T>): Promise<T> {
    return withClientLock(this.dataSource, clientId, work);
  }

  /** Makes the day rows equal to what raw gives. */
  async writeDays(
    manager: EntityManager,
    clientId: number,
    zone: string,
    days: readonly LocalDay[],
    now: Date,
  ): Promise<Written> {
    if (days.length === 0) return { rows: 0, workflowIds: [] };
    return written(manager, writeDaysSql, [...rawParameters(clientId, days, zone, null), zone, now]);
  }

  /** Makes the rows of one day equal to what raw gives, and moves its week and month along with it. */
  async writeDay(
    manager: EntityManager,
    clientId: number,
    zone: string,
    { day, weekStartsOn }: { day: LocalDay; weekStartsOn: number },
    now: Date,
  ): Promise<WrittenDay> {
    const starts = longPeriodTypes.map((type) => periodStartOf(type, day, weekStartsOn));
    const parameters = [...rawParameters(clientId, [day], zone, null), zone, now, longPeriodTypes, starts];
    const [done] = await manager.query<{ rows: string; weekly: string[]; monthly: string[]; one_zone: boolean }[]>(
      writeDaySql,
      parameters,
    );
    if (done === undefined) throw new Error('a SELECT without FROM gave no row');
    const unwritten = { weekly: done.weekly.map(Number), monthly: done.monthly.map(Number) };
    return { rows: Number(done.rows), unwritten, oneZone: done.one_zone };
  }

  /**
   * Flags the days on both sides of a change of zone, and takes flags back that no longer apply.
   * @returns the days whose flag changed, and those from `firstLive` on that are still cut by another zone than the client's
   */
  async markSeams(
    manager: EntityManager,
    clientId: number,
    { zone, firstLive }: { zone: string; firstLive: LocalDay },
  ): Promise<{ flagged: LocalDay[]; ofAnotherZone: LocalDay[] }> {
    const rows = await manager.query<{ day: LocalDay; seam: boolean }[]>(markSeamsSql, [clientId, zone, firstLive]);
    const days = (seam: boolean): LocalDay[] => rows.filter((row) => row.seam === seam).map(({ day }) => day);
    return { flagged: days(true), ofAnotherZone: days(false) };
  }

  /** Makes the rows of whole weeks or months equal to the sum of their day rows; only those of some workflows when given. */
  async writePeriods(manager: EntityManager, clientId: number, periods: LongPeriods, now: Date): Promise<Written> {
    const { type, starts, workflowIds, cleared = false } = periods;
    if (starts.length === 0 || workflowIds?.length === 0) return { rows: 0, workflowIds: [] };
    const lasts = starts.map((start) => lastDayOf(type, start));
    return written(manager, writePeriodsSql, [clientId, type, starts, lasts, now, workflowIds ?? null, cleared]);
  }

  /** Whether week rows, of the client or of any workflow, begin on another day than the client's weeks do now. */
  async hasWeeksOfAnotherStart(manager: EntityManager, clientId: number): Promise<boolean> {
    const [row] = await manager.query<{ found: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM metrics_aggregations m JOIN clients c ON c.id = m.client_id
                       WHERE m.client_id = $1 AND m.period_type = 'weekly'
                         AND extract(dow FROM m.period_start) <> c.week_starts_on) AS found`,
      [clientId],
    );
    return row?.found === true;
  }

  /** The first and last day on which any of the client's rows begins. */
  async span(clientId: number): Promise<{ from: LocalDay; to: LocalDay } | undefined> {
    const [row] = await this.dataSource.query<{ from: LocalDay | null; to: LocalDay | null }[]>(
      `SELECT to_char(min(period_start), 'YYYY-MM-DD') AS from, to_char(max(period_start), 'YYYY-MM-DD') AS to
         FROM metrics_aggregations WHERE client_id = $1`,
      [clientId],
    );
    return row?.from == null || row.to === null ? undefined : { from: row.from, to: row.to };
  }

  /** Says that answers made of the client's rollups are out of date. */
  async raiseDataVersion(manager: EntityManager, clientId: number): Promise<void> {
    await raiseDataVersion(manager, clientId);
  }
}

async function written(manager: EntityManager, sql: string, parameters: unknown[]): Promise<Written> {
  const [done] = await manager.query<{ rows: string; workflow_ids: string[] }[]>(sql, parameters);
  return { rows: Number(done?.rows ?? 0), workflowIds: (done?.workflow_ids ?? []).map(Number) };
}
