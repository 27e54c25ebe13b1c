import { DataSource, type Logger as QueryLogger } from 'typeorm';
import { AppCache } from '../../src/cache/index.js';
import { DayMarks, PartitionsRepository } from '../../src/collector/index.js';
import { MetricsWorld } from './metrics.fixture.js';

const DAY_MS = 86_400_000;
const NOW = '2026-03-10T12:00:00Z';
const WORKFLOWS = 6;
/** Of the last hundred days; before them there is one a day. */
const RUNS_A_DAY = 120;
const MONTHS = 24;

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** How many rows the statements of an answer looked at. */
interface Looked {
  rollups: number;
  /** Rollup rows whose histograms were read. */
  histograms: number;
  raw: number;
}

let world: MetricsWorld;
let clientId: number;
let workflowId: number;

beforeAll(async () => {
  world = await MetricsWorld.open();
  world.setNow(NOW);
  clientId = await world.createClient('Long-lived', 'UTC', 0);
  for (let n = 0; n < WORKFLOWS; n += 1) workflowId = await world.createWorkflow(clientId, `workflow ${n}`);
  const days = Array.from({ length: 30 * MONTHS + 20 }, (_, ago) => new Date(Date.parse('2026-03-09T00:00:00Z') - ago * DAY_MS));
  await new PartitionsRepository(world.database.dataSource).ensurePartitions(days);
  await world.sql(
    `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, finished_at,
            execution_time_ms, is_production, filter_reason, rule_version, first_seen_at, last_changed_at)
     SELECT $1, 1, d.day::date || '-' || n, d.day + n * interval '10 minutes', $2 - n % ${WORKFLOWS}, 'success', 'webhook',
            d.day + n * interval '10 minutes', 5, true, 'mode_webhook', 0, d.day, d.day
       FROM unnest($3::timestamptz[]) WITH ORDINALITY AS d(day, place)
      CROSS JOIN LATERAL generate_series(1, CASE WHEN d.place <= 100 THEN ${RUNS_A_DAY} ELSE 1 END) AS n`,
    [clientId, workflowId, days],
  );
  await world.sql(`INSERT INTO dirty_days (client_id, day) SELECT $1, unnest($2::date[])`, [clientId, days]);
  await world.synced(clientId, NOW);
  await world.aggregate(clientId);
  await world.sql('VACUUM ANALYZE');
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

/** What the answer to a question that nobody has kept looks at. */
async function lookedAt(path: string): Promise<Looked> {
  await world.app.get(AppCache, { strict: false }).clear();
  const dataSource = world.app.get(DataSource);
  const statements: { sql: string; parameters: unknown[] }[] = [];
  const recorder: Partial<QueryLogger> = {
    logQuery: (sql, parameters) => statements.push({ sql, parameters: Array.isArray(parameters) ? parameters : [] }),
  };
  dataSource.setOptions({ logging: ['query'], logger: recorder as QueryLogger });
  const { status, headers } = await world.get(path);
  dataSource.setOptions({ logging: false });
  expect([status, headers['x-cache']]).toEqual([200, 'miss']);
  const looked: Looked = { rollups: 0, histograms: 0, raw: 0 };
  for (const { sql, parameters } of statements) {
    if (!/^\s*(SELECT|WITH)\b/i.test(sql)) continue;
    const [row] = await world.database.dataSource.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
      parameters,
    );
    const before = looked.rollups;
    for (const { Plan } of row?.['QUERY PLAN'] ?? []) addUp(Plan, looked);
    if (/duration_(buckets|counts)/.test(sql)) looked.histograms += looked.rollups - before;
  }
  return looked;
}

function addUp(node: PlanNode, looked: Looked): void {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const rows = (node['Actual Rows'] + removed) * node['Actual Loops'];
  const relation = node['Relation Name'] ?? '';
  if (relation === 'metrics_aggregations') looked.rollups += rows;
  if (relation.startsWith('workflow_executions')) looked.raw += rows;
  for (const child of node.Plans ?? []) addUp(child, looked);
}

describe('an answer that nobody has kept', () => {
  it('reads at most 30 rollup rows for a series of 24 months', async () => {
    const { rollups } = await lookedAt(
      `client/${clientId}/historical?period_type=monthly&start_date=2024-04-01&end_date=2026-03-31`,
    );
    expect(rollups).toBeGreaterThanOrEqual(MONTHS - 1);
    expect(rollups).toBeLessThanOrEqual(30);
  });

  it.each([
    ['a daily series', 'historical?start_date=2025-12-10&end_date=2026-03-09'],
    ['a weekly series', 'historical?period_type=weekly'],
    ['a monthly series', 'historical?period_type=monthly'],
    ['a summary', '?start_date=2025-12-10&end_date=2026-03-09'],
    ['the workflows', 'workflows?start_date=2025-12-10&end_date=2026-03-09'],
  ])('scans no raw executions of clean days: %s', async (_, question) => {
    const separator = question.startsWith('?') ? '' : '/';
    const { raw } = await lookedAt(`client/${clientId}${separator}${question}`);
    // The oldest and the newest one of the client, and of each workflow the newest one.
    expect(raw).toBeLessThanOrEqual(2 + WORKFLOWS);
  });

  it.each([
    ['a daily series', 'historical?start_date=2025-12-10&end_date=2026-03-09'],
    ['a daily series of a workflow', 'historical?start_date=2025-12-10&end_date=2026-03-09&workflow_id='],
    ['a weekly series', 'historical?period_type=weekly'],
    ['a monthly series', 'historical?period_type=monthly'],
  ])('reads no histograms: %s', async (_, question) => {
    const { rollups, histograms } = await lookedAt(
      `client/${clientId}/${question.endsWith('=') ? `${question}${workflowId}` : question}`,
    );
    expect(rollups).toBeGreaterThan(10);
    expect(histograms).toBe(0);
  });

  it.each([
    ['a summary', '', 1],
    ['the workflows', '/workflows', WORKFLOWS + 1],
  ])('reads the histograms of months, weeks in what is left and days in what is left then: %s', async (_, place, each) => {
    const { histograms } = await lookedAt(`client/${clientId}${place}?start_date=2025-12-10&end_date=2026-03-09`);
    // Ten days, three weeks and two months; a plan tells them by loop, rounded.
    expect(Math.round(histograms)).toBe(15 * each);
  });

  it('scans no raw executions of clean days: all clients', async () => {
    expect((await lookedAt('all')).raw).toBeLessThanOrEqual(2);
  });

  it('scans those of dirty days only', async () => {
    await world.app.get(DayMarks, { strict: false }).markRange(clientId, '2026-03-01', '2026-03-01');
    for (const question of [
      'historical?start_date=2025-12-10',
      'workflows?start_date=2025-12-10',
      'historical?period_type=monthly',
    ]) {
      const { raw } = await lookedAt(`client/${clientId}/${question}`);
      expect(raw).toBeGreaterThanOrEqual(RUNS_A_DAY);
      // Figures of the client, of its workflows, and their last executions.
      expect(raw).toBeLessThanOrEqual(3 * RUNS_A_DAY + 2 + WORKFLOWS);
    }
    await world.aggregate(clientId);
  });
});
