import { DataSource } from 'typeorm';
import { RollupAuditService } from '../../src/aggregator/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { ChangeSteps } from '../../src/collector/change-steps.js';
import { DirtyDaysRepository } from '../../src/collector/dirty-days.repository.js';
import { ExecutionGroupsReadModel } from '../../src/collector/execution-groups.read-model.js';
import { ExecutionsRepository } from '../../src/collector/executions.repository.js';
import { type ChangeProgress, PendingChanges } from '../../src/collector/index.js';
import { Reclassifier } from '../../src/collector/reclassifier.js';
import { ReclassifyRepository } from '../../src/collector/reclassify.repository.js';
import { RulesCache } from '../../src/collector/rules-cache.js';
import { SyncStateRepository } from '../../src/collector/sync-state.repository.js';
import { Clock } from '../../src/common/index.js';
import { ClientLock } from '../../src/database/index.js';
import { FilterRulesRepository } from '../../src/production-filter/filter-rules.repository.js';
import { FilterRulesService, type RuleDefaults } from '../../src/production-filter/index.js';
import { World } from './collector.fixture.js';
import { at, RuledClient } from './rule-preview.fixture.js';

let world: World;
let client: RuledClient;

beforeAll(async () => {
  world = await World.open();
});

beforeEach(async () => {
  client = await RuledClient.create(world, 'America/New_York');
});

afterAll(async () => {
  await world.close();
});

