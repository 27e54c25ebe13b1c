import { createApp } from '../../src/app.setup.js';
import { CollectorService, SyncSupersededError } from '../../src/collector/index.js';
import { type SimulatedInstance, versions } from '../../simulator/index.js';
import { DAY, HOUR, MINUTE, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

/** What `data-freshness` says of a client's pace and requests. */
interface Freshness {
  client_id: number;
  sync_interval_minutes: number;
  configured_interval_minutes: number;
  arrival_per_hour: number | null;
  window_hours: number;
  instance_prunes: boolean;
  warnings: string[];
  requests_sent: number;
  last_sync_requests: number | null;
}

async function freshness(clientId: number): Promise<Freshness> {
  const { clients } = await world.http<{ clients: Freshness[] }>('GET', '/metrics/admin/data-freshness');
  const client = clients.find(({ client_id: id }) => id === clientId);
  if (client === undefined) throw new Error(`no freshness of client ${clientId}`);
  return client;
}

function startWaiting(instance: SimulatedInstance, workflowId: string, n: number, apart: number): string[] {
  const { id: other } = instance.addWorkflow({ name: 'Between' });
  const ids: string[] = [];
  for (let k = 0; k < n; k += 1) {
    ids.push(instance.startWaiting({ workflowId, waitTill: instance.clock.now() + 2 * HOUR }));
    for (let m = 0; m < apart; m += 1) {
      instance.startExecution({ workflowId: other, startedAt: instance.clock.now() - 1000, durationMs: 1 });
    }
  }
  world.clock.advance(MINUTE);
  instance.startExecution({ workflowId: other, startedAt: instance.clock.now() - 1000, durationMs: 1 });
  return ids;
}

describe.each(versions)('requests to n8n %s', (version) => {
  it('are at most two for a sync with nothing pending, and one more for each 250 new executions', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 700);
    const { clientId, server } = await world.connect(instance);
    await world.sync(clientId);
    await world.sync(clientId);
    for (const fresh of [0, 1, 100, 249, 250, 500, 620]) {
      world.successes(instance, workflowId, fresh);
      // Old versions begin with small pages until they have shown that they are quick.
      const pages = version === '2.40' ? Math.ceil(fresh / 250) : Math.ceil(fresh / 50);
      const before = server.requests.total;
      const counts = await world.sync(clientId, { full: false });
      expect(counts.executions_new).toBe(fresh);
      expect(server.requests.total - before).toBeLessThanOrEqual(2 + pages);
      expect(counts.requests).toBe(server.requests.total - before);
    }
    const { requests_sent: sent, last_sync_requests: last } = await freshness(clientId);
    expect(sent).toBe(server.requests.total);
    expect(last).toBeGreaterThan(0);
  });

  it.each([
    ['close together', 200, 0],
    ['far apart', 60, 20],
  ])('bring 250 or fewer executions that wait to their end within one interval: %s', async (_how, n, apart) => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const ids = startWaiting(instance, workflowId, n, apart);
    await world.sync(clientId);
    for (let k = 0; k < 6; k += 1) {
      world.clock.advance(15 * MINUTE);
      await world.sync(clientId);
    }
    const stored = await world.executions(clientId);
    expect(ids.filter((id) => stored.get(id)?.status === 'waiting')).toHaveLength(n);
    world.clock.advance(HOUR);
    await world.sync(clientId);
    const later = await world.executions(clientId);
    expect(ids.filter((id) => later.get(id)?.status === 'success')).toHaveLength(n);
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(0);
  });

  it('bring more than 250 to their end within one pass', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const ids = startWaiting(instance, workflowId, 620, 0);
    await world.sync(clientId);
    world.clock.advance(3 * HOUR);
    await world.sync(clientId);
    const stored = await world.executions(clientId);
    expect(ids.filter((id) => stored.get(id)?.status === 'success')).toHaveLength(620);
  });

  it('come more often while the instance forgets quickly, and as configured when it is quiet again', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    expect(await freshness(clientId)).toMatchObject({ sync_interval_minutes: 15, configured_interval_minutes: 15, warnings: [] });
    // Two hundred in five minutes, of which the instance keeps a hundred.
    world.successes(instance, workflowId, 200);
    instance.prune({ maxCount: 100 });
    await world.sync(clientId);
    const busy = await freshness(clientId);
    expect(busy).toMatchObject({ instance_prunes: true, configured_interval_minutes: 15 });
    expect(busy.sync_interval_minutes).toBeLessThan(5);
    expect(busy.sync_interval_minutes).toBeLessThanOrEqual(Math.max(1, (busy.window_hours * 60) / 2));
    expect((await world.state(clientId))?.minutes).toBeLessThanOrEqual(busy.sync_interval_minutes);
    for (let n = 0; n < 40; n += 1) {
      world.clock.advance(HOUR);
      await world.sync(clientId, { full: false });
    }
    expect((await freshness(clientId)).sync_interval_minutes).toBe(15);
  });

  it('are said to be too few when even one a minute cannot keep up', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    for (let n = 0; n < 3_000; n += 1) {
      instance.startExecution({ workflowId, startedAt: world.clock.now() - 5, durationMs: 1 });
    }
    instance.prune({ maxCount: 50 });
    await world.sync(clientId);
    const { sync_interval_minutes: minutes, warnings } = await freshness(clientId);
    expect(minutes).toBe(1);
    expect(warnings.join()).toContain('even a sync every minute');
  });

  it('find once a day what changed without a sign', async () => {
    const { instance, workflowId } = world.started(version);
    const original = instance.startExecution({ workflowId, outcome: 'error', startedAt: world.clock.now() - HOUR });
    world.successes(instance, workflowId, 300);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.database.executions.change(Number(original), { retrySuccessId: 77 });
    world.successes(instance, workflowId, 300);
    await world.sync(clientId);
    expect((await world.execution(clientId, original)).retry_success_id).toBeNull();
    world.clock.advance(DAY);
    world.successes(instance, workflowId, 1);
    expect((await world.sync(clientId)).reconciled).toBeGreaterThan(600);
    expect((await world.execution(clientId, original)).retry_success_id).toBe('77');
    expect(await world.sync(clientId)).toMatchObject({ reconciled: 0 });
  });

  it('measure once a day how far back the instance remembers', async () => {
    const { instance, workflowId } = world.started(version);
    world.successes(instance, workflowId, 400);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    world.clock.advance(DAY);
    world.successes(instance, workflowId, 100);
    instance.prune({ maxCount: 120 });
    await world.sync(clientId);
    const [state] = await world.query<{ visible_rows: number; prunes: boolean }>(
      'SELECT visible_rows::int, prunes FROM sync_states WHERE client_id = $1',
      [clientId],
    );
    expect(state).toEqual({ visible_rows: 120, prunes: true });
  });
});

