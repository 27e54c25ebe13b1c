import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lastDayOf, type LocalDay, type PeriodType } from '../common/index.js';
import { ClientGoneError } from '../database/index.js';
import { rawParameters } from './figures-row.js';
import { displayFigures, figureColumns, mergedFigures, rawFigures } from './figures-sql.js';

/** A rollup row that is not what it should be; values as PostgreSQL writes them. `null` row: there is none. */
export interface DifferingRow {
  start: LocalDay;
  workflowId: number;
  recomputed: Record<string, string | null> | null;
  stored: Record<string, string | null> | null;
}

/** What comparing some periods came to. `rows` were compared, of those that `differ` the first are listed. */
export interface ComparedRows {
  rows: number;
  differ: number;
  listed: DifferingRow[];
}

/** What an audit needs to know before it compares. */
export interface AuditState {
  timezone: string;
  weekStartsOn: number;
  rawFloor: Date;
  dataVersion: number;
  /** A changed zone or week start is not applied to the rollups yet. */
  configurationPending: boolean;
  /** First and last start of what raw still has, and first and last day that has a rollup; `null`: none. */
  raw: { first: Date; last: Date } | null;
  rollups: { first: LocalDay; last: LocalDay } | null;
  dirtyDays: LocalDay[];
}

interface StateRow {
  timezone: string;
  week_starts_on: number;
  raw_floor: Date;
  data_version: string;
  pending: boolean;
  first_start: Date | null;
  last_start: Date | null;
  first_day: LocalDay | null;
  last_day: LocalDay | null;
  dirty: LocalDay[];
}

interface ComparedRow {
  rows: string;
  differ: string;
  listed:
    { start: LocalDay; workflow_id: number; recomputed: DifferingRow['recomputed']; stored: DifferingRow['stored'] }[] | null;
}

const stateSql = `
  SELECT c.timezone, c.week_starts_on, f.raw_floor, s.data_version,
         s.applied_config_version <> c.config_version OR s.applied_timezone IS DISTINCT FROM c.timezone
           OR EXISTS (SELECT 1 FROM metrics_aggregations m WHERE m.client_id = c.id AND m.period_type = 'weekly' AND m.workflow_id = 0
                         AND extract(dow FROM m.period_start) <> c.week_starts_on) AS pending,
         (SELECT min(e.started_at) FROM workflow_executions e WHERE e.client_id = c.id AND e.started_at >= f.raw_floor) AS first_start,
         (SELECT max(e.started_at) FROM workflow_executions e WHERE e.client_id = c.id AND e.started_at >= f.raw_floor) AS last_start,
         to_char(d.first_day, 'YYYY-MM-DD') AS first_day, to_char(d.last_day, 'YYYY-MM-DD') AS last_day,
         (SELECT coalesce(array_agg(to_char(day, 'YYYY-MM-DD') ORDER BY day), '{}') FROM dirty_days WHERE client_id = c.id) AS dirty
    FROM clients c JOIN sync_states s ON s.client_id = c.id CROSS JOIN retention_floor f
    CROSS JOIN LATERAL (SELECT min(period_start) AS first_day, max(period_start) AS last_day
                          FROM metrics_aggregations WHERE client_id = c.id AND period_type = 'daily') d
   WHERE c.id = $1 AND c.deleted_at IS NULL`;

/** As texts, so that no number is rounded on the way. */
const asTexts = (expressions: readonly (readonly [string, string])[]): string =>
  `jsonb_build_object(${expressions.map(([name, expression]) => `'${name}', (${expression})::text`).join(', ')})`;

const recomputed = (zone: string): string =>
  asTexts([...figureColumns.map((name) => [name, `f.${name}`] as const), ...Object.entries(displayFigures), ['timezone', zone]]);

const stored = asTexts(
  [...figureColumns, ...Object.keys(displayFigures), 'timezone'].map((name) => [name, `m.${name}`] as const),
);

