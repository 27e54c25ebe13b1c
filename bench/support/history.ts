import { type DataSource } from 'typeorm';
import { AggregatorService } from '../../src/aggregator/index.js';
import { DayMarks, PartitionsRepository, PendingChanges } from '../../src/collector/index.js';
import { type LocalDay } from '../../src/common/index.js';
import { createClient, type CollectingApp } from './collecting-app.js';

const DAY_MS = 24 * 60 * 60_000;
const WEEK_DAYS = 7;

export const CLIENTS = 50;
export const WORKFLOWS = 20;
export const DAYS = 90;

/** Raw executions of many clients over 90 days, evenly spread. */
export interface RawHistory {
  clientIds: number[];
  /** A Monday, 00:00 UTC: partitions begin there too. */
  start: Date;
  /** 90 days later, in the past. */
  end: Date;
  executions: number;
}

/**
 * One statement a week; the clients' rows lie among each other, as syncs every few minutes leave them. Durations spread over four orders of magnitude, most executions are production and succeed; a function of
 * the number of the row, so that every run fills the same.
 */
const fillSql = `
  INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, finished_at,
         execution_time_ms, is_production, filter_reason, rule_version, retry_of, detail_state, first_seen_at, last_changed_at)
  SELECT c.id, 1, ($5::bigint + r.n)::text, r.at, c.workflow_ids[1 + r.a % ${WORKFLOWS}],
         CASE WHEN r.b % 100 < 92 THEN 'success' WHEN r.b % 100 < 98 THEN 'error' WHEN r.b % 100 = 98 THEN 'crashed' ELSE 'canceled' END,
         CASE WHEN r.b % 20 = 7 THEN 'manual' ELSE 'webhook' END, r.at + r.ms * interval '1 ms', r.ms, r.b % 20 <> 7,
         CASE WHEN r.b % 20 = 7 THEN 'manual_mode' ELSE 'mode_webhook' END, 0, CASE WHEN r.b % 40 = 11 THEN '1' END, 'none', r.at, r.at
    FROM (SELECT client_id AS id, array_agg(id ORDER BY id) AS workflow_ids FROM workflows WHERE client_id = ANY($1) GROUP BY client_id) c
   CROSS JOIN LATERAL (
     SELECT n, $2::timestamptz + (n::float8 / $4) * ($3::timestamptz - $2::timestamptz) AS at, h.a, h.b,
            (20 * exp(8 * (h.d % 10000) / 10000.0))::bigint AS ms
       FROM generate_series(0, $4::bigint - 1) n
      CROSS JOIN LATERAL (SELECT abs(hashint8(n * 64 + c.id)) AS a, abs(hashint8(n * 64 + c.id + 7919)) AS b,
                                 abs(hashint8(n * 64 + c.id + 104729)) AS d) h) r
   ORDER BY r.n, c.id`;

/** Registers the clients and fills the partitioned table as it is, indexes and all. */
export async function fillHistory(
  app: CollectingApp,
  executions: number,
  say: (text: string) => void,
  clients = CLIENTS,
): Promise<RawHistory> {
  const clientIds: number[] = [];
  for (let n = 0; n < clients; n += 1) {
    const clientId = await createClient(app, `client ${n}`, { baseUrl: 'http://127.0.0.1:9/', apiKey: 'none' });
    // As the first sync of a client does.
    await app.app.get(PendingChanges, { strict: false }).apply(clientId, new AbortController().signal);
    clientIds.push(clientId);
  }
  await app.dataSource.query(
    `INSERT INTO workflows (client_id, n8n_workflow_id, name) SELECT c, 'w' || w, 'Workflow ' || w
       FROM unnest($1::integer[]) c, generate_series(1, ${WORKFLOWS}) w`,
    [clientIds],
  );
  const start = mondayBefore(Date.now() - DAYS * DAY_MS);
  const end = daysLater(start, DAYS);
  const perDay = Math.ceil(executions / clients / DAYS);
  for (let day = 0; day < DAYS; day += WEEK_DAYS) {
    const days = Math.min(WEEK_DAYS, DAYS - day);
    await fill(app, clientIds, {
      from: daysLater(start, day),
      to: daysLater(start, day + days),
      each: days * perDay,
      after: day * perDay,
    });
    say(`${Math.round(((day + days) * perDay * clients) / 1000).toLocaleString('en-US')} thousand executions are filled in`);
  }
  await app.dataSource.query('ANALYZE');
  return { clientIds, start, end, executions: DAYS * perDay * clients };
}

/** `each` executions per client between two instants of one week; their ids follow `after`. */
export async function fill(
  app: Pick<CollectingApp, 'app' | 'dataSource'>,
  clientIds: readonly number[],
  { from, to, each, after }: { from: Date; to: Date; each: number; after: number },
): Promise<void> {
  await app.app.get(PartitionsRepository, { strict: false }).ensurePartitions([from]);
  await app.dataSource.query(fillSql, [clientIds, from, to, each, after]);
}

export function daysLater(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}

/** Every day of every client, with its weeks and months. */
export async function rollUpEverything({ app }: CollectingApp, { clientIds, start, end }: RawHistory): Promise<void> {
  const marks = app.get(DayMarks, { strict: false });
  const aggregator = app.get(AggregatorService, { strict: false });
  for (const clientId of clientIds) {
    await marks.markRange(clientId, dayOf(start), dayOf(daysLater(end, -1)));
    await aggregator.recomputeAll(clientId);
  }
}

export function dayOf(at: Date): LocalDay {
  return at.toISOString().slice(0, 10);
}

/** Tables with statistics of now, and a checkpoint behind them: what filling left to do must not be done while something is measured. */
export async function settle(dataSource: DataSource): Promise<void> {
  await dataSource.query('VACUUM ANALYZE');
  await dataSource.query('CHECKPOINT');
}

function mondayBefore(ms: number): Date {
  const midnight = new Date(Math.floor(ms / DAY_MS) * DAY_MS);
  return daysLater(midnight, -((midnight.getUTCDay() + 6) % WEEK_DAYS));
}
