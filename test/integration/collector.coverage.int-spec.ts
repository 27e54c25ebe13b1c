import { versions } from '../../simulator/index.js';
import { DAY, HOUR, MINUTE, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

interface Gap {
  reason: string;
  missing: number | null;
  confidence: string;
  from_at: Date;
  to_at: Date | null;
  workflow_id: string | null;
}

const gaps = (clientId: number): Promise<Gap[]> =>
  world.query(
    'SELECT reason, missing_ids::int AS missing, confidence, from_at, to_at, workflow_id FROM coverage_gaps WHERE client_id = $1 ORDER BY id',
    [clientId],
  );

describe.each(versions)('the coverage ledger on n8n %s', (version) => {
  it('is certain of a loss when ids were used up by saved executions only', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 50);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    world.successes(instance, workflowId, 300);
    instance.prune({ maxCount: 120 });
    await world.sync(clientId);
    expect(await gaps(clientId)).toMatchObject([{ reason: 'pruned_before_collection', missing: 180, confidence: 'high' }]);
  });

  it('calls a gap after an outage by its name', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.faults.always({ kind: 'answer', status: 403, body: {} });
    for (let n = 0; n < 3; n += 1) await expect(world.sync(clientId)).rejects.toThrow('403');
    world.successes(instance, workflowId, 60);
    instance.prune({ maxCount: 40 });
    instance.faults.clear();
    await world.sync(clientId);
    expect(await gaps(clientId)).toMatchObject([{ reason: 'source_unreachable', missing: 20 }]);
  });

  it('leaves no gap after an outage in which nothing was forgotten', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.faults.next({ kind: 'answer', status: 403, body: {} });
    await expect(world.sync(clientId)).rejects.toThrow('403');
    world.successes(instance, workflowId, 600);
    await world.sync(clientId);
    expect(await gaps(clientId)).toEqual([]);
  });

  it('an empty list alone is no gap, nor is what comes after it', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 5);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.prune({ maxCount: 0 });
    await world.sync(clientId);
    expect(await gaps(clientId)).toEqual([]);
    world.successes(instance, workflowId, 5);
    await world.sync(clientId);
    expect(await gaps(clientId)).toEqual([]);
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(11);
  });

  it('an id that stays missing becomes a gap once it is older than what n8n keeps, and is taken out when it turns up after all', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const { id: doomed } = instance.addWorkflow({ name: 'Doomed' });
    const lost = world.successes(instance, doomed, 3);
    const at = world.clock.now();
    world.successes(instance, workflowId, 1);
    instance.deleteWorkflow(doomed);
    for (let n = 0; n < 3; n += 1) await world.sync(clientId);
    expect(await gaps(clientId)).toEqual([]);
    expect(await world.count("pending_executions WHERE client_id = $1 AND kind = 'missing'", [clientId])).toBe(3);
    world.clock.advance(15 * DAY);
    world.successes(instance, workflowId, 1);
    await world.sync(clientId);
    const [gap] = await gaps(clientId);
    expect(gap).toMatchObject({ reason: 'pruned_before_collection', missing: 3 });
    expect(gap?.from_at.getTime()).toBeLessThanOrEqual(at);
    expect(gap?.to_at?.getTime()).toBeGreaterThanOrEqual(at - MINUTE);
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(0);

    instance.addRaw({
      id: lost[1],
      workflowId,
      startedAt: new Date(at - HOUR).toISOString(),
      stoppedAt: new Date(at).toISOString(),
    });
    world.successes(instance, workflowId, 1);
    await world.sync(clientId);
    await world.sync(clientId);
    world.clock.advance(DAY);
    await world.sync(clientId);
    expect((await gaps(clientId))[0]).toMatchObject({ missing: 2 });
  });

  it('says which workflows n8n does not save, from when on, and until when', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const before = new Date(world.clock.now());
    const quiet = instance.addWorkflow({ name: 'Quiet', settings: { saveDataSuccessExecution: 'none' } });
    world.successes(instance, quiet.id, 4);
    world.successes(instance, workflowId, 1);
    await world.sync(clientId);
    const [{ id } = { id: '' }] = await world.query<{ id: string }>(
      "SELECT id FROM workflows WHERE client_id = $1 AND name = 'Quiet'",
      [clientId],
    );
    expect(await gaps(clientId)).toMatchObject([
      { reason: 'not_saved_by_n8n', from_at: before, to_at: null, workflow_id: id, confidence: 'high' },
    ]);
    const { coverage } = await world.http<{ coverage: object }>('GET', `/metrics/client/${clientId}`);
    expect(coverage).toMatchObject({
      complete: false,
      gaps: [{ reason: 'not_saved_by_n8n', to: null, workflow_id: Number(id) }],
    });
    instance.updateWorkflow(quiet.id, { settings: { saveDataSuccessExecution: 'all' } });
    world.clock.advance(HOUR);
    await world.sync(clientId);
    expect((await gaps(clientId))[0]?.to_at).toEqual(new Date(world.clock.now()));
  });
});
