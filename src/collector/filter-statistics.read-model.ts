import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, dayRange, type LocalDay, localDayOf } from '../common/index.js';

/** Stored executions of one local day by what decided whether they are production; days without executions have none. */
export interface DayStatistics {
  day: LocalDay;
  production: Record<string, number>;
  excluded: Record<string, number>;
}

/** Days looked at, today among them. */
const DAYS = 30;

interface StatisticsRow {
  client_id: number;
  day: LocalDay;
  is_production: boolean;
  filter_reason: string;
  executions: string;
}

/** $1 clients, $2 days, $3 and $4 their first instants and ends: one entry each for every day of every client. */
const statisticsSql = `
  SELECT d.client_id, to_char(d.day, 'YYYY-MM-DD') AS day, e.is_production, e.filter_reason, e.executions
    FROM unnest($1::integer[], $2::date[], $3::timestamptz[], $4::timestamptz[]) AS d(client_id, day, from_at, to_at)
   CROSS JOIN LATERAL (
     SELECT x.is_production, x.filter_reason, count(*) AS executions
       FROM workflow_executions x
      WHERE x.client_id = d.client_id AND x.started_at >= d.from_at AND x.started_at < d.to_at
      GROUP BY 1, 2) AS e
   ORDER BY d.client_id, d.day DESC, e.executions DESC, e.filter_reason`;

/** Counts by which rules stored executions were judged, day by day. */
@Injectable()
export class FilterStatisticsReadModel {
  constructor(private readonly dataSource: DataSource) {}

  /** The last 30 local days of each client, newest first. */
  async byDay(clients: readonly { clientId: number; timezone: string }[], now: Date): Promise<Map<number, DayStatistics[]>> {
    const days = clients.flatMap(({ clientId, timezone }) => {
      const today = localDayOf(now, timezone);
      return Array.from({ length: DAYS }, (_, back) => {
        const day = addDays(today, -back);
        return { clientId, day, ...dayRange(day, timezone) };
      });
    });
    const rows = await this.dataSource.query<StatisticsRow[]>(statisticsSql, [
      days.map(({ clientId }) => clientId),
      days.map(({ day }) => day),
      days.map(({ start }) => start),
      days.map(({ end }) => end),
    ]);
    const statistics = new Map<number, DayStatistics[]>();
    for (const row of rows) {
      const list = statistics.get(row.client_id) ?? [];
      statistics.set(row.client_id, list);
      let last = list.at(-1);
      if (last?.day !== row.day) list.push((last = { day: row.day, production: {}, excluded: {} }));
      last[row.is_production ? 'production' : 'excluded'][row.filter_reason] = Number(row.executions);
    }
    return statistics;
  }
}
