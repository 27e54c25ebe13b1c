import { ChangeSteps, type StepResult } from '../../src/collector/change-steps.js';
import { PartitionsRepository, PendingChanges } from '../../src/collector/index.js';
import { ClientLock } from '../../src/database/index.js';
import { FilterRulesService } from '../../src/production-filter/index.js';
import { generateHistory, versions } from '../../simulator/index.js';
import { type Connected, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

const apply = (clientId: number): Promise<number> => world.get(PendingChanges).apply(clientId, AbortSignal.timeout(60_000));

const putRules = (clientId: number, rules: object): Promise<unknown> =>
  world.http('PUT', `/clients/${clientId}/filter-rules`, rules);

/** Rolls up; afterwards every rollup has to be what raw says. */
async function expectRolledUp(clientId: number): Promise<void> {
  await world.rollUp(clientId);
  const raw = await world.dailyFromRaw(clientId);
  expect(raw.length).toBeGreaterThan(0);
  expect(await world.dailyRollups(clientId)).toEqual(raw);
  expect(await world.count('dirty_days WHERE client_id = $1', [clientId])).toBe(0);
}

/** How many executions of each workflow carry which verdict. */
async function verdicts(clientId: number): Promise<Record<string, number>> {
  const rows = await world.query<{ key: string; n: number }>(
    `SELECT w.name || ': ' || e.filter_reason || CASE WHEN e.is_production THEN ' yes' ELSE ' no' END AS key, count(*)::int AS n
       FROM workflow_executions e JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
      WHERE e.client_id = $1 GROUP BY 1`,
    [clientId],
  );
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

/** Two workflows, Orders and Billing, with ten successes each, collected and rolled up. */
async function twoWorkflows(): Promise<Connected & { orders: string; billing: string }> {
  const instance = world.instance('2.40');
  const [orders, billing] = [instance.addWorkflow({ name: 'Orders' }).id, instance.addWorkflow({ name: 'Billing' }).id];
  for (let n = 20; n > 0; n -= 1) {
    const startedAt = world.clock.now() - n * 3_600_000;
    instance.startExecution({ workflowId: n % 2 === 0 ? orders : billing, startedAt });
  }
  const connected = await world.connect(instance);
  await world.sync(connected.clientId);
  await expectRolledUp(connected.clientId);
  return { ...connected, orders, billing };
}

const TEN_EACH = { 'Orders: mode_webhook yes': 10, 'Billing: mode_webhook yes': 10 };

describe('new filter rules', () => {
  it('change stored verdicts and their rollups, and the old rules bring the old verdicts back', async () => {
    const instance = world.instance('2.40');
    generateHistory(instance, { count: 800, days: 20, seed: 3 });
    const { clientId } = await world.connect(instance, 'Asia/Kathmandu');
    await world.sync(clientId);
    await expectRolledUp(clientId);
    const [before, rolledUp] = [await verdicts(clientId), await world.dailyRollups(clientId)];
    const [busiest] = await world.query<{ name: string; n: number }>(
      `SELECT w.name, count(*)::int AS n FROM workflow_executions e JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id
        WHERE e.client_id = $1 AND e.is_production GROUP BY w.name ORDER BY 2 DESC LIMIT 1`,
      [clientId],
    );
    const { name, n } = busiest ?? { name: '', n: 0 };
    expect(n).toBeGreaterThan(20);

    await putRules(clientId, { exclude_workflow_patterns: [`^${name}$`], min_duration_ms: 500 });
    expect(await verdicts(clientId)).toEqual(before);
    const changed = await apply(clientId);
    expect(changed).toBeGreaterThan(n);
    const now = await verdicts(clientId);
    expect(Object.keys(now).filter((key) => key.startsWith(`${name}: `) && key.endsWith(' yes'))).toEqual([]);
    expect(Object.keys(now).some((key) => key.endsWith(': timing no'))).toBe(true);
    expect(now[`${name}: custom_exclude no`]).toBeGreaterThanOrEqual(n);
    await expectRolledUp(clientId);
    expect(await world.dailyRollups(clientId)).not.toEqual(rolledUp);
    expect(await apply(clientId)).toBe(0);

    await putRules(clientId, {});
    expect(await apply(clientId)).toBe(changed);
    expect(await verdicts(clientId)).toEqual(before);
    await expectRolledUp(clientId);
    expect(await world.dailyRollups(clientId)).toEqual(rolledUp);
  });

  it('are applied by the next sync when nobody applied them before', async () => {
    const { clientId } = await twoWorkflows();
    await world.get(FilterRulesService).put(clientId, { exclude_workflow_patterns: ['orders'] }, 'test');
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 10 });
    expect(await verdicts(clientId)).toEqual({ 'Orders: custom_exclude no': 10, 'Billing: mode_webhook yes': 10 });
    await expectRolledUp(clientId);
  });

  it('of one client leave the verdicts of another alone', async () => {
    const [mine, theirs] = [await twoWorkflows(), await twoWorkflows()];
    const rows = await world.dump('workflow_executions', theirs.clientId);
    await putRules(mine.clientId, { exclude_workflow_patterns: ['orders'] });
    expect(await apply(mine.clientId)).toBe(10);
    expect(await apply(theirs.clientId)).toBe(0);
    expect(await world.dump('workflow_executions', theirs.clientId)).toEqual(rows);
  });
});

