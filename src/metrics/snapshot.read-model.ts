import { type EntityManager } from 'typeorm';
import {
  type AggregationReadModel,
  type DayFigures,
  type DaysProvenance,
  type Detail,
  type FiguresBy,
  firstLiveDay,
  type RollupRow,
  type RollupScope,
  type Stretch,
} from '../aggregator/index.js';
import { type Client } from '../clients/index.js';
import { type Coverage, type CoverageReadModel } from '../collector/index.js';
import { addDays, dayRange, type LocalDay } from '../common/index.js';
import { type ClientState } from './client-state.js';
import { daysOf } from './metric-range.js';

/** A workflow as it is listed. */
export interface WorkflowFacts {
  id: number;
  n8nWorkflowId: string;
  name: string;
  active: boolean;
  deleted: boolean;
  tags: string[];
}

interface WorkflowRow {
  id: string;
  n8n_workflow_id: string;
  name: string;
  active: boolean;
  deleted: boolean;
  tags: string[];
}

interface LastRow {
  workflow_id: string;
  at: Date | null;
}

/** One client's data at one moment: everything is read in the same transaction. */
export class Snapshot {
  constructor(
    readonly client: Client,
    readonly state: ClientState,
    /** Rollups of periods that begin earlier are not served, whether or not they are deleted already. */
    private readonly keptFrom: LocalDay,
    private readonly manager: EntityManager,
    private readonly figures: AggregationReadModel,
    private readonly coverages: CoverageReadModel,
  ) {}

  /** Reads in this transaction, with what another read model knows. */
  async read<T>(query: (manager: EntityManager) => Promise<T>): Promise<T> {
    return query(this.manager);
  }

