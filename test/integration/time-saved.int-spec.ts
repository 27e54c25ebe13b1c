import { AggregatorService } from '../../src/aggregator/index.js';
import { ApiKeysService } from '../../src/auth/index.js';
import { HOUR, World } from './collector.fixture.js';
import { type History, pathOf, Saver } from './time-saved.fixture.js';

let world: World;
let client: Saver;

beforeAll(async () => {
  world = await World.open();
});

beforeEach(async () => {
  client = await Saver.create(world);
});

afterAll(async () => {
  await world.close();
});

describe('a value by hand', () => {
  it('from a day in the past on changes exactly the days with successes from then on, fractions kept', async () => {
    await client.store();
    const before = await client.rollups();
    const version = await client.dataVersion();
    const applied = await client.put({ minutes: 7.3333, apply_from: '2026-03-10' });
    expect(applied).toMatchObject({
      workflow_id: client.orders,
      minutes: 7.3333,
      valid_from: '2026-03-09T23:00:00.000Z',
      replaced_values: 0,
      days_to_recompute: 2,
      days_frozen: 0,
      frozen_before: '1970-01-02',
      job_url: `/api/v1/metrics/admin/jobs/${applied.job_id}`,
    });
    await expect(client.dirtyDays()).resolves.toEqual(['2026-03-10', '2026-03-12']);
    expect(await client.dataVersion()).toBeGreaterThan(version);
    await expect(world.http('GET', `/metrics/admin/jobs/${applied.job_id}`)).resolves.toMatchObject({
      name: 'aggregate',
      client_id: client.id,
      state: 'queued',
    });
    // 7.3333 minutes are 439,998 ms. The answer is right before anything is stored, and the same after.
    const days = async (): Promise<unknown> => [
      await client.shown('2026-03-09', client.orders),
      await client.shown('2026-03-10', client.orders),
      await client.shown('2026-03-12', client.orders),
      await client.shown('2026-03-12'),
    ];
    const right = [
      [null, 0],
      [0.122222, 1],
      [0.244443, 1],
      [0.244443, 0.6667],
    ];
    await expect(days()).resolves.toEqual(right);
    await world.rollUp(client.id);
    await expect(days()).resolves.toEqual(right);
    await expect(client.audit()).resolves.toMatchObject({ equal: true, complete: true, differences: [] });
    const after = await client.rollups();
    expect([...after.keys()].filter((key) => after.get(key) !== before.get(key)).sort()).toEqual(
      ['daily 2026-03-10', 'daily 2026-03-12', 'monthly 2026-03-01', 'weekly 2026-03-09']
        .flatMap((period) => [`${period} 0`, `${period} ${client.orders}`])
        .sort(),
    );
    expect(after.size).toBe(before.size);
  });

  it('counts from now on when no day is given, and leaves what is stored as it is', async () => {
    await client.store();
    const applied = await client.put({ minutes: 0.5 });
    expect(applied).toMatchObject({ valid_from: '2026-03-18T12:00:00.000Z', days_to_recompute: 0, job_id: null, job_url: null });
    await expect(client.dirtyDays()).resolves.toEqual([]);
    const { current, items } = await client.get();
    expect(current).toEqual({
      valid_from: '2026-03-18T12:00:00.000Z',
      source: 'manual',
      minutes: 0.5,
      author: 'bootstrap',
      created_at: '2026-03-18T12:00:00.000Z',
    });
    expect(items).toEqual([current]);
  });

  it('replaces what was set by hand for later, and writes nothing when it says the same again', async () => {
    await client.store();
    await client.put({ minutes: 10, apply_from: '2026-03-10' });
    await client.put({ minutes: 20, apply_from: '2026-03-12' });
    await world.rollUp(client.id);
    await expect(client.shown('2026-03-12', client.orders)).resolves.toEqual([0.666667, 1]);
    // The 10th keeps its 10 minutes: only the 12th is another.
    await expect(client.put({ minutes: 10, apply_from: '2026-03-10' })).resolves.toMatchObject({
      replaced_values: 2,
      days_to_recompute: 1,
    });
    await expect(client.dirtyDays()).resolves.toEqual(['2026-03-12']);
    await world.rollUp(client.id);
    await expect(client.shown('2026-03-12', client.orders)).resolves.toEqual([0.333333, 1]);
    const version = await client.dataVersion();
    const { items } = await client.get();
    expect(items).toHaveLength(1);
    for (const apply_from of ['2026-03-10', '2026-03-12', '2026-06-01']) {
      await expect(client.put({ minutes: 10, apply_from })).resolves.toMatchObject({ days_to_recompute: 0, job_id: null });
    }
    await expect(client.get()).resolves.toMatchObject({ items });
    await expect(client.dataVersion()).resolves.toBe(version);
    await expect(client.audit()).resolves.toMatchObject({ equal: true, complete: true });
  });

  it('is remembered with who set it and what it replaced', async () => {
    await client.put({ minutes: 10, apply_from: '2026-03-10' });
    const { key, apiKey } = await world
      .get(ApiKeysService)
      .create({ name: 'Operations', role: 'admin', clientId: null, expiresAt: null });
    await client.answer('PUT', client.path, key, { minutes: 3, apply_from: '2026-03-01' });
    const author = `key:${apiKey.prefix} Operations`;
    await expect(client.get()).resolves.toMatchObject({ items: [{ minutes: 3, author }] });
    const [event] = await world.query<{ actor: string; details: object }>(
      `SELECT actor, details FROM audit_events WHERE action = 'time-saved.put' AND target = $1 ORDER BY id DESC`,
      [`client:${client.id}`],
    );
    expect(event).toMatchObject({
      actor: author,
      details: {
        workflow_id: client.orders,
        minutes: 3,
        apply_from: '2026-03-01',
        replaced: [{ minutes: 10, valid_from: '2026-03-09T23:00:00.000Z', author: 'bootstrap' }],
        days_to_recompute: 0,
        job_id: null,
      },
    });
  });

  it('leaves every rollup equal to raw when values are set while days are computed', async () => {
    await client.store();
    const starts = ['2026-03-08', '2026-03-10', '2026-03-11', '2026-03-13'];
    const setting = async (workflowId: number): Promise<void> => {
      for (let n = 0; n < 12; n += 1)
        await client.put({ minutes: n % 5 === 4 ? null : n / 8, apply_from: starts[n % 4] }, workflowId);
    };
    const computing = async (): Promise<void> => {
      for (let n = 0; n < 25; n += 1) await world.get(AggregatorService).recompute(client.id, { maxDays: 1 });
    };
    await Promise.all([setting(client.orders), setting(client.news), computing()]);
    await world.rollUp(client.id);
    await expect(client.audit()).resolves.toMatchObject({ equal: true, complete: true, differences: [] });
  });

  it('says how many days keep their figures because their executions are gone', async () => {
    await client.store();
    await world.query(`UPDATE retention_floor SET raw_floor = '2026-03-10T12:00:00Z'`);
    try {
      const before = await client.rollups();
      await expect(client.put({ minutes: 6, apply_from: '2026-01-01' })).resolves.toMatchObject({
        days_to_recompute: 1,
        days_frozen: 2,
        frozen_before: '2026-03-11',
      });
      await expect(client.dirtyDays()).resolves.toEqual(['2026-03-12']);
      await world.rollUp(client.id);
      const after = await client.rollups();
      for (const day of ['2026-03-09', '2026-03-10']) {
        expect(after.get(`daily ${day} ${client.orders}`)).toBe(before.get(`daily ${day} ${client.orders}`));
      }
      await expect(client.shown('2026-03-10', client.orders)).resolves.toEqual([null, 0]);
      await expect(client.shown('2026-03-12', client.orders)).resolves.toEqual([0.2, 1]);
    } finally {
      await world.query(`UPDATE retention_floor SET raw_floor = '1970-01-01T00:00:00Z'`);
    }
  });
});

