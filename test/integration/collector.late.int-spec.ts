import { CollectorService } from '../../src/collector/index.js';
import { versions } from '../../simulator/index.js';
import { type Connected, HOUR, MINUTE, startOpen, World } from './collector.fixture.js';

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

const gaps = (clientId: number): Promise<{ reason: string; missing: number; from_at: Date; to_at: Date }[]> =>
  world.query('SELECT reason, missing_ids::int AS missing, from_at, to_at FROM coverage_gaps WHERE client_id = $1', [clientId]);

describe.each(versions)('what happens late on n8n %s', (version) => {
  it('a retry that succeeds marks its failed original, though no page shows that one again', async () => {
    const { instance, workflowId } = world.started(version);
    const original = instance.startExecution({ workflowId, outcome: 'error', startedAt: world.clock.now() - HOUR / 2 });
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    world.successes(instance, workflowId, 260);
    await world.sync(clientId);
    await world.rollUp(clientId);
    expect((await world.execution(clientId, original)).retry_success_id).toBeNull();
    const failedRetry = instance.retry(original, { outcome: 'error', durationMs: 10, startedAt: world.clock.now() - 2000 });
    await world.sync(clientId);
    expect((await world.execution(clientId, original)).retry_success_id).toBeNull();
    const retry = instance.retry(original, { durationMs: 10, startedAt: world.clock.now() - 1000 });
    await world.sync(clientId);
    expect((await world.execution(clientId, original)).retry_success_id).toBe(retry);
    expect((await world.execution(clientId, failedRetry)).retry_success_id).toBeNull();
    await world.rollUp(clientId);
    const [{ recovered } = { recovered: 0 }] = await world.query<{ recovered: number }>(
      `SELECT sum(recovered_failures)::int AS recovered FROM metrics_aggregations WHERE client_id = $1 AND period_type = 'daily' AND workflow_id = 0`,
      [clientId],
    );
    expect(recovered).toBe(1);
  });

  it('what was running when n8n restarts is crashed', async () => {
    const { instance, workflowId } = world.started(version);
    const running = startOpen(instance, workflowId, 3);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    for (const id of running) expect(await world.execution(clientId, id)).toMatchObject({ status: 'running', finished_at: null });
    expect(instance.crashRunning()).toEqual(running);
    await world.sync(clientId);
    for (const id of running) {
      expect(await world.execution(clientId, id)).toMatchObject({ status: 'crashed', detail_state: 'done' });
    }
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(0);
  });

  it('an open execution that n8n no longer knows has vanished', async () => {
    const { instance } = world.started(version);
    const { id: doomed } = instance.addWorkflow({ name: 'Doomed' });
    const [id = ''] = startOpen(instance, doomed);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    await world.rollUp(clientId);
    expect((await world.dailyRollups(clientId)).at(-1)).toMatchObject({ open: 1 });
    instance.deleteWorkflow(doomed);
    expect(await world.sync(clientId)).toMatchObject({ vanished: 1 });
    expect(await world.execution(clientId, id)).toMatchObject({ status: 'vanished', finished_at: null });
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(0);
    await world.rollUp(clientId);
    expect((await world.dailyRollups(clientId)).at(-1)).toMatchObject({ open: 0 });
    expect(await world.sync(clientId)).toMatchObject({ vanished: 0, executions_changed: 0 });
  });

  it('many open executions that are gone at once are not marked', async () => {
    const { instance, workflowId } = world.started(version);
    const { id: doomed } = instance.addWorkflow({ name: 'Doomed' });
    const ids = startOpen(instance, doomed, 4);
    const [survivor = ''] = startOpen(instance, workflowId);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    instance.deleteWorkflow(doomed);
    expect(await world.sync(clientId)).toMatchObject({ vanished: 0 });
    for (const id of [...ids, survivor]) expect((await world.execution(clientId, id)).status).toBe('running');
    expect(await world.count('pending_executions WHERE client_id = $1', [clientId])).toBe(5);
  });

  it('one that is canceled in the queue never started: it is stored once, at its end and without a duration', async () => {
    const { instance, workflowId } = world.started(version);
    const queued = instance.startExecution({ workflowId, startedAt: world.clock.now() + HOUR });
    instance.startExecution({ workflowId, startedAt: world.clock.now() - 1000, durationMs: 5 });
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    expect(await world.execution(clientId, queued)).toMatchObject({ status: 'new', execution_time_ms: null });
    world.clock.advance(MINUTE);
    instance.cancel(queued);
    const end = new Date(world.clock.now());
    await world.sync(clientId);
    const stored = { status: 'canceled', started_at: end, finished_at: end, execution_time_ms: null };
    expect(await world.execution(clientId, queued)).toMatchObject(stored);
    expect(await world.sync(clientId)).toMatchObject({ executions_changed: 0, executions_new: 0 });
  });

  it('a list that ends above what was collected last leaves a gap', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    const counts = await world.sync(clientId);
    const seen = new Date(world.clock.now());
    expect(counts.executions_new).toBe(1);
    const ids = world.successes(instance, workflowId, 300);
    instance.prune({ maxCount: 100 });
    expect(await world.sync(clientId)).toMatchObject({ executions_new: 100 });
    const { started_at: oldest } = await world.execution(clientId, ids[200] ?? '');
    expect(await gaps(clientId)).toMatchObject([{ reason: 'pruned_before_collection', missing: 200, to_at: oldest }]);
    const day = new Date(seen.getTime() - 4 * HOUR).toISOString().slice(0, 10);
    const range = `period_type=daily&start_date=${day}&end_date=${day}`;
    const { coverage } = await world.http<{ coverage: object }>('GET', `/metrics/client/${clientId}/historical?${range}`);
    expect(coverage).toMatchObject({ complete: false, gaps: [{ missing_ids: 200 }] });
    await world.sync(clientId);
    expect(await gaps(clientId)).toHaveLength(1);
  });

  it('a list that ends right above what was collected last, or below, leaves none', async () => {
    const { instance, workflowId } = world.started(version);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    world.successes(instance, workflowId, 30);
    instance.prune({ maxCount: 30 });
    await world.sync(clientId);
    world.successes(instance, workflowId, 30);
    await world.sync(clientId);
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(61);
    expect(await gaps(clientId)).toEqual([]);
  });

  it('an error text is kept to 2,000 characters and without secrets', async () => {
    const { instance, workflowId } = world.started(version);
    const key = 'abcdef0123456789';
    const message = `Refused: Authorization: Bearer ${key}, postgres://app:${key}@db/x, "api_key": "${key}" ${'long '.repeat(800)}`;
    const failing = { workflowId, outcome: 'error', startedAt: world.clock.now() - MINUTE, durationMs: 5 } as const;
    const long = instance.startExecution({ ...failing, failure: { message, name: 'NodeApiError', node: null } });
    const short = instance.startExecution({ ...failing, failure: { message: 'Nobody answers' } });
    const { clientId } = await world.connect(instance);
    expect(await world.sync(clientId)).toMatchObject({ details_fetched: 2, details_failed: 0 });
    const row = await world.execution(clientId, long);
    expect(row.error_message).toHaveLength(2000);
    expect(row.error_message).toContain('Bearer ***, postgres://app:***@db/x, "api_key": "***" long');
    expect(JSON.stringify(row)).not.toContain(key);
    expect(row).toMatchObject({ status: 'error', detail_state: 'done', error_type: 'NodeApiError' });
    expect(await world.execution(clientId, short)).toMatchObject({ error_message: 'Nobody answers', detail_state: 'done' });
    expect((await world.execution(clientId, short)).error_node).not.toBeNull();
    expect(await world.sync(clientId)).toMatchObject({ details_fetched: 0 });
  });
});