  /**
   * The days of `from`..`to` (inclusive) that must be read from raw: the dirty ones, or all of them while a change of zone is
   * not applied yet. Days whose raw executions are partly gone are never among them.
   */
  async rawDays(from: LocalDay, to: LocalDay, today: LocalDay): Promise<LocalDay[]> {
    const { zonePending, rawFloor } = this.state;
    const firstLive = firstLiveDay(this.client.timezone, rawFloor);
    const start = from > firstLive ? from : firstLive;
    if (zonePending) return daysOf(start, to < today ? to : today);
    const rows = await this.manager.query<{ day: LocalDay }[]>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM dirty_days WHERE client_id = $1 AND day BETWEEN $2 AND $3 ORDER BY dirty_days.day`,
      [this.client.id, start, to],
    );
    return rows.map((row) => row.day);
  }

  async rollups<D extends Detail>(
    stretches: readonly Stretch[],
    scope: RollupScope,
    detail: D,
  ): Promise<RollupRow<FiguresBy[D]>[]> {
    const kept = stretches.map((stretch) => ({ ...stretch, from: this.kept(stretch.from) })).filter(({ from, to }) => from <= to);
    return this.figures.rows(this.client.id, { stretches: kept, scope, detail }, this.manager);
  }

  /** What the client's day rows of a range say about themselves, without those days. */
  async provenance(from: LocalDay, to: LocalDay, except: readonly LocalDay[]): Promise<DaysProvenance> {
    return this.figures.provenance(this.client.id, { from: this.kept(from), to, except }, this.manager);
  }

  async rawFigures(days: readonly LocalDay[], scope: RollupScope): Promise<DayFigures[]> {
    return this.figures.figuresFromRaw(this.client.id, { days, timezone: this.client.timezone, scope }, this.manager);
  }

  async coverage(from: LocalDay, to: LocalDay): Promise<Coverage> {
    const { timezone, id } = this.client;
    return this.coverages.coverage(this.manager, id, { start: dayRange(from, timezone).start, end: dayRange(to, timezone).end });
  }

  async workflowCounts(): Promise<{ total: number; active: number }> {
    const [row] = await this.manager.query<{ total: string; active: string }[]>(
      `SELECT count(*) AS total, count(*) FILTER (WHERE active) AS active FROM workflows WHERE client_id = $1 AND deleted_at IS NULL`,
      [this.client.id],
    );
    return { total: Number(row?.total ?? 0), active: Number(row?.active ?? 0) };
  }

  /** Every workflow of the client, deleted ones too. */
  async workflows(): Promise<WorkflowFacts[]> {
    const rows = await this.manager.query<WorkflowRow[]>(
      `SELECT id, n8n_workflow_id, name, active, deleted_at IS NOT NULL AS deleted, tags FROM workflows WHERE client_id = $1 ORDER BY id`,
      [this.client.id],
    );
    return rows.map(({ n8n_workflow_id: n8nWorkflowId, id, ...row }) => ({ ...row, id: Number(id), n8nWorkflowId }));
  }

  /** True for a workflow of this client, also when it was deleted from n8n. */
  async hasWorkflow(workflowId: number): Promise<boolean> {
    const rows = await this.manager.query<unknown[]>('SELECT 1 FROM workflows WHERE client_id = $1 AND id = $2', [
      this.client.id,
      workflowId,
    ]);
    return rows.length > 0;
  }

  /** Start of the newest stored execution, production or not. */
  async lastActivity(): Promise<Date | null> {
    const [row] = await this.manager.query<{ at: Date }[]>(
      'SELECT started_at AS at FROM workflow_executions WHERE client_id = $1 ORDER BY started_at DESC LIMIT 1',
      [this.client.id],
    );
    return row?.at ?? null;
  }

  /**
   * Start of the newest stored execution of each workflow that has any. A clean workflow's is in the newest day that it has a
   * rollup of: one look into an index. Only days that are read from raw are scanned.
   */
  async lastExecutions(today: LocalDay): Promise<Map<number, Date>> {
    const firstLive = firstLiveDay(this.client.timezone, this.state.rawFloor);
    const newest = await this.newestDays(firstLive);
    const days = newest.map(({ day }) => dayRange(day, this.client.timezone));
    const inRollups = await this.manager.query<LastRow[]>(
      `SELECT d.workflow_id, (SELECT max(e.started_at) FROM workflow_executions e
                WHERE e.client_id = $1 AND e.workflow_id = d.workflow_id AND e.started_at >= d.from_at AND e.started_at < d.to_at) AS at
         FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]) AS d(workflow_id, from_at, to_at)`,
      [this.client.id, newest.map((row) => row.workflow_id), days.map(({ start }) => start), days.map(({ end }) => end)],
    );
    const last = new Map<number, Date>();
    for (const { workflow_id: id, at } of [...inRollups, ...(await this.lastOnRawDays(firstLive, today))]) {
      const known = last.get(Number(id));
      if (at !== null && (known === undefined || at > known)) last.set(Number(id), at);
    }
    return last;
  }

  /** The newest day on which each workflow has a rollup. */
  private async newestDays(from: LocalDay): Promise<{ workflow_id: string; day: LocalDay }[]> {
    return this.manager.query(
      `SELECT n.workflow_id, to_char(n.day, 'YYYY-MM-DD') AS day
         FROM (SELECT w.id AS workflow_id,
                      (SELECT max(m.period_start) FROM metrics_aggregations m
                        WHERE m.client_id = $1 AND m.period_type = 'daily' AND m.workflow_id = w.id AND m.period_start >= $2) AS day
                 FROM workflows w WHERE w.client_id = $1) AS n
        WHERE n.day IS NOT NULL`,
      [this.client.id, from],
    );
  }

  private async lastOnRawDays(from: LocalDay, today: LocalDay): Promise<LastRow[]> {
    const ranges = (await this.rawDays(from, addDays(today, 1), today)).map((day) => dayRange(day, this.client.timezone));
    if (ranges.length === 0) return [];
    return this.manager.query(
      `SELECT e.workflow_id, max(e.started_at) AS at
         FROM unnest($2::timestamptz[], $3::timestamptz[]) AS d(from_at, to_at)
         JOIN workflow_executions e ON e.client_id = $1 AND e.started_at >= d.from_at AND e.started_at < d.to_at
        GROUP BY e.workflow_id`,
      [this.client.id, ranges.map(({ start }) => start), ranges.map(({ end }) => end)],
    );
  }

  private kept(from: LocalDay): LocalDay {
    return from > this.keptFrom ? from : this.keptFrom;
  }
}
