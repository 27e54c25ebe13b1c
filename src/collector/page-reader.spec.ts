import { setTimeout as sleep } from 'node:timers/promises';
import { type N8nExecution, type UnreadPage } from '../n8n-client/index.js';
import { type ExecutionPages } from './execution-pages.js';
import { PageReader } from './page-reader.js';
import { emptyCounts, type SyncRun } from './sync-run.js';

const ROWS_OF_A_PAGE = 2;

/** A list of ids from `top` down to 1, two on a page, that writes down what is done with it. */
class FakePages {
  readonly log: string[] = [];

  constructor(
    private readonly top: number,
    private readonly answerMs = 1,
  ) {}

  async unreadBelow(_run: SyncRun, position: string | null): Promise<UnreadPage> {
    const first = position === null ? this.top : Number(position) - 1;
    this.log.push(`ask ${first}`);
    await sleep(this.answerMs);
    const rows = Array.from({ length: Math.min(ROWS_OF_A_PAGE, first) }, (_, n) => row(first - n));
    const nextCursor = first > ROWS_OF_A_PAGE ? 'more' : null;
    const read = () => {
      this.log.push(`read ${first}`);
      return { rows, setAside: [], nextCursor, limit: ROWS_OF_A_PAGE };
    };
    return { last: rows.at(-1) ?? null, nextCursor, read };
  }
}

function row(id: number): N8nExecution {
  const at = new Date('2026-02-03T10:00:00.000Z');
  const times = { startedAt: at, stoppedAt: at, waitTill: null };
  const retries = { retryOf: null, retrySuccessId: null };
  return { id: String(id), status: 'success', finished: true, mode: 'trigger', workflowId: 'w', ...times, ...retries };
}

const run: SyncRun = {
  clientId: 1,
  target: { clientId: 1, baseUrl: 'http://127.0.0.1:1', apiKey: 'key', requestsPerMinute: 60 },
  capabilities: {
    statusInList: true,
    runningList: true,
    waitingList: false,
    startedAfter: true,
    maxLimit: 250,
    insights: false,
    pageSize: 250,
  },
  timezone: 'UTC',
  context: { signal: new AbortController().signal, progress: () => Promise.resolve() },
  counts: emptyCounts(),
  startedAt: new Date(0),
  retentionFloor: new Date(0),
  rawFloor: new Date(0),
  knownWorkflows: new Set(),
  shownOpen: new Set(),
  assertCurrent: () => undefined,
};

function reader(pages: FakePages, goOn: (lowest: string) => boolean, ended?: () => void): PageReader {
  return new PageReader(pages as unknown as ExecutionPages, run, null, { goOn, ended });
}

describe('PageReader', () => {
  it('asks for the next page before it looks at the rows of the one that has come', async () => {
    const pages = new FakePages(6);
    const { rows, nextCursor } = await reader(pages, () => true).next();
    expect(rows.map(({ id }) => id)).toEqual(['6', '5', '4', '3', '2', '1']);
    expect(nextCursor).toBeNull();
    expect(pages.log.filter((line) => line.startsWith('read'))).toEqual(['read 6', 'read 4', 'read 2']);
    expect(pages.log.indexOf('ask 4')).toBeLessThan(pages.log.indexOf('read 6'));
    expect(pages.log.indexOf('ask 2')).toBeLessThan(pages.log.indexOf('read 4'));
  });

  it('hands out at most eight pages as one and leaves none out', async () => {
    const all = reader(new FakePages(40), () => true);
    const first = await all.next();
    expect(first.rows).toHaveLength(16);
    const seen = [...first.rows];
    for (let n = 0; seen.length < 40 && n < 40; n += 1) seen.push(...(await all.next()).rows);
    expect(seen.map(({ id }) => Number(id))).toEqual(Array.from({ length: 40 }, (_, n) => 40 - n));
    await all.close();
  });

  it('asks for nothing below what is wanted, and says once that the last page has come', async () => {
    const pages = new FakePages(10);
    const ended: string[] = [];
    const some = reader(
      pages,
      (lowest) => Number(lowest) > 7,
      () => ended.push(`ended after ${pages.log.filter((line) => line.startsWith('ask')).length}`),
    );
    expect((await some.next()).rows.map(({ id }) => id)).toEqual(['10', '9', '8', '7']);
    await some.close();
    expect(ended).toEqual(['ended after 2']);
    expect(pages.log.filter((line) => line.startsWith('ask'))).toEqual(['ask 10', 'ask 8']);
  });

  it('does not call a list ended whose reader is closed', async () => {
    const ended: string[] = [];
    const closed = reader(
      new FakePages(100, 20),
      () => true,
      () => ended.push('ended'),
    );
    void closed.next().catch(() => undefined);
    await closed.close();
    expect(ended).toEqual([]);
  });

  it('tells a failure after the pages before it', async () => {
    const pages = new FakePages(6);
    const readFirst = pages.unreadBelow.bind(pages);
    pages.unreadBelow = (of, position) => (position === '3' ? Promise.reject(new Error('gone')) : readFirst(of, position));
    const failing = reader(pages, () => true);
    expect((await failing.next()).rows).toHaveLength(4);
    await expect(failing.next()).rejects.toThrow('gone');
  });
});
