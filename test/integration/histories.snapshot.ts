import { type DataSource } from 'typeorm';
import { compileRules, type CompiledRules, type WorkflowFacts } from '../../src/production-filter/index.js';
import { keyedRows, rowAsText } from './aggregator.fixture.js';
import { type PlainRow, type Run, type TimeSavedValue } from './aggregator.oracle.js';

/** A stored execution with what its verdict depends on. */
export interface StoredRun extends Run {
  workflow: WorkflowFacts;
  filterReason: string;
  testIndicator: string | null;
}

/** Everything of a client at one moment. */
export interface Snapshot {
  zone: string;
  weekStartsOn: number;
  /** Raw executions that started before are gone, or go next. */
  floor: Date;
  /** The floor before it was raised to `floor`. */
  floorBefore: Date;
  /** As they were stored last; `null`: none ever were. */
  rules: object | null;
  runs: StoredRun[];
  values: TimeSavedValue[];
  rollups: Map<string, PlainRow>;
}

interface SnapshotRow {
  timezone: string;
  week_starts_on: number;
  raw_floor: Date;
  floor_before: Date;
  rules: object | null;
  runs: (Omit<StoredRun, 'startedAt'> & { startedAt: string })[] | null;
  values: (Omit<TimeSavedValue, 'validFrom'> & { validFrom: string })[] | null;
  rollups: PlainRow[] | null;
}

/** Columns of a snapshot of the client `c`. */
const columns = `
  c.id AS client_id, c.timezone, c.week_starts_on,
  (SELECT r.rules FROM filter_rule_sets r WHERE r.client_id = c.id ORDER BY r.version DESC LIMIT 1) AS rules,
  (SELECT jsonb_agg(jsonb_build_object('id', e.n8n_execution_id, 'workflowId', e.workflow_id, 'startedAt', e.started_at,
          'status', e.status, 'mode', e.mode, 'ms', e.execution_time_ms, 'isProduction', e.is_production, 'retryOf', e.retry_of,
          'retrySuccessId', e.retry_success_id, 'filterReason', e.filter_reason, 'testIndicator', e.test_indicator,
          'workflow', jsonb_build_object('name', w.name, 'tags', w.tags)))
     FROM workflow_executions e JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
    WHERE e.client_id = c.id) AS runs,
  (SELECT jsonb_agg(jsonb_build_object('workflowId', t.workflow_id, 'validFrom', t.valid_from, 'source', t.source,
          'tenThousandths', (t.minutes * 10000)::bigint))
     FROM workflow_time_saved t WHERE t.client_id = c.id) AS values,
  (SELECT jsonb_agg(${rowAsText}) FROM metrics_aggregations m WHERE m.client_id = c.id) AS rollups`;

/**
 * Takes a snapshot of every client in the very transaction that raises the floor: it holds off all writers, so this is what
 * freezes, neither a moment earlier nor later.
 */
export async function watchFloor(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `CREATE TABLE freezes AS SELECT now() AS raw_floor, now() AS floor_before, ${columns} FROM clients c WITH NO DATA`,
  );
  await dataSource.query(`
    CREATE FUNCTION keep_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO freezes SELECT NEW.raw_floor, OLD.raw_floor, ${columns} FROM clients c WHERE c.deleted_at IS NULL;
      RETURN NULL;
    END $$`);
  await dataSource.query(`
    CREATE TRIGGER keep_freeze AFTER UPDATE ON retention_floor FOR EACH ROW WHEN (NEW.raw_floor > OLD.raw_floor)
    EXECUTE FUNCTION keep_freeze()`);
}

/** What froze so far, oldest first. */
export async function freezesOf(dataSource: DataSource, clientId: number): Promise<Snapshot[]> {
  const rows = await dataSource.query<SnapshotRow[]>('SELECT * FROM freezes WHERE client_id = $1 ORDER BY raw_floor', [clientId]);
  return rows.map(toSnapshot);
}

export async function snapshotOf(dataSource: DataSource, clientId: number): Promise<Snapshot> {
  const [row] = await dataSource.query<SnapshotRow[]>(
    `SELECT f.raw_floor, f.raw_floor AS floor_before, ${columns} FROM clients c CROSS JOIN retention_floor f WHERE c.id = $1`,
    [clientId],
  );
  if (row === undefined) throw new Error(`there is no client ${clientId}`);
  return toSnapshot(row);
}

function toSnapshot(row: SnapshotRow): Snapshot {
  return {
    zone: row.timezone,
    weekStartsOn: row.week_starts_on,
    floor: row.raw_floor,
    floorBefore: row.floor_before,
    rules: row.rules,
    runs: (row.runs ?? []).map((run) => ({ ...run, startedAt: new Date(run.startedAt) })),
    values: (row.values ?? []).map((value) => ({ ...value, validFrom: new Date(value.validFrom) })),
    rollups: keyedRows(row.rollups ?? []),
  };
}

/** The rules of a snapshot, ready to judge by. */
export function rulesOf({ rules, zone }: Snapshot, parse: (json: unknown) => CompiledRules['rules']): CompiledRules {
  return compileRules(parse(rules ?? {}), zone);
}
