import { SimulatedClock, type SimulatedN8n, type SimulatedVersion, versions } from './index.js';
import { ask, closeAll, ids, noon, page, type Row, serve } from './spec-support.js';

afterAll(closeAll);

async function served(version: SimulatedVersion = '2.40', pruning?: { maxCount?: number }): Promise<SimulatedN8n> {
  const n8n = await serve({ version, ...(pruning === undefined ? {} : { pruning }) });
  n8n.instance.addWorkflow({ id: 'orders', name: 'Orders' });
  return n8n;
}

const detail = async (n8n: SimulatedN8n, id: string): Promise<Row> => (await ask<Row>(n8n, `/executions/${id}`)).body;

describe('a running execution', () => {
  it.each(versions)('is hidden on %s and appears at its old id when it ends', async (version) => {
    const { instance, ...n8n } = await served(version);
    const slow = instance.startExecution({ workflowId: 'orders', durationMs: 60_000 });
    const quick = instance.startExecution({ workflowId: 'orders', durationMs: 10 });
    instance.clock.advance(1000);
    expect(await ids({ instance, ...n8n })).toEqual([quick]);
    expect((await detail({ instance, ...n8n }, slow)).status).toBe('running');
    instance.clock.advance(60_000);
    expect(await ids({ instance, ...n8n })).toEqual([quick, slow]);
  });

  it('is listed with status=running where that is allowed', async () => {
    const n8n = await served('2.4');
    const id = n8n.instance.startExecution({ workflowId: 'orders' });
    expect(await ids(n8n, 'status=running')).toEqual([id]);
    expect((await page(n8n, 'status=running')).data[0]?.stoppedAt).toBeNull();
  });

  it('is crashed by a restart, which leaves waiting ones alone', async () => {
    const n8n = await served();
    const running = n8n.instance.startExecution({ workflowId: 'orders', outcome: 'never' });
    const waiting = n8n.instance.startWaiting({ workflowId: 'orders', waitTill: noon + 3_600_000 });
    n8n.instance.clock.advance(60_000);
    expect(n8n.instance.crashRunning()).toEqual([running]);
    expect((await page(n8n)).data.map(({ id, status }) => [id, status])).toEqual([
      [waiting, 'waiting'],
      [running, 'crashed'],
    ]);
  });

  it('never started when it is cancelled in the queue', async () => {
    const n8n = await served();
    const id = n8n.instance.startExecution({ workflowId: 'orders', startedAt: noon + 5000 });
    expect(await ids(n8n, 'status=new')).toEqual([id]);
    n8n.instance.cancel(id);
    expect(await detail(n8n, id)).toMatchObject({ status: 'canceled', startedAt: null, stoppedAt: new Date(noon).toISOString() });
  });
});

describe('a waiting execution', () => {
  it.each([
    ['1.100', [], true],
    ['2.4', [], false],
    ['2.40', ['1'], true],
  ] as const)('on %s is listed as %j; its start is kept after resuming: %s', async (version, listed, kept) => {
    const n8n = await served(version);
    const { clock } = n8n.instance;
    const id = n8n.instance.startWaiting({ workflowId: 'orders', durationMs: 50, waitTill: noon + 3_600_000, lastLegMs: 200 });
    clock.advance(1000);
    expect(await ids(n8n)).toEqual(listed);
    expect(await ids(n8n, 'status=waiting')).toEqual(listed);
    expect(await detail(n8n, id)).toMatchObject({
      status: 'waiting',
      startedAt: new Date(noon).toISOString(),
      stoppedAt: new Date(noon + 50).toISOString(),
      waitTill: new Date(noon + 3_600_000).toISOString(),
    });
    clock.advance(3_600_000);
    expect(await detail(n8n, id)).toMatchObject({
      status: 'success',
      startedAt: new Date(kept ? noon : noon + 3_600_000).toISOString(),
      stoppedAt: new Date(noon + 3_600_200).toISOString(),
      waitTill: null,
    });
  });
});

describe('a retry', () => {
  it('is a new execution, and its success is written to the original', async () => {
    const n8n = await served();
    const original = n8n.instance.startExecution({ workflowId: 'orders', outcome: 'error', durationMs: 0 });
    const failedRetry = n8n.instance.retry(original, { outcome: 'error', durationMs: 0 });
    expect((await detail(n8n, original)).retrySuccessId).toBeNull();
    const retry = n8n.instance.retry(original, { durationMs: 10 });
    n8n.instance.clock.advance(1000);
    const rows = (await page(n8n)).data.map(({ id, mode, retryOf, retrySuccessId }) => ({ id, mode, retryOf, retrySuccessId }));
    expect(rows).toEqual([
      { id: retry, mode: 'retry', retryOf: original, retrySuccessId: null },
      { id: failedRetry, mode: 'retry', retryOf: original, retrySuccessId: null },
      { id: original, mode: 'webhook', retryOf: null, retrySuccessId: retry },
    ]);
  });
});

