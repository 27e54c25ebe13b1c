import { ApiKeysService } from '../../src/auth/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { FilterRulesService } from '../../src/production-filter/index.js';
import { RetentionService } from '../../src/retention/index.js';
import { generateHistory, type NewExecution, type SimulatedInstance } from '../../simulator/index.js';
import { type Connected, DAY, World } from './collector.fixture.js';

let world: World;

beforeEach(async () => {
  world = await World.open();
});

afterEach(async () => {
  await world.close();
});

const cleanUp = (dryRun = false) => world.get(RetentionService).run({ dryRun });

const rawFloor = async (): Promise<string | undefined> =>
  (await world.query<{ raw_floor: Date }>('SELECT raw_floor FROM retention_floor'))[0]?.raw_floor.toISOString();

const partitions = async (): Promise<string[]> => {
  const rows = await world.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'workflow_executions'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

/** A client whose executions of February and March fit one page of n8n's list. */
async function withHistory(): Promise<Connected> {
  const instance = world.instance('2.40');
  generateHistory(instance, { count: 240, days: 40, seed: 5 });
  const connected = await world.connect(instance);
  await world.sync(connected.clientId);
  return connected;
}

const before = (instance: SimulatedInstance, at: string): number =>
  instance.truth().filter((row) => new Date(row.startedAt ?? row.stoppedAt ?? 0) < new Date(at)).length;

const historical = async (clientId: number): Promise<unknown[]> => {
  const range = 'period_type=daily&start_date=2026-02-01&end_date=2026-03-18';
  return (await world.http<{ metrics_data: unknown[] }>('GET', `/metrics/client/${clientId}/historical?${range}`)).metrics_data;
};

describe('raw executions past their time', () => {
  // 75 days after 2026-03-18 the limit of 90 days is 2026-03-03T12:00, so the newest week that goes ends on 2026-03-02.
  const floor = '2026-03-02T00:00:00.000Z';

  it('go by whole weeks, and their figures are served as before', async () => {
    const { instance, clientId } = await withHistory();
    await world.rollUp(clientId);
    const rollups = await world.dump('metrics_aggregations', clientId);
    const stored = await partitions();
    const executions = await world.count('workflow_executions');
    world.clock.advance(75 * DAY);
    const served = await historical(clientId);
    const expired = stored.filter((name) => name < 'workflow_executions_w20260302');
    expect(expired.length).toBeGreaterThan(2);
    expect(await cleanUp()).toMatchObject({
      dry_run: false,
      partitions: expired,
      executions: before(instance, floor),
      rollups: 0,
      kept_dirty: 0,
    });
    expect(await partitions()).toEqual(stored.filter((name) => !expired.includes(name)));
    expect(await world.count(`pg_class WHERE relname = ANY($1)`, [expired])).toBe(0);
    expect(await world.count('workflow_executions')).toBe(executions - before(instance, floor));
    expect(await rawFloor()).toBe(floor);
    expect(await world.dump('metrics_aggregations', clientId)).toEqual(rollups);
    expect(await historical(clientId)).toEqual(served);
    expect(await cleanUp()).toMatchObject({ partitions: [], executions: 0 });
    expect(await rawFloor()).toBe(floor);
  });

  it('are rolled up first when their days are still dirty', async () => {
    const { clientId } = await withHistory();
    const raw = await world.dailyFromRaw(clientId);
    expect(await world.dailyRollups(clientId)).toEqual([]);
    world.clock.advance(75 * DAY);
    expect((await cleanUp()).partitions.length).toBeGreaterThan(2);
    expect(await world.dailyRollups(clientId)).toEqual(raw);
    expect(await world.count('dirty_days')).toBe(0);
  });

  it('stay while a day of one client cannot be rolled up, and go once it can', async () => {
    const { clientId } = await withHistory();
    const other = await withHistory();
    const stored = await partitions();
    await world.query(`UPDATE clients SET timezone = 'Nowhere/Land' WHERE id = $1`, [clientId]);
    world.clock.advance(75 * DAY);
    const kept = await cleanUp();
    expect(kept).toMatchObject({ partitions: [], executions: 0 });
    expect(kept.kept_dirty).toBeGreaterThan(2);
    expect(await partitions()).toEqual(stored);
    expect(await rawFloor()).toBe('1970-01-01T00:00:00.000Z');
    // The other client's figures do not wait for it.
    expect(await world.dailyRollups(other.clientId)).toEqual(await world.dailyFromRaw(other.clientId));
    await world.query(`UPDATE clients SET timezone = 'UTC' WHERE id = $1`, [clientId]);
    expect((await cleanUp()).partitions).toHaveLength(kept.kept_dirty);
    expect(await rawFloor()).toBe(floor);
  });

  it('go too where a crash left their table behind, detached and not dropped', async () => {
    const { clientId, instance } = await withHistory();
    await world.rollUp(clientId);
    const [oldest = ''] = await partitions();
    await world.query(`ALTER TABLE workflow_executions DETACH PARTITION ${oldest}`);
    world.clock.advance(75 * DAY);
    expect(await cleanUp()).toMatchObject({ executions: before(instance, floor), kept_dirty: 0 });
    expect(await world.count('pg_class WHERE relname = $1', [oldest])).toBe(0);
  });

  it('go although somebody reads for long, and no sync waits for that', async () => {
    const { clientId } = await withHistory();
    world.clock.advance(75 * DAY);
    const reader = world.service.database.dataSource.createQueryRunner();
    await reader.startTransaction();
    await reader.query('SELECT count(*) FROM workflow_executions');
    const cleaning = cleanUp();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await world.sync(clientId);
    await reader.commitTransaction();
    await reader.release();
    expect((await cleaning).partitions.length).toBeGreaterThan(2);
    expect(await partitions()).not.toContain((await cleaning).partitions[0]);
  });

  it('do not wait for the dirty days of a deleted client', async () => {
    const { clientId } = await withHistory();
    expect(await world.count('dirty_days WHERE client_id = $1', [clientId])).toBeGreaterThan(0);
    await world.get(ClientsService).remove(clientId);
    world.clock.advance(75 * DAY);
    expect(await cleanUp()).toMatchObject({ kept_dirty: 0 });
    expect(await rawFloor()).toBe(floor);
  });

  it('are refused and counted when n8n still lists them', async () => {
    const { instance, clientId } = await withHistory();
    world.clock.advance(75 * DAY);
    await cleanUp();
    const left = await world.dump('workflow_executions', clientId);
    // The first whole day of New York within 90 days.
    const refused = before(instance, '2026-03-04T05:00:00Z');
    expect(await world.sync(clientId)).toMatchObject({ executions_new: 0, before_retention: refused });
    expect(await world.dump('workflow_executions', clientId)).toEqual(left);
  });

  it('are refused below the floor also when the time to keep them is longer again', async () => {
    const { instance, server, clientId } = await withHistory();
    await world.rollUp(clientId);
    world.clock.advance(75 * DAY);
    await cleanUp();
    world.clock.advance(-75 * DAY);
    const rollups = await world.dailyRollups(clientId);
    expect(await world.sync(clientId)).toMatchObject({ before_retention: before(instance, floor), executions_new: 0 });
    const newcomer = await world.addClient(server);
    expect(await world.sync(newcomer)).toMatchObject({ before_retention: before(instance, floor) });
    expect(await world.count('workflow_executions WHERE started_at < $1', [floor])).toBe(0);
    await world.rollUp(clientId);
    expect(await world.dailyRollups(clientId)).toEqual(rollups);
  });

  it('are only counted by a dry run, which says what the clean-up then does', async () => {
    const { clientId } = await withHistory();
    await world.rollUp(clientId);
    world.clock.advance(75 * DAY);
    const stored = [await partitions(), await world.dump('workflow_executions', clientId), await rawFloor()];
    const said = await cleanUp(true);
    expect(said).toMatchObject({ dry_run: true });
    expect(said.executions).toBeGreaterThan(0);
    expect([await partitions(), await world.dump('workflow_executions', clientId), await rawFloor()]).toEqual(stored);
    expect({ ...(await cleanUp()), dry_run: true }).toEqual(said);
  });
});

describe('rollups past their time', () => {
  it('are not served after 24 months and go, with the gaps of that time', async () => {
    const { clientId } = await withHistory();
    await world.rollUp(clientId);
    await world.query(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, confidence, created_at)
       VALUES ($1, '2026-02-10', '2026-02-11', 'old', 'possible', now()), ($1, '2026-02-28', '2026-03-01', 'young', 'possible', now())`,
      [clientId],
    );
    world.clock.set('2028-02-20T12:00:00Z');
    expect(await historical(clientId)).toContainEqual(expect.objectContaining({ period_start: '2026-02-20', source: 'rollup' }));
    world.clock.set('2028-03-20T12:00:00Z');
    // No longer served, although they are still there.
    const gone: unknown = expect.objectContaining({ period_start: '2026-02-20', total_executions: 0 });
    expect(await historical(clientId)).toContainEqual(gone);
    expect(await historical(clientId)).toContainEqual(expect.objectContaining({ period_start: '2026-03-10', source: 'rollup' }));
    const rows = (where: string): Promise<number> => world.count(`metrics_aggregations WHERE period_start ${where}`);
    const [old, kept] = [await rows(`< '2026-03-01'`), await rows(`>= '2026-03-01'`)];
    expect(Math.min(old, kept)).toBeGreaterThan(10);
    expect(await cleanUp(true)).toMatchObject({ rollups_before: '2026-03-01', rollups: old });
    expect(await rows(`< '2026-03-01'`)).toBe(old);
    expect(await cleanUp()).toMatchObject({ rollups_before: '2026-03-01', rollups: old });
    expect([await rows(`< '2026-03-01'`), await rows(`>= '2026-03-01'`)]).toEqual([0, kept]);
    expect(await world.query('SELECT reason FROM coverage_gaps WHERE to_at IS NOT NULL')).toEqual([{ reason: 'young' }]);
    expect(await historical(clientId)).toContainEqual(gone);
  });
});

describe('workflows that are deleted in n8n', () => {
  const names = async (clientId: number): Promise<string[]> => {
    const rows = await world.query<{ name: string }>('SELECT name FROM workflows WHERE client_id = $1 ORDER BY name', [clientId]);
    return rows.map(({ name }) => name);
  };

  it('go when nothing refers to them any more, with their time saved', async () => {
    const instance = world.instance('2.40');
    const add = (name: string): string => instance.addWorkflow({ name, settings: { timeSavedPerExecution: 5 } }).id;
    const [february, march, idle] = [add('February'), add('March'), add('Idle')];
    for (const name of ['Alive', 'Alive too', 'Alive as well', 'Alive and idle']) add(name);
    const run = (workflowId: string, at: string): NewExecution => ({ workflowId, startedAt: Date.parse(at) });
    instance.startExecution(run(february, '2026-02-10T12:00:00Z'));
    instance.startExecution(run(march, '2026-03-10T12:00:00Z'));
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    for (const id of [february, march, idle]) instance.deleteWorkflow(id);
    await world.sync(clientId);
    expect(await world.sync(clientId)).toMatchObject({ workflows_deleted: 3 });
    expect(await cleanUp(true)).toMatchObject({ workflows: 1 });
    expect(await names(clientId)).toContain('Idle');
    expect(await cleanUp()).toMatchObject({ workflows: 1 });
    const alive = ['Alive', 'Alive and idle', 'Alive as well', 'Alive too'];
    expect(await names(clientId)).toEqual([...alive, 'February', 'March']);
    expect(await world.count('workflow_time_saved')).toBe(6);

    // Raw executions of both are gone now, rollups of February too: only March is still referred to.
    world.clock.set('2028-03-20T12:00:00Z');
    expect(await cleanUp()).toMatchObject({ executions: 2, workflows: 1 });
    expect(await names(clientId)).toEqual([...alive, 'March']);
    expect(await world.count('workflow_time_saved')).toBe(5);
  });
});

describe('erasing a client', () => {
  /** A client that has rows in every table. */
  async function everywhere(): Promise<number> {
    const { instance, clientId } = await withHistory();
    const workflow = instance.addWorkflow({ name: 'Long', settings: { timeSavedPerExecution: 2 } });
    instance.startExecution({ workflowId: workflow.id, outcome: 'never' });
    await world.sync(clientId);
    await world.rollUp(clientId);
    await world.get(FilterRulesService).put(clientId, { exclude_manual: false }, 'test');
    await world.get(ApiKeysService).create({ name: 'viewer', role: 'viewer', clientId, expiresAt: null });
    await world.query(`INSERT INTO dirty_days (client_id, day) VALUES ($1, '2026-03-18')`, [clientId]);
    await world.query(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, confidence, created_at) VALUES ($1, now(), now(), 'r', 'possible', now())`,
      [clientId],
    );
    await world.query(`INSERT INTO sync_epochs (client_id, epoch, first_id, detected_at) VALUES ($1, 2, '900', now())`, [
      clientId,
    ]);
    return clientId;
  }

  /** Rows by table, of every table that names clients. The history of jobs goes by its own clock. */
  async function rowsByTable(clientId: number): Promise<Record<string, number>> {
    const tables = await world.query<{ name: string }>(
      `SELECT c.table_name AS name FROM information_schema.columns c JOIN pg_class p ON p.oid = c.table_name::regclass AND NOT p.relispartition
        WHERE c.table_schema = 'public' AND c.column_name = 'client_id' AND c.table_name <> 'job_runs'`,
    );
    const counts: Record<string, number> = { clients: await world.count('clients WHERE id = $1', [clientId]) };
    for (const { name } of tables) counts[name] = await world.count(`${name} WHERE client_id = $1`, [clientId]);
    return counts;
  }

  it('leaves no row of it in any table and every row of the others', async () => {
    const clientId = await everywhere();
    const other = await everywhere();
    // More than one batch of the erasure.
    await world.query(
      `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, is_production, filter_reason,
              rule_version, first_seen_at, last_changed_at)
       SELECT $1, 1, 'x' || n, '2026-03-17', 1, 'success', 'webhook', true, '', 0, now(), now() FROM generate_series(1, 10050) n`,
      [clientId],
    );
    const [mine, theirs] = [await rowsByTable(clientId), await rowsByTable(other)];
    expect(Object.keys(mine).length).toBeGreaterThan(9);
    for (const [table, n] of Object.entries(mine)) expect({ table, filled: n > 0 }).toEqual({ table, filled: true });
    await world.get(ClientsService).remove(clientId);
    const removed = await world.get(RetentionService).eraseClient(clientId);
    expect(removed).toMatchObject({ workflow_executions: mine.workflow_executions, workflows: mine.workflows, left: 0 });
    expect(new Set(Object.values(await rowsByTable(clientId)))).toEqual(new Set([0]));
    expect(await rowsByTable(other)).toEqual(theirs);
    expect(await world.get(RetentionService).eraseClient(clientId)).toMatchObject({ workflow_executions: 0, left: 0 });
  });

  it('is refused as long as it is not deleted', async () => {
    const clientId = await everywhere();
    const stored = await rowsByTable(clientId);
    await expect(world.get(RetentionService).eraseClient(clientId)).rejects.toThrow(`client ${clientId} is not deleted`);
    expect(await rowsByTable(clientId)).toEqual(stored);
  });
});
