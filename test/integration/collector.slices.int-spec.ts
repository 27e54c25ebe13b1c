import { CollectorService, type SyncOutcome } from '../../src/collector/collector.service.js';
import { SimulatedInstance } from '../../simulator/simulated-instance.js';
import { World } from './collector.fixture.js';

/** Rows on a page of n8n: with few of them a walk has many stretches. */
const PAGE = 25;
const SLICE_MS = 60_000;

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

/** An n8n with small pages whose oldest execution runs until it is ended. */
function running(): { instance: SimulatedInstance; workflowId: string; id: string } {
  const instance = new SimulatedInstance({ version: '2.40', seed: 'slices', clock: world.clock, pageLimit: PAGE });
  const { id: workflowId } = instance.addWorkflow({ name: 'Orders' });
  return { instance, workflowId, id: instance.startExecution({ workflowId, outcome: 'never' }) };
}

/** A sync whose time is over after its second stretch. */
async function shortSync(clientId: number): Promise<SyncOutcome> {
  return world.get(CollectorService).sync(clientId, {
    signal: AbortSignal.timeout(60_000),
    progress: ({ phase }) => {
      if (phase === 'backfill') world.clock.advance(SLICE_MS + 1);
      return Promise.resolve();
    },
  });
}

describe('a first walk that takes several syncs', () => {
  it('leaves what ends below it to itself, and stores everything once', async () => {
    const { instance, workflowId, id } = running();
    world.successes(instance, workflowId, 60 * PAGE);
    const { clientId } = await world.connect(instance);
    expect(await shortSync(clientId)).toMatchObject({ more: true });
    expect(await world.execution(clientId, id)).toMatchObject({ status: 'running' });
    instance.end(id, 'success');
    expect(await shortSync(clientId)).toMatchObject({ more: true });
    expect(await world.execution(clientId, id)).toMatchObject({ status: 'running' });
    await world.sync(clientId);
    expect(await world.execution(clientId, id)).toMatchObject({ status: 'success' });
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(60 * PAGE + 1);
  });

  it('stores every page that it has asked for before its time was over', async () => {
    const { instance, workflowId } = running();
    world.successes(instance, workflowId, 60 * PAGE);
    const { clientId, server } = await world.connect(instance);
    for (let n = 0; n < 20; n += 1) if (!(await shortSync(clientId)).more) break;
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(60 * PAGE + 1);
    const walked = server.requests
      .entries('executions')
      .filter(({ query: { limit, status } }) => limit !== '1' && status === undefined);
    const cursors = walked.flatMap(({ query: { cursor } }) => cursor ?? []);
    expect(cursors.length).toBeGreaterThan(50);
    expect(cursors).toEqual([...new Set(cursors)]);
  });
});