/** How many executions carry which reason. */
async function reasons(): Promise<Record<string, number>> {
  const rows = await world.query<{ reason: string; n: number }>(
    'SELECT filter_reason AS reason, count(*)::int AS n FROM workflow_executions WHERE client_id = $1 GROUP BY 1',
    [client.id],
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}

/** `n` successes of the first two workflows in turn, one a second, as a sync by the defaults would have stored them. */
async function many(n: number): Promise<void> {
  await world.query(
    `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, execution_time_ms,
            is_production, filter_reason, rule_version, first_seen_at, last_changed_at)
     SELECT $1, 1, 'many' || n, '2026-03-02'::timestamptz + n * interval '1 s', w.id, 'success', 'webhook', 1000, true, 'mode_webhook', 0, now(), now()
       FROM generate_series(1, $2) n JOIN workflows w ON w.client_id = $1 AND w.n8n_workflow_id = 'w' || n % 2`,
    [client.id, n],
  );
}

async function applyAll(onStep: (progress: ChangeProgress) => void = () => undefined): Promise<ChangeProgress> {
  return world.get(PendingChanges).applyAll(client.id, AbortSignal.timeout(60_000), (progress) => {
    onStep({ ...progress });
    return Promise.resolve();
  });
}

const putRules = (rules: object): Promise<unknown> => world.get(FilterRulesService).put(client.id, rules, 'test');

/** The changes of a process that was started with other defaults. */
function processWith(defaults: RuleDefaults): PendingChanges {
  const dataSource = world.get(DataSource);
  const clock = world.get<Clock>(Clock);
  const rules = new RulesCache(new FilterRulesService(new FilterRulesRepository(dataSource), defaults, clock));
  const [repository, days] = [new ReclassifyRepository(dataSource), new DirtyDaysRepository(dataSource)];
  const reclassifier = new Reclassifier(repository, new ExecutionGroupsReadModel(), days, rules, clock);
  const steps = new ChangeSteps(new SyncStateRepository(dataSource), new ExecutionsRepository(), days, reclassifier, rules);
  return new PendingChanges(new ClientLock(dataSource), steps, repository, rules);
}

describe('re-application', () => {
  it('is left to its job by a sync after so many rows; the job goes on there and tells how far it is', async () => {
    await many(45_000);
    await applyAll();
    await putRules({ exclude_workflow_patterns: ['^orders$'] });
    expect(await world.get(PendingChanges).apply(client.id, AbortSignal.timeout(60_000))).toBe(15_000);
    expect(await reasons()).toEqual({ custom_exclude: 15_000, mode_webhook: 30_000 });
    expect(await world.get(PendingChanges).unappliedClients(10)).toContain(client.id);

    const steps: ChangeProgress[] = [];
    const done = await applyAll((progress) => {
      steps.push(progress);
    });
    expect(done).toMatchObject({ judged: 15_000, changed: 7_500, total: 45_000, doneBefore: 30_000, position: null });
    expect(steps.map(({ judged, position }) => [judged, position?.toISOString() ?? null])).toEqual([
      [10_000, '2026-03-02T11:06:40.001Z'],
      [15_000, null],
      [15_000, null],
    ]);
    expect(await reasons()).toEqual({ custom_exclude: 22_500, mode_webhook: 22_500 });
    expect(await world.get(PendingChanges).unappliedClients(10)).not.toContain(client.id);
    await world.rollUp(client.id);
    const audit = await world.get(RollupAuditService).audit(client.id);
    expect(audit).toMatchObject({ differences: 0, dirtyDays: [], range: { from: '2026-03-01', to: '2026-03-02' } });
    expect(audit.rowsCompared.daily).toBe(6);
  });

  it('judges renamed workflows together, each from its own mark on', async () => {
    await many(25_000);
    await applyAll();
    await world.query(`UPDATE workflows SET name = name || ' staging' WHERE client_id = $1 AND n8n_workflow_id IN ('w0', 'w1')`, [
      client.id,
    ]);
    const mark = `UPDATE workflows SET reclassify_from = $2 WHERE client_id = $1 AND n8n_workflow_id = $3`;
    await world.query(mark, [client.id, 'epoch', 'w0']);
    // What started before its mark is said to be judged already.
    await world.query(mark, [client.id, '2026-03-02T04:00:00Z', 'w1']);
    const { judged, changed } = await applyAll();
    expect(judged).toBe(25_000);
    // Both from the earlier mark on: judging again what is right changes nothing.
    expect(changed).toBe(25_000);
    expect(await reasons()).toEqual({ test_name: 25_000 });
    expect(await world.count('workflows WHERE client_id = $1 AND reclassify_from IS NOT NULL', [client.id])).toBe(0);
  });

  it('follows the quiet hours into another zone', async () => {
    await client.store([at('2026-03-10T05:30:00Z'), at('2026-03-10T21:30:00Z')]);
    await client.apply({ quiet_hours: [{ from: '22:00', to: '06:00' }] });
    expect((await client.stored()).map((row) => row.filter_reason)).toEqual(['mode_webhook', 'timing']);
    await world.get(ClientsService).patch(client.id, { timezone: 'Europe/London' });
    await applyAll();
    expect((await client.stored()).map((row) => row.filter_reason)).toEqual(['mode_webhook', 'timing']);
    await world.get(ClientsService).patch(client.id, { timezone: 'Europe/Berlin' });
    await applyAll();
    expect((await client.stored()).map((row) => row.filter_reason)).toEqual(['timing', 'mode_webhook']);
  });

  it('reaches clients without rules of their own when the defaults of the environment change, and no others', async () => {
    await client.store([at('2026-03-10T05:30:00Z', { mode: 'manual' }), at('2026-03-10T06:30:00Z', { workflow: 2 })]);
    await applyAll();
    const now = (): Promise<string[]> => client.stored().then((rows) => rows.map((row) => row.filter_reason));
    expect(await now()).toEqual(['test_name', 'manual_mode']);
    const other = processWith({ excludeManual: false, excludeTestWorkflows: false });
    expect(await other.unappliedClients(10)).toContain(client.id);
    await other.apply(client.id, AbortSignal.timeout(60_000));
    expect(await now()).toEqual(['mode_webhook', 'mode_manual']);
    expect(await other.unappliedClients(10)).not.toContain(client.id);
    expect(await world.get(PendingChanges).unappliedClients(10)).toContain(client.id);
    await client.apply({ exclude_manual: false });
    expect(await now()).toEqual(['test_name', 'mode_manual']);
    expect(await other.unappliedClients(10)).not.toContain(client.id);
    await other.apply(client.id, AbortSignal.timeout(60_000));
    expect(await now()).toEqual(['test_name', 'mode_manual']);
  });
});
