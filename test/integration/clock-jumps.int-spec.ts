import { SimulatedClock, SimulatedInstance } from '../../simulator/index.js';
import { SyncStateReadModel } from '../../src/collector/index.js';
import { CollectJob } from '../../src/scheduler/handlers/collect.job.js';
import { SchedulerService } from '../../src/scheduler/scheduler.service.js';
import { SchedulerStatusService } from '../../src/scheduler/scheduler-status.service.js';
import { type Connected, DAY, HOUR, MINUTE, World } from './collector.fixture.js';

/** The clock of the service jumps; that of n8n goes on. */
describe('a clock that jumps', () => {
  let world: World;
  let connected: Connected;
  let n8nClock: SimulatedClock;
  let workflowId: string;

  beforeAll(async () => {
    world = await World.open();
    n8nClock = SimulatedClock.fixed(world.clock.now());
    const instance = new SimulatedInstance({ version: '2.40', seed: 'jumps', clock: n8nClock });
    ({ id: workflowId } = instance.addWorkflow({ name: 'Orders' }));
    connected = await world.connect(instance);
    run();
    await world.sync(connected.clientId);
  });

  afterAll(async () => {
    await world.close();
  });

  function run(): void {
    connected.instance.startExecution({ workflowId, startedAt: n8nClock.now() - 2_000, durationMs: 500 });
    n8nClock.advance(MINUTE);
  }

  const tick = async (): Promise<void> => world.get(SchedulerService).collect();
  const collectSlots = async (): Promise<string[]> =>
    (await world.query<{ slot: string }>(`SELECT slot FROM job_runs WHERE name = 'collect' ORDER BY id`)).map(({ slot }) => slot);
  const isDue = async (): Promise<boolean> => (await world.get(CollectJob).run()).due === 1;

  it('back: every minute makes its job again, one for all replicas, until the clock is where it was', async () => {
    for (let n = 0; n < 5; n += 1) {
      await tick();
      world.clock.advance(MINUTE);
    }
    const before = await collectSlots();
    expect(new Set(before).size).toBe(5);
    world.clock.advance(-4 * MINUTE);
    for (let n = 0; n < 2; n += 1) {
      await tick();
      await tick();
      world.clock.advance(MINUTE);
    }
    const after = (await collectSlots()).slice(5);
    expect(after.map((slot) => slot.split('_')[0])).toEqual(before.slice(1, 3));
    world.clock.advance(HOUR);
    await tick();
    expect((await collectSlots()).at(-1)).toMatch(/Z$/);
  });

  it.each([
    ['back by three hours', -3 * HOUR],
    ['back by a day', -DAY],
    ['forwards by a month', 30 * DAY],
  ])('%s: the client is due at the next tick, and what ran is stored once', async (_, jump) => {
    await world.sync(connected.clientId, { full: false });
    expect(await isDue()).toBe(false);
    run();
    world.clock.advance(jump);
    expect(await isDue()).toBe(true);
    await world.sync(connected.clientId, { full: false });
    expect(await isDue()).toBe(false);
    const { clientId, instance } = connected;
    expect([...(await world.executions(clientId)).keys()].sort()).toEqual(
      instance
        .truth()
        .map(({ id }) => id)
        .sort(),
    );
    await world.rollUp(clientId);
    expect(await world.dailyRollups(clientId)).toEqual(await world.dailyFromRaw(clientId));
    world.clock.set(n8nClock.now());
    await world.sync(connected.clientId, { full: false });
  });

  it('back: what the schedules did before it does not hide that they stand still', async () => {
    await world.query(`DELETE FROM job_runs WHERE name = 'collect'`);
    const at = (ms: number): Date => new Date(world.clock.now() + ms);
    for (const [id, ms] of [
      ['collect.all.old', -HOUR],
      ['collect.all.ahead', 3 * HOUR],
    ] as const) {
      await world.query(
        `INSERT INTO job_runs (job_id, name, state, enqueued_at, started_at) VALUES ($1, 'collect', 'completed', $2, $2)`,
        [id, at(ms)],
      );
    }
    expect((await world.get(SchedulerStatusService).ticks()).lastTickAt).toEqual(at(-HOUR));
  });

  it('does not plan the syncs of any client further ahead than is waited for', async () => {
    const states = world.get(SyncStateReadModel);
    const now = new Date(world.clock.now());
    const due = async (minutes: number, failures: number): Promise<number> => {
      await world.query('UPDATE sync_states SET next_sync_at = $1, consecutive_failures = $2', [
        new Date(now.getTime() + minutes * MINUTE),
        failures,
      ]);
      return (await states.dueClients(now, 15, 10, 10)).length;
    };
    expect([await due(19, 0), await due(21, 0), await due(64, 3), await due(66, 3)]).toEqual([0, 1, 0, 1]);
  });
});