describe('two syncs of the same client at once', () => {
  it('the newer one goes on, the older one ends, and everything is stored once', async () => {
    const { instance, workflowId } = world.started('2.40');
    world.successes(instance, workflowId, 1_500);
    const { clientId } = await world.connect(instance);
    instance.faults.always({ kind: 'slow', ms: 30 }, { endpoint: 'executions' });
    const context = { signal: AbortSignal.timeout(60_000), progress: () => Promise.resolve() };
    const first = world.get(CollectorService).sync(clientId, context);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const second = world.get(CollectorService).sync(clientId, context);
    await expect(first).rejects.toThrow(SyncSupersededError);
    await second;
    instance.faults.clear();
    await world.sync(clientId);
    expect((await world.executions(clientId)).size).toBe(instance.truth().length);
    expect((await world.state(clientId))?.consecutive_failures).toBe(0);
  });
});

describe('an instance that is down', () => {
  it('is left alone also by a process that has just started', async () => {
    const { instance } = world.started('2.40');
    const { clientId, server } = await world.connect(instance);
    await world.sync(clientId);
    instance.faults.always({ kind: 'error-500' });
    for (let n = 0; n < 3; n += 1) await expect(world.sync(clientId)).rejects.toThrow();
    const [state] = await world.query<{ open: boolean }>(
      'SELECT circuit_open_until > $2 AND next_sync_at >= circuit_open_until AS open FROM sync_states WHERE client_id = $1',
      [clientId, new Date(world.clock.now())],
    );
    expect(state).toEqual({ open: true });
    const restarted = await createApp(world.service.config, world.service.database.url);
    try {
      await restarted.init();
      const before = server.requests.total;
      const context = { signal: AbortSignal.timeout(60_000), progress: () => Promise.resolve() };
      await world.query("UPDATE sync_states SET circuit_open_until = now() + interval '5 minutes' WHERE client_id = $1", [
        clientId,
      ]);
      await expect(restarted.get(CollectorService).sync(clientId, context)).rejects.toThrow(/left alone/);
      expect(server.requests.total).toBe(before);
    } finally {
      await restarted.close();
    }
  });
});