describe.each(['2.4', '2.40'] as const)('vocabulary that nobody has heard of on n8n %s', (version) => {
  it('is stored as it came and counts as open until it ends', async () => {
    const { instance, workflowId } = world.started(version);
    const [odd, ended] = ['2', '3'];
    instance.addRaw({ id: odd, workflowId, status: 'paused', mode: 'telepathy', finished: false });
    instance.addRaw({ id: ended, workflowId, mode: 'telepathy' });
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    expect(await world.execution(clientId, odd)).toMatchObject({
      status: 'paused',
      mode: 'telepathy',
      finished_at: null,
      is_production: true,
      filter_reason: 'mode_telepathy',
    });
    expect(await world.execution(clientId, ended)).toMatchObject({ status: 'success', mode: 'telepathy', is_production: true });
    await world.rollUp(clientId);
    expect((await world.dailyRollups(clientId)).at(-1)).toMatchObject({ open: 1 });
    expect(await world.sync(clientId)).toMatchObject({ vanished: 0, executions_changed: 0 });
  });
});

describe('workflows', () => {
  it('that are missing from two full lists are deleted, and come back when they reappear', async () => {
    const { instance, workflowId } = world.started('2.40');
    instance.addWorkflow({ name: 'Billing' });
    const lost = instance.addWorkflow({ id: 'LostAndFound0001', name: 'Lost', active: true });
    const { clientId } = await world.connect(instance);
    const row = async (): Promise<object | undefined> =>
      (
        await world.query(
          'SELECT active, deleted_at, missing_listings FROM workflows WHERE client_id = $1 AND n8n_workflow_id = $2',
          [clientId, lost.id],
        )
      )[0];
    const there = { active: true, deleted_at: null, missing_listings: 0 };
    await world.sync(clientId);
    expect(await row()).toEqual(there);
    instance.deleteWorkflow(lost.id);
    expect(await world.sync(clientId)).toMatchObject({ workflows_deleted: 0 });
    expect(await row()).toEqual({ ...there, missing_listings: 1 });
    instance.addWorkflow({ id: lost.id, name: 'Lost' });
    await world.sync(clientId);
    expect(await row()).toEqual(there);

    instance.deleteWorkflow(lost.id);
    await world.sync(clientId);
    expect(await world.sync(clientId)).toMatchObject({ workflows_deleted: 1 });
    expect(await row()).toEqual({ active: false, deleted_at: new Date(world.clock.now()), missing_listings: 2 });
    instance.addWorkflow({ id: lost.id, name: 'Lost' });
    instance.startExecution({ workflowId, durationMs: 5, startedAt: world.clock.now() - 1000 });
    await world.sync(clientId);
    expect(await row()).toEqual(there);
  });

  it('that are more than half of them missing at once are all kept', async () => {
    const { instance } = world.started('2.40');
    const [a, b] = [instance.addWorkflow({ name: 'A' }).id, instance.addWorkflow({ name: 'B' }).id];
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    for (const id of [a, b]) instance.deleteWorkflow(id);
    for (let n = 0; n < 3; n += 1) expect(await world.sync(clientId)).toMatchObject({ workflows_deleted: 0 });
    expect(await world.count('workflows WHERE client_id = $1 AND deleted_at IS NULL', [clientId])).toBe(3);
  });
});

