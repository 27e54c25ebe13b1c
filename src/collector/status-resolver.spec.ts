import { type ExecutionPage, type ListExecutionsOptions, type N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { compareIds } from './ids.js';
import { StatusResolver } from './status-resolver.js';
import { type SyncRun } from './sync-run.js';

const stoppedAt = new Date('2026-03-18T12:00:00Z');
const run = { target: {}, context: { signal: new AbortController().signal } } as SyncRun;

function unclear(id: number): N8nExecution {
  const nothing = { waitTill: null, retryOf: null, retrySuccessId: null };
  return {
    id: String(id),
    workflowId: 'w',
    mode: 'webhook',
    finished: false,
    status: null,
    startedAt: stoppedAt,
    stoppedAt,
    ...nothing,
  };
}

/** An old n8n of which every execution failed; `stuck`: its list of failures has the same page for every cursor. */
class FakeN8n {
  requests = 0;

  constructor(
    private readonly rows: N8nExecution[],
    private readonly stuck: boolean,
  ) {}

  listExecutions(_target: unknown, { below, status }: ListExecutionsOptions): Promise<ExecutionPage> {
    this.requests += 1;
    const from = this.stuck && status === 'error' ? null : (below ?? null);
    const rest = this.rows.filter(({ id }) => from === null || compareIds(id, from) < 0);
    return Promise.resolve({ rows: rest.slice(0, 10), setAside: [], limit: 10, nextCursor: rest.length > 10 ? 'next' : null });
  }
}

function resolve(n8n: FakeN8n, rows: readonly N8nExecution[]) {
  return new StatusResolver(n8n as unknown as N8nClient, run).resolve(rows);
}

const rows = Array.from({ length: 1_000 }, (_, n) => unclear(1_000 - n));

describe('StatusResolver', () => {
  it('reads the list of failures as far as it needs', async () => {
    const n8n = new FakeN8n(rows, false);
    const resolved = await resolve(n8n, rows.slice(0, 25));
    expect(new Set(resolved.map(({ status }) => status))).toEqual(new Set(['error']));
    expect(n8n.requests).toBe(3);
  });

  it('calls nothing canceled that lies below what it read of the failures', async () => {
    const resolved = await resolve(new FakeN8n(rows, false), rows);
    expect(resolved.map(({ status }) => status)).toEqual(rows.map((_, at) => (at < 400 ? 'error' : 'unknown')));
  });

  it('gives up on a list that repeats itself, without many requests', async () => {
    const n8n = new FakeN8n(rows, true);
    const resolved = await resolve(n8n, rows.slice(0, 12));
    expect(resolved.map(({ status }) => status)).toEqual([...Array<string>(10).fill('error'), 'unknown', 'unknown']);
    expect(n8n.requests).toBeLessThan(5);
  });
});
