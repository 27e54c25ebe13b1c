import { versions } from '../../simulator/index.js';
import { HOUR, MINUTE, startOpen, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

interface EpochRow {
  epoch: number;
  id: string;
  status: string;
}

const stored = (clientId: number): Promise<EpochRow[]> =>
  world.query('SELECT epoch, n8n_execution_id AS id, status FROM workflow_executions WHERE client_id = $1', [clientId]);

const countByEpoch = async (clientId: number): Promise<Record<number, number>> => {
  const counts: Record<number, number> = {};
  for (const { epoch } of await stored(clientId)) counts[epoch] = (counts[epoch] ?? 0) + 1;
  return counts;
};

const gapReasons = async (clientId: number): Promise<string[]> =>
  (await world.query<{ reason: string }>('SELECT reason FROM coverage_gaps WHERE client_id = $1 ORDER BY id', [clientId])).map(
    ({ reason }) => reason,
  );

const rollupsEqualRaw = async (clientId: number): Promise<void> => {
  await world.rollUp(clientId);
  expect(await world.dailyRollups(clientId)).toEqual(await world.dailyFromRaw(clientId));
};

describe.each(versions)('another database behind the same URL on n8n %s', (version) => {
  it('keeps what was stored and counts the executions of both, whose ids are the same', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 39);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.reset();
    const { id: other } = instance.addWorkflow({ name: 'After the new installation' });
    world.successes(instance, other, 25);
    await world.sync(clientId);
    expect(await countByEpoch(clientId)).toEqual({ 1: 40, 2: 25 });
    expect(await gapReasons(clientId)).toEqual(['instance_reset']);
    await rollupsEqualRaw(clientId);
    expect(await world.sync(clientId)).toMatchObject({ executions_new: 0, executions_changed: 0 });
    world.successes(instance, other, 300);
    await world.sync(clientId);
    expect(await countByEpoch(clientId)).toEqual({ 1: 40, 2: 325 });
  });

  it('begins the new epoch where a restored backup went another way, and keeps the ids below', async () => {
    const { instance, workflowId } = world.started(version);
    const ids = world.successes(instance, workflowId, 400);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const last = ids[349] ?? '';
    instance.restore(last);
    world.successes(instance, workflowId, 20);
    await world.sync(clientId);
    expect(await countByEpoch(clientId)).toEqual({ 1: 401, 2: 20 });
    const [{ first_id: first } = { first_id: '' }] = await world.query<{ first_id: string }>(
      'SELECT first_id FROM sync_epochs WHERE client_id = $1',
      [clientId],
    );
    expect(Number(first)).toBe(Number(last) + 1);
    // The new executions outgrow the old ones: nothing of that is a second contradiction.
    world.successes(instance, workflowId, 600);
    await world.sync(clientId);
    expect(await countByEpoch(clientId)).toEqual({ 1: 401, 2: 620 });
    await rollupsEqualRaw(clientId);
  });

  it('finds it also when the new executions have outgrown the old ones by more than a page', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 99);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.reset({ keepWorkflows: true });
    world.successes(instance, workflowId, 700);
    await world.sync(clientId);
    expect(await countByEpoch(clientId)).toEqual({ 1: 100, 2: 700 });
    await rollupsEqualRaw(clientId);
  });

  it('what was open in the old database has vanished and is no longer looked for', async () => {
    const { instance, workflowId } = world.started(version);
    const open = startOpen(instance, workflowId, 2);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.reset();
    const { id: other } = instance.addWorkflow({ name: 'New' });
    world.successes(instance, other, 10);
    await world.sync(clientId);
    const rows = (await stored(clientId)).filter(({ epoch, id }) => epoch === 1 && open.includes(id));
    expect(rows.map(({ status }) => status)).toEqual(['vanished', 'vanished']);
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(0);
    await rollupsEqualRaw(clientId);
  });

  it('is not suspected when the newest executions were only deleted', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 30);
    const { id: doomed } = instance.addWorkflow({ name: 'Doomed' });
    world.successes(instance, doomed, 5);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.deleteWorkflow(doomed);
    await world.sync(clientId);
    world.clock.advance(HOUR);
    const [fresh = ''] = world.successes(instance, workflowId, 1);
    await world.sync(clientId);
    expect((await world.execution(clientId, fresh)).status).toBe('success');
    expect(await countByEpoch(clientId)).toEqual({ 1: 37 });
    expect(await gapReasons(clientId)).toEqual([]);
    world.clock.advance(MINUTE);
    await rollupsEqualRaw(clientId);
  });
});
