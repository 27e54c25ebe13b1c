import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type LocalDay, type PeriodType, periodTypes } from '../common/index.js';
import { firstLiveDay } from './frozen.js';

/** What is stored of one kind of period. */
export interface StoredPeriods {
  periodType: PeriodType;
  rows: number;
  /** Rows with a day whose raw executions are partly gone: they never change again. */
  frozenRows: number;
  oldest: LocalDay | null;
  newest: LocalDay | null;
}

export interface AggregationSummary {
  periods: StoredPeriods[];
  dirtyDays: number;
  oldestDirtyDay: LocalDay | null;
  lastComputedAt: Date | null;
}

interface PeriodsRow {
  period_type: PeriodType;
  rows: string;
  frozen_rows: string;
  oldest: LocalDay;
  newest: LocalDay;
  last_computed_at: Date;
}

/** $1 one client or null, $2 and $3 the zones in use and the first day in each that is not frozen. */
const periodsSql = `
  SELECT m.period_type, count(*) AS rows, count(*) FILTER (WHERE m.period_start < z.first_live_day) AS frozen_rows,
         to_char(min(m.period_start), 'YYYY-MM-DD') AS oldest, to_char(max(m.period_start), 'YYYY-MM-DD') AS newest,
         max(m.computed_at) AS last_computed_at
    FROM metrics_aggregations m
    JOIN clients c ON c.id = m.client_id
    JOIN unnest($2::text[], $3::date[]) AS z(timezone, first_live_day) ON z.timezone = c.timezone
   WHERE ($1::integer IS NULL AND c.deleted_at IS NULL) OR m.client_id = $1
   GROUP BY m.period_type`;

const dirtySql = `SELECT count(*) AS n, to_char(min(day), 'YYYY-MM-DD') AS oldest FROM dirty_days WHERE $1::integer IS NULL OR client_id = $1`;

/** Says what the rollups hold, for those who look after the service. */
@Injectable()
export class AggregationSummaryReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** The rollups of one client, or of all. */
  async summary(clientId: number | null = null): Promise<AggregationSummary> {
    const zones = await this.dataSource.query<{ timezone: string; raw_floor: Date }[]>(
      'SELECT DISTINCT c.timezone, f.raw_floor FROM clients c CROSS JOIN retention_floor f',
    );
    const firstDays = zones.map((zone) => firstLiveDay(zone.timezone, zone.raw_floor));
    const rows = await this.dataSource.query<PeriodsRow[]>(periodsSql, [clientId, zones.map((zone) => zone.timezone), firstDays]);
    const [dirty] = await this.dataSource.query<{ n: string; oldest: LocalDay | null }[]>(dirtySql, [clientId]);
    const computed = rows.map((row) => row.last_computed_at.getTime());
    return {
      periods: periodTypes.map((type) => storedPeriods(type, rows)),
      dirtyDays: Number(dirty?.n ?? 0),
      oldestDirtyDay: dirty?.oldest ?? null,
      lastComputedAt: computed.length === 0 ? null : new Date(Math.max(...computed)),
    };
  }
}

function storedPeriods(type: PeriodType, rows: readonly PeriodsRow[]): StoredPeriods {
  const row = rows.find((candidate) => candidate.period_type === type);
  return {
    periodType: type,
    rows: Number(row?.rows ?? 0),
    frozenRows: Number(row?.frozen_rows ?? 0),
    oldest: row?.oldest ?? null,
    newest: row?.newest ?? null,
  };
}
