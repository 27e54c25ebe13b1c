import { generateHistory, type InstanceOptions, SimulatedClock, SimulatedInstance, startSimulator } from './index.js';
import { ask, closeAll, noon, serve } from './spec-support.js';

afterAll(closeAll);

function withHistory(options: Partial<InstanceOptions> = {}, seed = 1): SimulatedInstance {
  const instance = new SimulatedInstance({ version: '2.40', clock: SimulatedClock.fixed(noon), ...options });
  generateHistory(instance, { count: 6000, days: 30, seed });
  return instance;
}

describe('a generated history', () => {
  const instance = withHistory();
  const rows = instance.truth();
  const share = (matches: (row: (typeof rows)[number]) => boolean): number => rows.filter(matches).length / rows.length;

  it('is the same for the same seed, byte for byte', async () => {
    const answers = async (seed: number): Promise<string> => {
      const n8n = await serve({ version: '2.40' });
      generateHistory(n8n.instance, { count: 500, days: 10, seed });
      const paths = ['/executions?limit=250', '/workflows', '/tags', '/executions/12?includeData=true', '/insights/summary'];
      const bodies = [];
      for (const path of paths) bodies.push(JSON.stringify((await ask(n8n, path)).body));
      return bodies.join('\n');
    };
    const first = await answers(1);
    expect(await answers(1)).toBe(first);
    expect(await answers(2)).not.toBe(first);
  });

  it('has every id once, in the order of creation, within its days', () => {
    const created = rows.map(({ createdAt }) => Date.parse(createdAt));
    expect(created).toEqual([...created].sort((a, b) => a - b));
    expect(Math.min(...created)).toBeGreaterThanOrEqual(noon - 30 * 86_400_000);
    expect(Math.max(...created)).toBeLessThanOrEqual(noon);
    const ids = [...rows, ...instance.losses()].map(({ id }) => Number(id)).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 6000 }, (_, i) => i + 1));
  });

  it('succeeds mostly, fails in many ways and works in office hours', () => {
    expect(share(({ status }) => status === 'success')).toBeGreaterThan(0.87);
    expect(share(({ status }) => status === 'success')).toBeLessThan(0.95);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['success', 'error', 'canceled', 'crashed', 'waiting']));
    expect(new Set(rows.map(({ mode }) => mode))).toEqual(
      new Set(['webhook', 'trigger', 'manual', 'integrated', 'error', 'retry']),
    );
    expect(new Set(rows.map(({ failure }) => failure?.message)).size).toBeGreaterThan(10);
    const hours = rows.map(({ createdAt }) => new Date(createdAt).getUTCHours());
    expect(hours.filter((hour) => hour >= 8 && hour < 17).length).toBeGreaterThan(rows.length * 0.6);
  });

  it('has retries that name failed originals, and originals that name their successful retry', () => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const retries = rows.filter(({ mode }) => mode === 'retry');
    expect(retries.length).toBeGreaterThan(20);
    for (const retry of retries) {
      const original = byId.get(retry.retryOf ?? '');
      expect(original?.status).toBe('error');
      expect(original?.workflowId).toBe(retry.workflowId);
      expect(original?.retrySuccessId === retry.id).toBe(retry.status === 'success');
    }
  });

  it('starts resumed executions anew on 2.4 only', () => {
    const longest = (of: SimulatedInstance): number =>
      Math.max(...of.truth().map(({ startedAt, stoppedAt }) => Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? '') || 0));
    expect(longest(instance)).toBeGreaterThan(3_600_000);
    expect(longest(withHistory({ version: '2.4' }))).toBeLessThan(3_600_000);
  });

  it('goes on by the clock: what was running or waiting at its end finishes', () => {
    const later = withHistory();
    expect(later.truth().filter(({ status }) => status === 'waiting' || status === 'running').length).toBeGreaterThan(0);
    later.clock.advance(4 * 86_400_000);
    expect(later.truth().filter(({ status }) => status === 'waiting' || status === 'running')).toEqual([]);
  });
});

describe('insights', () => {
  it('count production executions of the last 7 days that ended before this hour, pruned or not', async () => {
    const n8n = await serve({ version: '2.40' });
    const { instance } = n8n;
    instance.addWorkflow({ id: 'orders', name: 'Orders', settings: { timeSavedPerExecution: 12 } });
    const hoursAgo = (hours: number): number => noon - hours * 3_600_000;
    const past = (hours: number) => ({ workflowId: 'orders', startedAt: hoursAgo(hours), durationMs: 1000 });
    instance.startExecution(past(24 * 9));
    instance.startExecution(past(48));
    instance.startExecution({ ...past(24), outcome: 'error' });
    instance.startExecution({ ...past(24), mode: 'manual' });
    instance.startExecution(past(0.1));
    instance.prune({ maxCount: 1 });
    const { body } = await ask<Record<string, { value: number }>>(n8n, '/insights/summary');
    expect(Object.fromEntries(Object.entries(body).map(([name, { value }]) => [name, value]))).toEqual({
      averageRunTime: 1000,
      failed: 1,
      failureRate: 0.5,
      timeSaved: 12,
      total: 2,
    });
  });
});

describe('many instances', () => {
  it('have ports and keys of their own', async () => {
    const instances = ['acme', 'globex'].map((name) => new SimulatedInstance({ version: '2.4', name }));
    const simulator = await startSimulator({ instances });
    const [acme, globex] = [simulator.get('acme'), simulator.get('globex')];
    expect(simulator.url('acme')).toBe(acme.baseUrl);
    expect((await ask(acme, '/executions')).status).toBe(200);
    expect((await ask(acme, '/executions', { 'x-n8n-api-key': globex.apiKey })).status).toBe(401);
    await simulator.close();
    await expect(fetch(acme.baseUrl)).rejects.toThrow();
  });
});