describe('the value of n8n', () => {
  it('is imported when it changes, yields to a value by hand, and applies again when that is taken back', async () => {
    const instance = world.instance('2.40');
    const { id: n8nId } = instance.addWorkflow({ name: 'Saver', settings: { timeSavedPerExecution: 5 } });
    const { clientId } = await world.connect(instance, 'UTC');
    const run = async (): Promise<void> => {
      world.clock.advance(HOUR);
      instance.startExecution({ workflowId: n8nId, startedAt: world.clock.now() - 1000, durationMs: 10 });
      await world.sync(clientId);
      await world.rollUp(clientId);
    };
    const minutes = async (): Promise<number> => {
      const [row] = await world.query<{ ms: string }>(
        `SELECT sum(time_saved_ms) AS ms FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0`,
        [clientId],
      );
      return Number(row?.ms) / 60_000;
    };
    await run();
    await expect(minutes()).resolves.toBe(5);
    const [workflow] = await world.query<{ id: string }>('SELECT id FROM workflows WHERE client_id = $1', [clientId]);
    const path = pathOf(clientId, Number(workflow?.id));

    const first = new Date(world.clock.now()).toISOString().slice(0, 10);
    await expect(world.http('PUT', path, { minutes: 7.5, apply_from: first })).resolves.toMatchObject({ days_to_recompute: 1 });
    await world.rollUp(clientId);
    await expect(minutes()).resolves.toBe(7.5);

    instance.updateWorkflow(n8nId, { settings: { timeSavedPerExecution: 0.25 } });
    await run();
    await expect(minutes()).resolves.toBe(15);
    const held = await world.http<History>('GET', path);
    expect(held).toMatchObject({ current: { source: 'manual', minutes: 7.5 }, n8n_minutes: 0.25 });
    expect(held.items.map(({ source, minutes: each }) => [source, each])).toEqual([
      ['n8n', 0.25],
      ['manual', 7.5],
      ['n8n', 5],
    ]);

    // From now on: what ran until now keeps the value by hand.
    await world.http('PUT', path, { minutes: null });
    await run();
    await expect(minutes()).resolves.toBe(15.25);
    await expect(world.http('GET', path)).resolves.toMatchObject({ current: { source: 'n8n', minutes: 0.25, author: null } });
    // From the beginning: as if it had never been. n8n's change was noticed after the second run, and counts from then on.
    await expect(world.http('PUT', path, { minutes: null, apply_from: '1970-01-01' })).resolves.toMatchObject({
      replaced_values: 2,
    });
    await world.rollUp(clientId);
    await expect(minutes()).resolves.toBe(10.25);
    await expect(world.http('POST', `/metrics/admin/audit/${clientId}`)).resolves.toMatchObject({ equal: true, complete: true });
  });
});