describe('a newer version in the middle of a re-classification', () => {
  /** 13,000 executions more, two thirds of them in one instant: more than two batches, whose border lies within the instant. */
  async function withMany(): Promise<number> {
    const { clientId } = await twoWorkflows();
    await world.get(PartitionsRepository).ensurePartitions([new Date('2026-03-02T00:00:00Z')]);
    await world.query(
      `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, execution_time_ms, is_production,
              filter_reason, rule_version, first_seen_at, last_changed_at)
       SELECT $1, 1, 'many' || n, '2026-03-02'::timestamptz + CASE WHEN n BETWEEN 2000 AND 11000 THEN 2000 ELSE n END * interval '1 ms', w.id,
              'success', 'webhook', 1000, true, 'mode_webhook', 0, now(), now()
         FROM generate_series(1, 13000) n JOIN workflows w ON w.client_id = $1 AND w.name = CASE n % 2 WHEN 0 THEN 'Orders' ELSE 'Billing' END`,
      [clientId],
    );
    await world.query(`INSERT INTO dirty_days (client_id, day) VALUES ($1, '2026-03-01')`, [clientId]);
    await expectRolledUp(clientId);
    return clientId;
  }

  const oneBatch = (clientId: number): Promise<StepResult> =>
    world.get(ClientLock).run(clientId, (manager, state) => world.get(ChangeSteps).applyRules(manager, state));

  it('ends with the newest verdicts everywhere', async () => {
    const clientId = await withMany();
    await putRules(clientId, { exclude_workflow_patterns: ['orders'] });
    const first = await oneBatch(clientId);
    expect(first.done).toBe(false);
    // The whole instant came along with the first batch: 11,000 of 13,000 rows.
    expect(first.judged).toBe(11_000);
    expect(await verdicts(clientId)).toMatchObject({ 'Orders: custom_exclude no': 5500, 'Orders: mode_webhook yes': 1010 });
    await putRules(clientId, { exclude_workflow_patterns: ['billing'] });
    // Those that the first version had changed go back, and all of Billing goes.
    expect(await apply(clientId)).toBe(5500 + 6510);
    expect(await verdicts(clientId)).toEqual({ 'Orders: mode_webhook yes': 6510, 'Billing: custom_exclude no': 6510 });
    await expectRolledUp(clientId);
    expect((await oneBatch(clientId)).done).toBe(true);
  });

  it('goes on where it was when nothing newer comes', async () => {
    const clientId = await withMany();
    await putRules(clientId, { exclude_workflow_patterns: ['orders'] });
    const first = await oneBatch(clientId);
    expect(first).toMatchObject({ changed: 5500, done: false });
    expect(await apply(clientId)).toBe(1010);
    expect(await verdicts(clientId)).toEqual({ 'Orders: custom_exclude no': 6510, 'Billing: mode_webhook yes': 6510 });
    await expectRolledUp(clientId);
  });

  it('holds when both versions are stored and applied at the same time', async () => {
    const clientId = await withMany();
    await putRules(clientId, { exclude_workflow_patterns: ['orders'] });
    const newer = putRules(clientId, { exclude_workflow_patterns: ['billing'] });
    await Promise.all([apply(clientId), world.rollUp(clientId), newer, apply(clientId)]);
    await apply(clientId);
    expect(await verdicts(clientId)).toEqual({ 'Orders: mode_webhook yes': 6510, 'Billing: custom_exclude no': 6510 });
    await expectRolledUp(clientId);
  });
});

