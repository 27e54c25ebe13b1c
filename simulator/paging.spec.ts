import { type SimulatedN8n, type SimulatedVersion, versions } from './index.js';
import { ask, closeAll, ids, noon, page, serve, walk } from './spec-support.js';

afterAll(closeAll);

async function withExecutions(count: number, version: SimulatedVersion = '2.40'): Promise<SimulatedN8n> {
  const n8n = await serve({ version });
  n8n.instance.addWorkflow({ id: 'orders', name: 'Orders' });
  for (let i = 0; i < count; i++) {
    n8n.instance.startExecution({ workflowId: 'orders', startedAt: noon - (count - i) * 60_000, durationMs: 1000 });
  }
  return n8n;
}

const descending = (from: number, to: number): string[] => Array.from({ length: from - to + 1 }, (_, i) => String(from - i));

describe('pages of executions', () => {
  it('come newest first and end with a null cursor, even when the last page is full', async () => {
    const n8n = await withExecutions(20);
    expect(await walk(n8n, 7)).toEqual(descending(20, 1));
    expect(await walk(n8n, 10)).toEqual(descending(20, 1));
    expect((await page(n8n, 'limit=20')).nextCursor).toBeNull();
  });

  it('are not shifted by executions that start between them', async () => {
    const n8n = await withExecutions(20);
    const seen = await walk(n8n, 6, () => {
      n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    });
    expect(seen).toEqual(descending(20, 1));
  });

  it('are not shifted by pruning between them, which only takes rows from the end', async () => {
    const n8n = await withExecutions(30);
    const seen = await walk(n8n, 10, () => n8n.instance.prune({ maxCount: 25 }));
    expect(seen).toEqual(descending(30, 6));
  });

  it('start anywhere for a client that writes its own cursor, whose limit wins', async () => {
    const n8n = await withExecutions(20);
    const cursor = Buffer.from('{"lastId":"8","limit":3}').toString('base64');
    expect(await ids(n8n, `limit=9&cursor=${encodeURIComponent(cursor)}`)).toEqual(['7', '6', '5']);
  });

  it('hold no more than the instance allows, and the walk still finds every row', async () => {
    const n8n = await serve({ version: '2.40', pageLimit: 3 });
    n8n.instance.addWorkflow({ id: 'orders', name: 'Orders' });
    for (let i = 0; i < 8; i++) n8n.instance.startExecution({ workflowId: 'orders', durationMs: 0 });
    expect(await ids(n8n, 'limit=250')).toEqual(['8', '7', '6']);
    expect(await walk(n8n, 250)).toEqual(descending(8, 1));
  });

  it('hold 100 rows unless told otherwise', async () => {
    expect(await ids(await withExecutions(130))).toHaveLength(100);
  });
});

describe('filters', () => {
  it('select by workflow', async () => {
    const n8n = await withExecutions(3);
    n8n.instance.addWorkflow({ id: 'leads', name: 'Leads' });
    const id = n8n.instance.startExecution({ workflowId: 'leads', startedAt: noon - 5000 });
    expect(await ids(n8n, 'workflowId=leads')).toEqual([id]);
    expect(await ids(n8n, 'workflowId=nobody')).toEqual([]);
  });

  it('select by start, both ends included, from 2.40 on', async () => {
    const n8n = await withExecutions(10);
    const at = (minutesAgo: number): string => new Date(noon - minutesAgo * 60_000).toISOString();
    expect(await ids(n8n, `startedAfter=${at(6)}&startedBefore=${at(4)}`)).toEqual(['7', '6', '5']);
    expect(await ids(n8n, 'startedAfter=2999-01-01T00:00:00Z')).toEqual([]);
  });

  it('take crashes for errors before 2.40', async () => {
    const listed: Record<string, string[]> = {};
    for (const version of versions) {
      const n8n = await withExecutions(0, version);
      for (const outcome of ['error', 'crashed', 'success'] as const) {
        n8n.instance.startExecution({ workflowId: 'orders', outcome, startedAt: noon - 5000 });
      }
      listed[version] = await ids(n8n, 'status=error');
    }
    expect(listed).toEqual({ '1.100': ['2', '1'], '2.4': ['2', '1'], '2.40': ['1'] });
  });
});

describe('queries n8n does not take', () => {
  const refusals: [SimulatedVersion, string, number, string | undefined][] = [
    [
      '1.100',
      '/executions?status=canceled',
      400,
      'request/query/status must be equal to one of the allowed values: error, success, waiting',
    ],
    ['1.100', '/workflows?foo=1', 400, "Unknown query parameter 'foo'"],
    ['2.4', '/executions?foo=1', 400, "Unknown query parameter 'foo'"],
    ['2.40', '/executions?foo=1', 200, undefined],
    ['2.4', '/executions?limit=251', 400, 'request/query/limit must be <= 250'],
    ['2.40', '/executions?cursor=e30%3D', 400, 'An invalid cursor was provided'],
    ['2.40', '/workflows?cursor=abc', 400, 'An invalid cursor was provided'],
    ['2.40', '/workflows/nobody', 404, 'Not Found'],
    ['2.40', '/executions/nobody', 404, 'Not Found'],
    ['2.40', '/credentials', 404, 'not found'],
  ];

  it.each(refusals)('%s answers %s with %d', async (version, path, status, message) => {
    const reply = await ask<{ message?: string }>(await withExecutions(1, version), path);
    expect(reply.status).toBe(status);
    expect(reply.body.message).toBe(message);
  });

  it('clamps the limit to 250 on 2.40', async () => {
    expect(await ids(await withExecutions(260), 'limit=500')).toHaveLength(250);
  });

  it('answers 404 to what is no GET', async () => {
    const n8n = await withExecutions(1);
    const response = await fetch(`${n8n.baseUrl}/api/v1/workflows`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});

describe('pages of workflows', () => {
  it('go by offset, so a deletion between two pages makes a client miss one', async () => {
    const n8n = await serve({ version: '2.40' });
    for (const name of ['a', 'b', 'c', 'd']) n8n.instance.addWorkflow({ id: name, name });
    const first = await ask<{ data: { id: string }[]; nextCursor: string }>(n8n, '/workflows?limit=2');
    n8n.instance.deleteWorkflow('a');
    const second = await ask<{ data: { id: string }[]; nextCursor: null }>(n8n, `/workflows?cursor=${first.body.nextCursor}`);
    expect(first.body.data.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(second.body.data.map(({ id }) => id)).toEqual(['d']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('show tags, changed names and the minutes saved, which the first release does not know', async () => {
    const shown: Record<string, unknown> = {};
    for (const version of versions) {
      const n8n = await serve({ version });
      n8n.instance.addWorkflow({ id: 'a', name: 'Old name', settings: { timeSavedPerExecution: 7 } });
      n8n.instance.updateWorkflow('a', { name: 'New name', tags: ['production'] });
      const { body } = await ask<{ name: string; settings: object; tags: { name: string }[] }>(n8n, '/workflows/a');
      shown[version] = [body.name, body.tags.map(({ name }) => name), 'timeSavedPerExecution' in body.settings];
    }
    expect(shown).toEqual({
      '1.100': ['New name', ['production'], false],
      '2.4': ['New name', ['production'], true],
      '2.40': ['New name', ['production'], true],
    });
  });
});
