import fc from 'fast-check';
import { RollupAuditReadModel } from '../../src/aggregator/rollup-audit.read-model.js';
import { type RollupAudit, RollupAuditService } from '../../src/aggregator/rollup-audit.service.js';
import { PartitionsRepository } from '../../src/collector/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aggregatorOf, Client, run } from './aggregator.fixture.js';
import { anyValue, page, WEEKS, zones } from './aggregator.histories.js';

let database: TestDatabase;
let audits: RollupAuditService;

beforeAll(async () => {
  database = await createTestDatabase();
  await new PartitionsRepository(database.dataSource).ensurePartitions(WEEKS);
  audits = new RollupAuditService(new RollupAuditReadModel(database.dataSource));
});

afterAll(async () => {
  await database.drop();
});

async function create(zone: string, weekStartsOn: number): Promise<Client> {
  const client = await Client.create(database.dataSource, zone, weekStartsOn);
  await sql('UPDATE sync_states SET applied_config_version = 1, applied_timezone = $2 WHERE client_id = $1', [client.id, zone]);
  return client;
}

const sql = (text: string, parameters: unknown[] = []): Promise<unknown> => database.dataSource.query(text, parameters);

const recompute = (client: Client): Promise<unknown> => aggregatorOf(database.dataSource).recomputeAll(client.id);

/** Three days in two weeks and two months, two workflows. */
async function threeDays(): Promise<Client> {
  const client = await create('Europe/Berlin', 1);
  await client.put([
    run('2024-03-08T10:00:00Z'),
    run('2024-03-08T11:00:00Z', { workflowId: 2, status: 'error' }),
    run('2024-03-31T10:00:00Z', { ms: 4321 }),
    run('2024-04-01T10:00:00Z', { workflowId: 2 }),
  ]);
  await recompute(client);
  return client;
}

const shown = ({ listed }: RollupAudit): string[] =>
  listed.map(({ periodType, start, workflowId, stored, recomputed }) => {
    const fields = Object.keys(recomputed ?? {}).filter((name) => stored?.[name] !== recomputed?.[name]);
    return `${periodType} ${start} ${workflowId}: ${stored === null ? 'missing' : recomputed === null ? 'unexpected' : fields.join(', ')}`;
  });

