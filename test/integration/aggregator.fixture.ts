import { type DataSource, type EntityManager } from 'typeorm';
import { AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { RollupsRepository } from '../../src/aggregator/rollups.repository.js';
import { DirtyDaysRepository } from '../../src/collector/dirty-days.repository.js';
import { Clock, type LocalDay, localDayOf, type PeriodType } from '../../src/common/index.js';
import { withClientLock } from '../../src/database/index.js';
import { type PlainRow, rowKey, type Run, type TimeSavedValue } from './aggregator.oracle.js';

/** A clock that shows another second at every look, so that a row written twice can be told. */
class TickingClock extends Clock {
  private ticks = 0;

  now(): Date {
    this.ticks += 1;
    return new Date(Date.UTC(2030, 0, 1) + this.ticks * 1000);
  }
}

export function aggregatorOf(dataSource: DataSource): AggregatorService {
  return new AggregatorService(new RollupsRepository(dataSource), new DirtyDaysRepository(dataSource), new TickingClock());
}

let ids = 0;

/** An execution with an id of its own: a success of one second of workflow 1, unless said otherwise. */
export function run(startedAt: string, more: Partial<Run> = {}): Run {
  ids += 1;
  return {
    id: `r${ids}`,
    workflowId: 1,
    startedAt: new Date(startedAt),
    status: 'success',
    mode: 'trigger',
    ms: 1000,
    isProduction: true,
    retryOf: null,
    retrySuccessId: null,
    ...more,
  };
}

/** A client in the database together with what it must hold: every change is made to both. */
export class Client {
  readonly runs = new Map<string, Run>();
  readonly values: TimeSavedValue[] = [];

  private constructor(
    private readonly dataSource: DataSource,
    readonly id: number,
    public zone: string,
    public weekStartsOn: number,
  ) {}

  static async create(dataSource: DataSource, zone = 'UTC', weekStartsOn = 1): Promise<Client> {
    const [row] = await dataSource.query<{ id: number }[]>(
      `INSERT INTO clients (name, n8n_base_url, n8n_api_key_sealed, timezone, week_starts_on, created_at, updated_at)
       VALUES (gen_random_uuid()::text, 'http://n8n', '', $1, $2, now(), now()) RETURNING id`,
      [zone, weekStartsOn],
    );
    if (row === undefined) throw new Error('no client made');
    await dataSource.query('INSERT INTO sync_states (client_id, next_sync_at) VALUES ($1, now())', [row.id]);
    return new Client(dataSource, row.id, zone, weekStartsOn);
  }

  /** Stores executions as they are now, whatever was stored under their ids, and marks the days before and after. */
  async put(runs: readonly Run[]): Promise<void> {
    await withClientLock(this.dataSource, this.id, async (manager) => {
      const before = runs.flatMap((run) => this.runs.get(run.id) ?? []);
      await this.deleteRows(
        manager,
        runs.map((run) => run.id),
      );
      await manager.query(insertRuns, [this.id, JSON.stringify(runs)]);
      await this.mark(
        manager,
        [...before, ...runs].map((run) => run.startedAt),
      );
    });
    for (const run of runs) this.runs.set(run.id, run);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await withClientLock(this.dataSource, this.id, async (manager) => {
      await this.deleteRows(manager, ids);
      await this.mark(
        manager,
        ids.flatMap((id) => this.runs.get(id)?.startedAt ?? []),
      );
    });
    for (const id of ids) this.runs.delete(id);
  }

  async setTimeSaved(value: TimeSavedValue): Promise<void> {
    await withClientLock(this.dataSource, this.id, async (manager) => {
      await manager.query(
        `INSERT INTO workflow_time_saved (client_id, workflow_id, valid_from, source, minutes, created_at)
         VALUES ($1, $2, $3, $4, $5::numeric / 10000, now())
         ON CONFLICT ON CONSTRAINT pk_workflow_time_saved DO UPDATE SET minutes = EXCLUDED.minutes`,
        [this.id, value.workflowId, value.validFrom, value.source, value.tenThousandths],
      );
      await this.mark(manager, this.startsFrom(value.validFrom));
    });
    const same = this.values.findIndex(
      (v) =>
        v.workflowId === value.workflowId && v.source === value.source && v.validFrom.getTime() === value.validFrom.getTime(),
    );
    if (same >= 0) this.values.splice(same, 1);
    this.values.push(value);
  }

  /** Another zone: every day that had or has an execution is dirty, in both zones. */
  async moveTo(zone: string): Promise<void> {
    await withClientLock(this.dataSource, this.id, async (manager) => {
      await this.mark(manager, this.startsFrom(new Date(0)));
      this.zone = zone;
      await manager.query('UPDATE clients SET timezone = $2 WHERE id = $1', [this.id, zone]);
      await this.mark(manager, this.startsFrom(new Date(0)));
    });
  }

  async startWeeksOn(weekStartsOn: number): Promise<void> {
    this.weekStartsOn = weekStartsOn;
    await this.dataSource.query('UPDATE clients SET week_starts_on = $2 WHERE id = $1', [this.id, weekStartsOn]);
  }

  async dataVersion(): Promise<number> {
    const rows = await this.dataSource.query<{ v: string }[]>('SELECT data_version AS v FROM sync_states WHERE client_id = $1', [
      this.id,
    ]);
    return Number(rows[0]?.v);
  }

  /** All rollups of the client as text, without the time they were computed at. */
  async rollups(): Promise<Map<string, PlainRow>> {
    const rows = await this.dataSource.query<{ row: PlainRow }[]>(
      `SELECT ${rowAsText} AS row FROM metrics_aggregations m WHERE client_id = $1`,
      [this.id],
    );
    return keyedRows(rows.map(({ row }) => row));
  }

  private async mark(manager: EntityManager, instants: readonly Date[]): Promise<void> {
    const days: LocalDay[] = instants.map((at) => localDayOf(at, this.zone));
    await new DirtyDaysRepository(this.dataSource).markDays(manager, this.id, days);
  }

  private async deleteRows(manager: EntityManager, ids: readonly string[]): Promise<void> {
    await manager.query('DELETE FROM workflow_executions WHERE client_id = $1 AND n8n_execution_id = ANY($2)', [this.id, ids]);
  }

  private startsFrom(at: Date): Date[] {
    return [...this.runs.values()].map((run) => run.startedAt).filter((startedAt) => startedAt >= at);
  }
}

const insertRuns = `
  INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, execution_time_ms,
         is_production, filter_reason, rule_version, retry_of, retry_success_id, first_seen_at, last_changed_at)
  SELECT $1, 1, r.id, r."startedAt", r."workflowId", r.status, r.mode, r.ms, r."isProduction", '', 0, r."retryOf", r."retrySuccessId", now(), now()
    FROM jsonb_to_recordset($2::jsonb) AS r(id text, "startedAt" timestamptz, "workflowId" bigint, status text, mode text, ms bigint,
         "isProduction" boolean, "retryOf" text, "retrySuccessId" text)`;

/** A rollup row `m` as an object of texts. */
export const rowAsText = `(SELECT jsonb_object_agg(key, CASE WHEN value LIKE '[%' THEN translate(value, '[] ', '{}') ELSE value END)
  FROM jsonb_each_text(to_jsonb(m)))`;

/** Rows by their keys, without the time they were computed at. */
export function keyedRows(rows: readonly PlainRow[]): Map<string, PlainRow> {
  return new Map(rows.map(keyed));
}

function keyed(row: PlainRow): [string, PlainRow] {
  const key = rowKey(row.period_type as PeriodType, row.period_start ?? '', row.workflow_id ?? '');
  const apart = new Set(['client_id', 'period_type', 'period_start', 'workflow_id', 'computed_at']);
  return [key, Object.fromEntries(Object.entries(row).filter(([column]) => !apart.has(column)))];
}
