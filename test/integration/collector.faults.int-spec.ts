import { generateHistory } from '../../simulator/index.js';
import { DAY, HOUR, startOpen, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

describe('a list that repeats itself', () => {
  it.each(['duplicate-page', 'looping-cursor'] as const)('costs no row when it happens once: %s', async (kind) => {
    const instance = world.instance('2.40');
    generateHistory(instance, { count: 1_500, days: 20 });
    const { clientId } = await world.connect(instance);
    instance.faults.next({ kind }, { endpoint: 'executions', after: 6 });
    await world.sync(clientId);
    expect((await world.executions(clientId)).size).toBe(instance.truth().length);
  });

  it('does not move the watermark while it lasts, and everything is there once it is over', async () => {
    const instance = world.instance('2.40');
    generateHistory(instance, { count: 1_500, days: 20 });
    const { clientId, server } = await world.connect(instance);
    instance.faults.always({ kind: 'duplicate-page' }, { endpoint: 'executions', after: 6 });
    const before = server.requests.count('executions');
    await expect(world.sync(clientId)).rejects.toThrow(/repeats itself/);
    expect(server.requests.count('executions') - before).toBeLessThan(30);
    expect(
      (await world.query<{ watermark: string | null }>('SELECT watermark FROM sync_states WHERE client_id = $1', [clientId]))[0],
    ).toEqual({
      watermark: null,
    });
    instance.faults.clear();
    await world.sync(clientId);
    expect((await world.executions(clientId)).size).toBe(instance.truth().length);
  });

  it('ends the walk through the workflows and makes none of them deleted', async () => {
    const instance = world.instance('2.40');
    for (let n = 0; n < 600; n += 1) instance.addWorkflow({ name: `Workflow ${n}` });
    const { clientId, server } = await world.connect(instance);
    await world.sync(clientId);
    instance.faults.always({ kind: 'duplicate-page' }, { endpoint: 'workflows', after: 1 });
    const before = server.requests.count('workflows');
    await world.sync(clientId);
    await world.sync(clientId);
    expect(server.requests.count('workflows') - before).toBeLessThan(10);
    expect(await world.count('workflows WHERE client_id = $1 AND deleted_at IS NOT NULL', [clientId])).toBe(0);
  });
});

describe('one thing that n8n fails at', () => {
  it('a workflow that cannot be read costs no execution', async () => {
    const { instance, workflowId } = world.started('2.40');
    world.successes(instance, workflowId, 5);
    instance.addRaw({ id: '900', workflowId: 'ghost' });
    const { clientId } = await world.connect(instance);
    instance.faults.always({ kind: 'answer', status: 400, body: { message: 'boom' } }, { endpoint: 'workflow' });
    await world.sync(clientId);
    expect((await world.executions(clientId)).size).toBe(instance.truth().length);
  });

  it('a row that no database can hold costs no other row', async () => {
    const { instance, workflowId } = world.started('2.40');
    const good = world.successes(instance, workflowId, 5);
    const odd = [
      { stoppedAt: '0000-01-01T00:00:00.000Z' },
      { waitTill: '9999-12-31T23:59:59.999-05:00' },
      { status: Array.from({ length: 6_000 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7_919) % 20_000))).join('') },
      { workflowId: 'half \ud800' },
    ];
    for (const row of odd) instance.addRaw({ workflowId, status: 'success', mode: 'webhook', ...row });
    const { clientId } = await world.connect(instance);
    expect(await world.sync(clientId)).toMatchObject({ set_aside: odd.length });
    const stored = await world.executions(clientId);
    expect(good.every((id) => stored.has(id))).toBe(true);
  });

  it('workflows that are listed twice, or with half a character, stop no sync', async () => {
    const { instance, workflowId } = world.started('2.40');
    const { clientId } = await world.connect(instance);
    const listed = { id: workflowId, name: 'Half \ud800', active: true, tags: [{ name: 'prod \ud800' }] };
    const body = { data: [listed, { ...listed, name: 'Whole' }], nextCursor: null };
    instance.faults.always({ kind: 'answer', status: 200, body }, { endpoint: 'workflows' });
    await world.sync(clientId);
    const workflows = await world.query('SELECT name, tags FROM workflows WHERE client_id = $1', [clientId]);
    expect(workflows).toEqual([{ name: 'Whole', tags: ['prod '] }]);
    expect((await world.executions(clientId)).size).toBe(1);
  });

  it('an open execution that cannot be read does not stop the sync', async () => {
    const { instance, workflowId } = world.started('1.100');
    const [open] = startOpen(instance, workflowId);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.faults.always({ kind: 'answer', status: 500, body: {} }, { endpoint: 'execution' });
    const fresh = world.successes(instance, workflowId, 1);
    await world.sync(clientId);
    expect((await world.execution(clientId, fresh[0] ?? '')).status).toBe('success');
    expect((await world.execution(clientId, open ?? '')).status).toBe('running');
  });
});

it('an execution that was seen running is found again although thousands of ids are missing', async () => {
  const { instance, workflowId } = world.started('2.40');
  const silent = instance.addWorkflow({ name: 'Silent', settings: { saveDataSuccessExecution: 'none' } });
  const at = instance.clock.now() - DAY;
  for (let n = 0; n < 9_000; n += 1) instance.startExecution({ workflowId: silent.id, startedAt: at, durationMs: 1 });
  world.successes(instance, workflowId, 2);
  for (let n = 0; n < 4; n += 1) {
    for (let m = 0; m < 1_500; m += 1) instance.startExecution({ workflowId: silent.id, startedAt: at, durationMs: 1 });
    world.successes(instance, workflowId, 1);
  }
  const { clientId } = await world.connect(instance);
  await world.sync(clientId);
  const open = startOpen(instance, workflowId, 4);
  await world.sync(clientId);
  world.successes(instance, workflowId, 300);
  await world.sync(clientId);
  for (const id of open) instance.end(id, 'success');
  await world.sync(clientId);
  for (const id of open) expect((await world.execution(clientId, id)).status).toBe('success');
}, 240_000);

it('an execution that has ended and comes with another start is stored once, at that start, and its figures move along', async () => {
  const { instance, workflowId } = world.started('2.40');
  const at = (hours: number): string => new Date(world.clock.now() - hours * HOUR).toISOString();
  const row = { workflowId, mode: 'webhook', status: 'success', startedAt: at(50), stoppedAt: at(1) };
  const id = instance.addRaw(row);
  const { clientId } = await world.connect(instance);
  await world.sync(clientId);
  row.startedAt = at(2);
  world.successes(instance, workflowId, 1);
  await world.sync(clientId);
  expect(await world.execution(clientId, id)).toMatchObject({ started_at: new Date(row.startedAt) });
  expect((await world.executions(clientId)).size).toBe(3);
  await world.rollUp(clientId);
  expect(await world.dailyRollups(clientId)).toEqual(await world.dailyFromRaw(clientId));
});