describe('a workflow that was changed in n8n', () => {
  it('is judged anew by its new name, also where n8n has forgotten the executions', async () => {
    const { instance, clientId, orders } = await twoWorkflows();
    instance.prune({ maxCount: 3 });
    instance.updateWorkflow(orders, { name: 'Orders staging' });
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 10 });
    expect(await verdicts(clientId)).toEqual({ 'Orders staging: test_name no': 10, 'Billing: mode_webhook yes': 10 });
    await expectRolledUp(clientId);
    instance.updateWorkflow(orders, { name: 'Orders' });
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 10 });
    expect(await verdicts(clientId)).toEqual(TEN_EACH);
    await expectRolledUp(clientId);
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 0 });
  });

  it('is judged anew by its new tags', async () => {
    const { instance, clientId, orders, billing } = await twoWorkflows();
    instance.updateWorkflow(orders, { tags: ['experimental'] });
    instance.updateWorkflow(billing, { tags: ['stable'] });
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 20 });
    expect(await verdicts(clientId)).toEqual({ 'Orders: non_production_tag no': 10, 'Billing: production_tag yes': 10 });
    await expectRolledUp(clientId);
    instance.updateWorkflow(orders, { tags: [] });
    instance.updateWorkflow(billing, { tags: ['accounting'] });
    expect(await world.sync(clientId)).toMatchObject({ reclassified: 20 });
    expect(await verdicts(clientId)).toEqual(TEN_EACH);
    await expectRolledUp(clientId);
  });
});

describe.each(versions)('a test indicator in an error text of n8n %s', (version) => {
  it('takes the execution out of production when the detail arrives', async () => {
    const instance = world.instance(version);
    const { id: workflowId } = instance.addWorkflow({ name: 'Payments' });
    instance.startExecution({ workflowId, startedAt: world.clock.now() - 120_000 });
    const failing = { workflowId, outcome: 'error', startedAt: world.clock.now() - 60_000 } as const;
    const tested = instance.startExecution({ ...failing, failure: { message: 'Card refused [TEST]' } });
    const failed = instance.startExecution({ ...failing, failure: { message: 'connection test failed' } });
    const { clientId } = await world.connect(instance);
    const early: string[] = [];
    await world.sync(clientId, {
      listsStored: async () => {
        await expectRolledUp(clientId);
        const row = await world.execution(clientId, tested);
        early.push(`${row.detail_state} ${String(row.is_production)}`);
      },
    });
    expect(early).toEqual(['pending true']);
    expect(await world.execution(clientId, tested)).toMatchObject({
      status: 'error',
      is_production: false,
      filter_reason: 'test_indicator',
      test_indicator: 'error text says [test]',
      error_message: 'Card refused [TEST]',
    });
    expect(await world.execution(clientId, failed)).toMatchObject({ is_production: true, test_indicator: null });
    await expectRolledUp(clientId);
    expect(await world.dailyRollups(clientId)).toMatchObject([{ total: 2, failed: 1, excluded: 1 }]);

    // The list knows nothing of the text: it must not bring the execution back.
    expect(await world.sync(clientId)).toMatchObject({ executions_changed: 0 });
    expect(await world.execution(clientId, tested)).toMatchObject({ is_production: false });
    await putRules(clientId, { match_execution_data: false });
    expect(await apply(clientId)).toBe(1);
    expect(await world.execution(clientId, tested)).toMatchObject({ is_production: true, filter_reason: 'mode_webhook' });
    await expectRolledUp(clientId);
  });
});
