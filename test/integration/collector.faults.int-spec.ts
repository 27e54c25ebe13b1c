import { generateHistory } from '../../simulator/index.js';
import { DAY, startOpen, World } from './collector.fixture.js';

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