describe('what disappears', () => {
  it('is pruned by count and by age, while waiting executions stay', async () => {
    const n8n = await served();
    const { instance } = n8n;
    const waiting = instance.startWaiting({ workflowId: 'orders', waitTill: noon + 86_400_000 * 30 });
    const old = instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    instance.clock.advance(3 * 3_600_000);
    const young = [1, 2, 3].map(() => instance.startExecution({ workflowId: 'orders', durationMs: 0 }));
    expect(instance.prune({ maxAgeHours: 2 })).toBe(1);
    expect(await ids(n8n)).toEqual([...young.toReversed(), waiting]);
    expect(instance.prune({ maxCount: 2 })).toBe(1);
    expect(await ids(n8n)).toEqual([young[2], young[1], waiting]);
    expect(instance.losses()).toMatchObject([
      { id: old, reason: 'pruned', startedAt: new Date(noon).toISOString() },
      { id: young[0], reason: 'pruned' },
    ]);
    expect((await ask(n8n, `/executions/${old}`)).status).toBe(404);
  });

  it('is pruned every hour by itself when the instance is told to', async () => {
    const n8n = await served('2.40', { maxCount: 2 });
    for (let i = 0; i < 5; i++) n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    expect(await ids(n8n)).toHaveLength(5);
    n8n.instance.clock.advance(3_600_000);
    expect(await ids(n8n)).toEqual(['5', '4']);
  });

  it('goes with its workflow', async () => {
    const n8n = await served();
    n8n.instance.addWorkflow({ id: 'leads', name: 'Leads' });
    const kept = n8n.instance.startExecution({ workflowId: 'leads', durationMs: 0 });
    n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    n8n.instance.deleteWorkflow('orders');
    expect(await ids(n8n)).toEqual([kept]);
    expect(n8n.instance.truth().map(({ visible, gone }) => [visible, gone?.reason])).toEqual([
      [true, undefined],
      [false, 'deleted'],
    ]);
  });

  it('never shows when its workflow does not save it, but uses up an id', async () => {
    const n8n = await served();
    n8n.instance.addWorkflow({ id: 'ping', name: 'Ping', settings: { saveDataSuccessExecution: 'none' } });
    n8n.instance.startExecution({ workflowId: 'ping', durationMs: 0 });
    const failed = n8n.instance.startExecution({ workflowId: 'ping', durationMs: 0, outcome: 'error' });
    expect(await ids(n8n)).toEqual([failed]);
    expect(failed).toBe('2');
    expect(n8n.instance.truth()).toHaveLength(1);
  });
});

describe('another database behind the same address', () => {
  it('begins its ids again after a reset', async () => {
    const n8n = await served();
    for (let i = 0; i < 3; i++) n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    n8n.instance.reset({ keepWorkflows: true });
    expect(n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 })).toBe('1');
    expect(await ids(n8n)).toEqual(['1']);
    expect(n8n.instance.earlierTruths().map((rows) => rows.length)).toEqual([3]);
  });

  it('uses the ids above the backup again after a restore', async () => {
    const n8n = await served();
    const { instance } = n8n;
    const original = instance.startExecution({ workflowId: 'orders', durationMs: 0, outcome: 'error' });
    instance.retry(original, { durationMs: 0 });
    instance.restore(original);
    expect(await detail(n8n, original)).toMatchObject({ retrySuccessId: null });
    instance.clock.advance(5000);
    const again = instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    expect(again).toBe('2');
    expect(await detail(n8n, again)).toMatchObject({ mode: 'webhook', startedAt: new Date(noon + 5000).toISOString() });
  });
});

describe('odd rows', () => {
  it('are answered as they were given, under ids that need not be numbers', async () => {
    const n8n = await served();
    const odd = { id: '0192f4aa-1111-7000-8000-000000000001', startedAt: null, status: 'paused', mode: 'agent', finished: 'yes' };
    n8n.instance.addRaw(odd);
    const next = n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    expect((await page(n8n)).data).toMatchObject([{ id: next }, odd]);
    expect(await detail(n8n, odd.id)).toMatchObject(odd);
    const first = await page(n8n, 'limit=1');
    expect(await ids(n8n, `cursor=${encodeURIComponent(first.nextCursor ?? '')}`)).toEqual([odd.id]);
  });

  it('keep the id of their place when none is given', async () => {
    const n8n = await served();
    const id = n8n.instance.addRaw({ status: 'paused' });
    expect(await ids(n8n)).toEqual([id]);
    expect(await detail(n8n, id)).toMatchObject({ id, status: 'paused' });
  });
});

describe('the API key', () => {
  it('is refused once it is replaced, and after it expires', async () => {
    const clock = SimulatedClock.fixed(noon);
    const n8n = await serve({ version: '2.40', clock, apiKeyExpiresAt: new Date(noon + 1000) });
    expect(JSON.parse(Buffer.from(n8n.apiKey.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      exp: noon / 1000 + 1,
    });
    expect((await ask(n8n, '/executions')).status).toBe(200);
    clock.advance(1000);
    expect((await ask(n8n, '/executions')).status).toBe(401);
  });
});