describe('an audit', () => {
  it('compares every row and finds all of them equal, whatever the history', async () => {
    const property = fc.asyncProperty(
      zones,
      fc.nat(6),
      fc.array(page(1, 30), { minLength: 1, maxLength: 4 }),
      fc.array(anyValue, { maxLength: 3 }),
      async (zone, weekStartsOn, pages, values) => {
        const client = await create(zone, weekStartsOn);
        for (const value of values) await client.setTimeSaved(value);
        for (const runs of pages) await client.put(runs);
        await recompute(client);
        const audit = await audits.audit(client.id);
        expect(shown(audit)).toEqual([]);
        const { daily, weekly, monthly } = audit.rowsCompared;
        expect(daily + weekly + monthly).toBe((await client.rollups()).size);
        expect(audit).toMatchObject({
          differences: 0,
          dirtyDays: [],
          dirtyPeriods: 0,
          frozenDays: 0,
          configurationPending: false,
        });
      },
    );
    await fc.assert(property, { numRuns: 25 });
  }, 120_000);

  it.each([
    [
      'successful_executions = successful_executions + 1, total_executions = total_executions + 1, timed_executions = timed_executions + 1',
      'successful_executions, timed_executions, total_executions',
    ],
    ['total_execution_time_ms = total_execution_time_ms + 1', 'total_execution_time_ms'],
    ['duration_counts = ARRAY[9]::bigint[]', 'duration_counts'],
    ['success_rate = 1', 'success_rate'],
    [`timezone = 'UTC'`, 'timezone'],
  ])('finds a bent day (%s) and what no longer adds up to it', async (change, fields) => {
    const client = await threeDays();
    await sql(
      `UPDATE metrics_aggregations SET ${change} WHERE client_id = $1 AND period_type = 'daily' AND period_start = '2024-03-31' AND workflow_id = 1`,
      [client.id],
    );
    const audit = await audits.audit(client.id);
    expect(audit.listed[0]).toMatchObject({ periodType: 'daily', start: '2024-03-31', workflowId: 1 });
    const { stored, recomputed } = audit.listed[0] ?? {};
    expect(
      Object.keys(recomputed ?? {})
        .filter((name) => stored?.[name] !== recomputed?.[name])
        .sort()
        .join(', '),
    ).toBe(fields);
    // Weeks and months no longer are the sum of their days, except for what is made anew for display.
    const sums = fields.includes('rate') ? 1 : 3;
    expect(audit.differences).toBe(sums);
    expect(audit.listed.every(({ workflowId }) => workflowId === 1)).toBe(true);
  });

  it('finds missing and unexpected rows of every kind', async () => {
    const client = await threeDays();
    await sql(
      `DELETE FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'weekly' AND period_start = '2024-03-25' AND workflow_id = 0`,
      [client.id],
    );
    await sql(
      `DELETE FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'monthly' AND period_start = '2024-04-01' AND workflow_id = 2`,
      [client.id],
    );
    await sql(
      `INSERT INTO metrics_aggregations SELECT (m).* FROM (SELECT jsonb_populate_record(m, '{"period_start": "2024-03-15"}') AS m
         FROM metrics_aggregations m WHERE client_id = $1 AND period_type = 'weekly' AND period_start = '2024-03-04' AND workflow_id = 1) AS x`,
      [client.id],
    );
    await sql('DELETE FROM dirty_days WHERE client_id = $1', [client.id]);
    await client.put([run('2024-03-20T10:00:00Z', { workflowId: 2 })]);
    await sql('DELETE FROM dirty_days WHERE client_id = $1', [client.id]);
    expect(shown(await audits.audit(client.id))).toEqual([
      'daily 2024-03-20 0: missing',
      'daily 2024-03-20 2: missing',
      'weekly 2024-03-15 1: unexpected',
      'weekly 2024-03-25 0: missing',
      'monthly 2024-04-01 2: missing',
    ]);
  });

  it('does not compare what is dirty or frozen, and says so', async () => {
    const client = await threeDays();
    await client.put([run('2024-03-31T12:00:00Z')]);
    expect(await audits.audit(client.id)).toMatchObject({
      range: { from: '2024-03-08', to: '2024-04-01' },
      differences: 0,
      dirtyDays: ['2024-03-31'],
      dirtyPeriods: 2,
      daysCompared: 24,
      rowsCompared: { daily: 3 + 2, weekly: 3 + 2, monthly: 2 },
    });
    await recompute(client);
    await sql(`UPDATE retention_floor SET raw_floor = '2024-03-10T00:00:00Z'`);
    try {
      await sql('DELETE FROM workflow_executions WHERE client_id = $1 AND started_at < $2', [client.id, '2024-03-10']);
      expect(await audits.audit(client.id)).toMatchObject({
        range: { from: '2024-03-11' },
        differences: 0,
        frozenDays: 0,
        frozenPeriods: 1,
      });
      expect(await audits.audit(client.id, { from: '2024-03-01' })).toMatchObject({
        differences: 0,
        frozenDays: 10,
        frozenPeriods: 3,
      });
    } finally {
      await sql(`UPDATE retention_floor SET raw_floor = 'epoch'`);
    }
  });

  it('compares nothing while a changed zone is not applied', async () => {
    const client = await threeDays();
    await sql(`UPDATE clients SET timezone = 'Asia/Kathmandu', config_version = 2 WHERE id = $1`, [client.id]);
    expect(await audits.audit(client.id)).toMatchObject({
      configurationPending: true,
      daysCompared: 0,
      rowsCompared: { daily: 0, weekly: 0, monthly: 0 },
    });
  });

  it('of a client without anything compares nothing', async () => {
    const client = await create('UTC', 1);
    expect(await audits.audit(client.id)).toMatchObject({ range: null, differences: 0 });
    expect(await audits.audit(client.id, { from: '2024-03-01' })).toMatchObject({
      range: { from: '2024-03-01', to: '2024-03-01' },
    });
  });

  it('lists 200 differences at most and counts all', async () => {
    const client = await create('UTC', 1);
    await client.put(Array.from({ length: 120 }, (_, n) => run('2024-03-08T10:00:00Z', { workflowId: n + 1 })));
    await recompute(client);
    await sql(`UPDATE metrics_aggregations SET time_saved_ms = 7 WHERE client_id = $1 AND period_type = 'daily'`, [client.id]);
    const audit = await audits.audit(client.id);
    // 120 workflows and the client, and their week and month, which are no longer the sum of the day.
    expect(audit.differences).toBe(3 * 121);
    expect(audit.listed).toHaveLength(200);
  });
});