describe('an instance that fails', () => {
  const tables = ['workflows', 'workflow_executions', 'dirty_days', 'metrics_aggregations', 'pending_executions'];
  const everything = async (clientId: number): Promise<string[][]> =>
    Promise.all([...tables, 'sync_states'].map((table) => world.dump(table, clientId)));

  const synced = async (): Promise<Connected> => {
    const connected = await world.connect(world.started('2.40').instance);
    await world.sync(connected.clientId);
    await world.rollUp(connected.clientId);
    return connected;
  };

  it('is asked less and less often, loses nothing and touches nobody else', async () => {
    const [{ instance, clientId }, other] = [await synced(), await synced()];
    const [mine, theirs] = [
      await Promise.all(tables.map((table) => world.dump(table, clientId))),
      await everything(other.clientId),
    ];
    instance.faults.always({ kind: 'error-500' });
    await expect(world.sync(clientId)).rejects.toThrow('500');
    expect(await world.state(clientId)).toMatchObject({
      consecutive_failures: 1,
      minutes: 1,
      failed_at: new Date(world.clock.now()),
    });
    await expect(world.sync(clientId)).rejects.toThrow('500');
    expect(await world.state(clientId)).toMatchObject({ consecutive_failures: 2, minutes: 2 });
    expect((await world.state(clientId))?.executions_error).toContain('500');
    expect(await Promise.all(tables.map((table) => world.dump(table, clientId)))).toEqual(mine);
    expect(await everything(other.clientId)).toEqual(theirs);
    instance.faults.clear();
    await world.sync(clientId);
    expect(await world.state(clientId)).toMatchObject({
      consecutive_failures: 0,
      executions_error: null,
      workflows_error: null,
    });
    const { minutes = 0 } = (await world.state(clientId)) ?? {};
    expect(minutes).toBeGreaterThan(0);
    expect(minutes).toBeLessThanOrEqual(15);
  });

  it('is never left alone for longer than its interval', async () => {
    const { instance, clientId } = await synced();
    instance.faults.always({ kind: 'answer', status: 403, body: { message: 'Forbidden' } });
    const minutes: (number | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) {
      await expect(world.sync(clientId)).rejects.toThrow('403');
      minutes.push((await world.state(clientId))?.minutes);
    }
    expect(minutes).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('that refuses the key says so clearly and without the key', async () => {
    const { instance, clientId } = await synced();
    const old = instance.apiKey;
    instance.apiKey = `${old}x`;
    await expect(world.sync(clientId)).rejects.toThrow('does not accept the API key (401)');
    const { executions_error, workflows_error, consecutive_failures } = (await world.state(clientId)) ?? {};
    expect(consecutive_failures).toBe(1);
    for (const error of [executions_error, workflows_error]) {
      expect(error).toMatch(/does not accept the API key \(401\).*Create a new key in n8n/);
      expect(error).not.toContain(old);
    }
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(1);
  });

  it('stops when it is told to, without counting that as a failure', async () => {
    const { instance, clientId } = await synced();
    instance.faults.always({ kind: 'hang' });
    const sync = world.get(CollectorService).sync(clientId, {
      signal: AbortSignal.timeout(300),
      progress: () => Promise.resolve(),
      full: true,
    });
    await expect(sync).rejects.toThrow();
    expect(await world.state(clientId)).toMatchObject({ consecutive_failures: 0, executions_error: null });
  });
});