/** Behind CTEs `wanted` and `kept`, both (start, workflow_id, figures). */
const compare = (limit: string): string => `, compared AS (
  SELECT to_char(start, 'YYYY-MM-DD') AS start, workflow_id, wanted.figures AS recomputed, kept.figures AS stored,
         wanted.figures IS DISTINCT FROM kept.figures AS differs
    FROM wanted FULL JOIN kept USING (start, workflow_id)
) SELECT (SELECT count(*) FROM compared) AS rows, (SELECT count(*) FROM compared WHERE differs) AS differ,
         (SELECT jsonb_agg(to_jsonb(listed) ORDER BY listed.start, listed.workflow_id)
            FROM (SELECT start, workflow_id, recomputed, stored FROM compared WHERE differs ORDER BY start, workflow_id LIMIT ${limit}) AS listed) AS listed`;

/** $7 zone, $8 rows to list. */
const daysSql = `WITH ${rawFigures}, wanted AS (
  SELECT f.day AS start, f.workflow_id, ${recomputed('$7::text')} AS figures FROM fresh f
), kept AS (
  SELECT m.period_start AS start, m.workflow_id, ${stored} AS figures FROM metrics_aggregations m
   WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.period_start = ANY($2::date[])
)${compare('$8')}`;

/** $1 client, $2 period type, $3 and $4 first and last days of the periods, $5 rows to list. */
const periodsSql = `WITH periods AS (
  SELECT * FROM unnest($3::date[], $4::date[]) AS p(start, last)
), ${mergedFigures('true')}, wanted AS (
  SELECT f.start, f.workflow_id, ${recomputed('f.timezone')} AS figures FROM merged f
), kept AS (
  SELECT m.period_start AS start, m.workflow_id, ${stored} AS figures
    FROM metrics_aggregations m JOIN periods p ON m.period_start BETWEEN p.start AND p.last
   WHERE m.client_id = $1 AND m.period_type = $2
)${compare('$5')}`;

/** One moment of a client's rollups and of what they are made of. */
export class AuditedMoment {
  constructor(
    readonly state: AuditState,
    private readonly clientId: number,
    private readonly manager: EntityManager,
  ) {}

  /** Day rows against raw executions. */
  async compareDays(days: readonly LocalDay[], list: number): Promise<ComparedRows> {
    const { timezone } = this.state;
    return this.compared(daysSql, [...rawParameters(this.clientId, days, timezone, null), timezone, list]);
  }

  /** Week or month rows against day rows. */
  async comparePeriods(type: PeriodType, starts: readonly LocalDay[], list: number): Promise<ComparedRows> {
    return this.compared(periodsSql, [this.clientId, type, starts, starts.map((start) => lastDayOf(type, start)), list]);
  }

  private async compared(sql: string, parameters: unknown[]): Promise<ComparedRows> {
    const [row] = await this.manager.query<ComparedRow[]>(sql, parameters);
    return {
      rows: Number(row?.rows ?? 0),
      differ: Number(row?.differ ?? 0),
      listed: (row?.listed ?? []).map(({ workflow_id: workflowId, ...rest }) => ({ workflowId, ...rest })),
    };
  }
}

/** Opens moments of a client's rollups for checking; nothing can be written in them. */
@Injectable()
export class RollupAuditReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws ClientGoneError */
  async moment<T>(clientId: number, work: (moment: AuditedMoment) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      const [row] = await manager.query<StateRow[]>(stateSql, [clientId]);
      if (row === undefined) throw new ClientGoneError(clientId);
      const state: AuditState = {
        timezone: row.timezone,
        weekStartsOn: row.week_starts_on,
        rawFloor: row.raw_floor,
        dataVersion: Number(row.data_version),
        configurationPending: row.pending,
        raw: row.first_start === null || row.last_start === null ? null : { first: row.first_start, last: row.last_start },
        rollups: row.first_day === null || row.last_day === null ? null : { first: row.first_day, last: row.last_day },
        dirtyDays: row.dirty,
      };
      return work(new AuditedMoment(state, clientId, manager));
    });
  }
}
