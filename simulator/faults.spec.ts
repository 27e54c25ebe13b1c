import { type Fault, type SimulatedN8n } from './index.js';
import { ask, closeAll, ids, noon, page, serve, walk } from './spec-support.js';

afterAll(closeAll);

async function served(): Promise<SimulatedN8n> {
  const n8n = await serve({ version: '2.40' });
  n8n.instance.addWorkflow({ id: 'orders', name: 'Orders' });
  for (let i = 0; i < 9; i++) {
    n8n.instance.startExecution({ workflowId: 'orders', startedAt: noon - 60_000, outcome: i === 0 ? 'error' : 'success' });
  }
  return n8n;
}

const get = (n8n: SimulatedN8n, init: RequestInit = {}): Promise<Response> =>
  fetch(`${n8n.baseUrl}/api/v1/executions`, { headers: { 'x-n8n-api-key': n8n.apiKey }, ...init });

describe('an answer that goes wrong', () => {
  it.each<[Fault, number, string]>([
    [{ kind: 'rate-limit', retryAfter: 7 }, 429, 'application/json; charset=utf-8'],
    [{ kind: 'error-500' }, 500, 'application/json; charset=utf-8'],
    [{ kind: 'bad-gateway' }, 502, 'text/html'],
    [{ kind: 'html' }, 200, 'text/html'],
    [{ kind: 'answer', status: 403, body: { message: 'Forbidden' } }, 403, 'application/json; charset=utf-8'],
  ])('%j: once, then n8n is well again', async (fault, status, contentType) => {
    const n8n = await served();
    n8n.instance.faults.next(fault);
    const response = await get(n8n);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, contentType]);
    if (fault.kind === 'rate-limit') expect(response.headers.get('retry-after')).toBe('7');
    await response.text();
    expect((await get(n8n)).status).toBe(200);
  });

  it('breaks off in the middle', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'truncated' });
    const response = await get(n8n);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('never comes, until the simulator closes', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'hang' });
    await expect(get(n8n, { signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
    n8n.instance.faults.next({ kind: 'hang' });
    const hanging = get(n8n).then(
      () => 'answered',
      () => 'cut',
    );
    setTimeout(() => void n8n.close(), 100);
    expect(await hanging).toBe('cut');
  });

  it('is a reset connection', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'reset' });
    await expect(get(n8n)).rejects.toThrow();
    expect(n8n.requests.entries().at(-1)?.status).toBe(0);
  });

  it('comes late', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'slow', ms: 150 });
    const before = performance.now();
    expect((await get(n8n)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  it('repeats a page without losing one', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'duplicate-page' }, { endpoint: 'executions', after: 1 });
    expect(await walk(n8n, 4)).toEqual(['9', '8', '7', '6', '9', '8', '7', '6', '5', '4', '3', '2', '1']);
  });

  it('repeats no page of another list', async () => {
    const n8n = await served();
    expect(await ids(n8n, 'status=running')).toEqual([]);
    n8n.instance.faults.next({ kind: 'duplicate-page' }, { endpoint: 'executions' });
    expect(await ids(n8n, 'limit=2')).toEqual(['9', '8']);
  });

  it('leads in a circle', async () => {
    const n8n = await served();
    n8n.instance.faults.always({ kind: 'looping-cursor' });
    const first = await page(n8n, 'limit=4');
    const second = await page(n8n, `cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    const third = await page(n8n, `cursor=${encodeURIComponent(second.nextCursor ?? '')}`);
    expect(third).toEqual(first);
    expect(second.nextCursor).toBe(first.nextCursor);
  });

  it('is larger than anybody wants', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'huge-details', megabytes: 3 }, { endpoint: 'execution' });
    const reply = await ask<object>(n8n, '/executions/1?includeData=true');
    expect(JSON.stringify(reply.body).length).toBeGreaterThan(3_000_000);
  });
});

describe('faults', () => {
  it('keep to their endpoint and their number', async () => {
    const n8n = await served();
    n8n.instance.faults.next({ kind: 'error-500' }, { endpoint: 'workflows', times: 2 });
    expect((await get(n8n)).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask(n8n, '/workflows')).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('with a probability are the same for the same instance', async () => {
    const outcomes = async (): Promise<number[]> => {
      const n8n = await served();
      n8n.instance.faults.sometimes({ kind: 'error-500' }, 0.4);
      const statuses = [];
      for (let i = 0; i < 12; i++) statuses.push((await get(n8n)).status);
      return statuses;
    };
    const first = await outcomes();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await outcomes()).toEqual(first);
  });
});

describe('the request log', () => {
  it('counts by endpoint and keeps what was asked', async () => {
    const n8n = await served();
    await ids(n8n, 'limit=3');
    await ask(n8n, '/executions/1');
    await ask(n8n, '/nonsense');
    const counts = ['executions', 'execution', 'unknown', 'workflows'].map((endpoint) => n8n.requests.count(endpoint));
    expect(counts).toEqual([1, 1, 1, 0]);
    expect(n8n.requests.total).toBe(3);
    expect(n8n.requests.peakInFlight).toBe(1);
    expect(n8n.requests.entries('executions')).toMatchObject([
      { method: 'GET', path: '/api/v1/executions', query: { limit: '3' }, status: 200 },
    ]);
  });

  it('acts when so many requests have arrived, once, unless told not to', async () => {
    const n8n = await served();
    const seen: number[] = [];
    n8n.requests.when(2, () => seen.push(n8n.requests.total));
    const withdraw = n8n.requests.when(3, () => seen.push(-1));
    await ids(n8n);
    expect(seen).toEqual([]);
    await ids(n8n);
    withdraw();
    await ids(n8n);
    expect(seen).toEqual([1]);
  });
});
