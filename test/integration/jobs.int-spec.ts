import { setTimeout as sleep } from 'node:timers/promises';
import { type JobHandler, JobRunsReadModel, JobsService, RetryableJobError } from '../../src/jobs/index.js';
import { eventually, gate, JobsFixture } from './jobs.fixture.js';

describe('jobs', () => {
  let fixture: JobsFixture;
  const calls: string[] = [];
  let hold = gate();

  const handlers: Record<string, JobHandler> = {
    count: ({ jobId, payload }) => {
      calls.push(jobId);
      return Promise.resolve({ counted: payload.n ?? 0 });
    },
    sync: async ({ jobId }) => {
      calls.push(jobId);
      await hold.opened;
      return { rows: 1 };
    },
    broken: () => Promise.reject(new Error('cannot read postgres://app:hunter2@db/x')),
    shaky: ({ jobId }) => {
      calls.push(jobId);
      return calls.filter((id) => id === jobId).length === 1
        ? Promise.reject(new RetryableJobError('not yet'))
        : Promise.resolve({ tries: 2 });
    },
    steps: async ({ jobId, clientId, progress, again }) => {
      calls.push(jobId);
      await progress({ page: clientId });
      if (calls.filter((id) => id.startsWith('steps.5.')).length < 3) again();
      return {};
    },
  };

  beforeAll(async () => {
    fixture = await JobsFixture.create(handlers);
    await fixture.start('all');
  });

  afterAll(async () => {
    hold.open();
    await fixture.drop();
  });

  it('are recorded from enqueue to result', async () => {
    const { jobId, created } = await fixture.jobs.enqueue({ name: 'count', clientId: 3, payload: { n: 42 } });
    expect(created).toBe(true);
    const run = await fixture.over(jobId);
    expect(run).toMatchObject({
      jobId,
      name: 'count',
      clientId: 3,
      state: 'completed',
      attempts: 1,
      counts: { counted: 42 },
      error: null,
    });
    expect(run?.startedAt?.getTime()).toBeGreaterThanOrEqual(run?.enqueuedAt.getTime() ?? Infinity);
    expect(run?.finishedAt?.getTime()).toBeGreaterThanOrEqual(run?.startedAt?.getTime() ?? Infinity);
  });

  it('of one slot are one job, also after it has completed', async () => {
    const request = { name: 'count', slot: '2026-03-01' };
    const first = await fixture.jobs.enqueue(request);
    const second = await fixture.jobs.enqueue(request);
    await fixture.over(first.jobId);
    const third = await fixture.jobs.enqueue(request);
    await sleep(300);
    expect([second, third]).toEqual([
      { jobId: first.jobId, created: false },
      { jobId: first.jobId, created: false },
    ]);
    expect(calls.filter((id) => id === first.jobId)).toHaveLength(1);
  });

  it('of one slot are one job when two replicas tick at once', async () => {
    const other = await fixture.start('all');
    const slots = Array.from({ length: 10 }, (_, n) => `tick-${n}`);
    const asked = await Promise.all(
      slots.flatMap((slot) => [fixture.jobs, other.get(JobsService)].map((service) => service.enqueue({ name: 'count', slot }))),
    );
    const ids = [...new Set(asked.map(({ jobId }) => jobId))];
    for (const id of ids) expect(await fixture.over(id)).toMatchObject({ state: 'completed', attempts: 1 });
    expect(ids).toHaveLength(10);
    for (const id of ids) expect(calls.filter((called) => called === id)).toHaveLength(1);
    await fixture.stop(other);
  });

  it('that sync a client are joined while one is queued or running, and only for that client', async () => {
    hold = gate();
    const first = await fixture.jobs.enqueue({ name: 'sync', clientId: 1 });
    await eventually(() => calls.includes(first.jobId));
    const joined = await fixture.jobs.enqueue({ name: 'sync', clientId: 1 });
    const other = await fixture.jobs.enqueue({ name: 'sync', clientId: 2 });
    expect(joined).toEqual({ jobId: first.jobId, created: false });
    expect(other.created).toBe(true);
    hold.open();
    await Promise.all([fixture.over(first.jobId), fixture.over(other.jobId)]);
    await eventually(async () => (await fixture.jobs.enqueue({ name: 'sync', clientId: 1 })).created);
  });

  it('are enqueued many at once, with the same rules', async () => {
    hold = gate();
    const [first, second] = await fixture.jobs.enqueueAll([
      { name: 'sync', clientId: 8 },
      { name: 'sync', clientId: 9 },
    ]);
    const again = await fixture.jobs.enqueueAll([
      { name: 'sync', clientId: 9 },
      { name: 'count', slot: '2026-03-01' },
      { name: 'sync', clientId: 10 },
    ]);
    expect(again.map(({ created }) => created)).toEqual([false, false, true]);
    expect(again[0]?.jobId).toBe(second?.jobId);
    hold.open();
    for (const job of [first, ...again]) expect(await fixture.over(job?.jobId ?? '')).toMatchObject({ state: 'completed' });
    expect(await fixture.jobs.enqueueAll([])).toEqual([]);
  });

  it('that fail say why, without secrets, and are not tried again', async () => {
    const { jobId } = await fixture.jobs.enqueue({ name: 'broken' });
    const run = await fixture.over(jobId);
    expect(run).toMatchObject({ state: 'failed', attempts: 1, error: 'cannot read postgres://***@db/x' });
    const stored = async (): Promise<string> => {
      const query = 'SELECT job::text AS text FROM bullmq.job WHERE id = $1';
      const [row] = await fixture.database.dataSource.query<{ text: string }[]>(query, [jobId]);
      return row?.text ?? '';
    };
    // The queue hears of the failure after the run is noted.
    await eventually(async () => (await stored()).includes('cannot read'));
    expect(await stored()).not.toContain('hunter2');
  });

  it('without a handler fail', async () => {
    const { jobId } = await fixture.jobs.enqueue({ name: 'unheard-of' });
    expect(await fixture.over(jobId)).toMatchObject({ state: 'failed', error: 'there is no handler for the job unheard-of' });
  });

  it('that may succeed later are tried again', async () => {
    const { jobId } = await fixture.jobs.enqueue({ name: 'shaky' });
    await eventually(async () => (await fixture.jobs.waitFor(jobId, 0))?.error === 'not yet');
    expect(await fixture.jobs.waitFor(jobId, 0)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(await fixture.over(jobId)).toMatchObject({ state: 'completed', attempts: 2, error: null, counts: { tries: 2 } });
  });

  it('that have more to do run again for the same client', async () => {
    const { jobId } = await fixture.jobs.enqueue({ name: 'steps', clientId: 5 });
    expect(await fixture.over(jobId)).toMatchObject({ state: 'completed', progress: { page: 5 } });
    const history = fixture.get(JobRunsReadModel);
    await eventually(async () => (await history.list({ clientId: 5, state: 'completed' }, { limit: 10 })).items.length === 3);
    await sleep(300);
    expect((await history.list({ clientId: 5 }, { limit: 10 })).items).toHaveLength(3);
  });

  it('are listed newest first, page by page', async () => {
    const history = fixture.get(JobRunsReadModel);
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await history.list({ name: 'count' }, { limit: 4, cursor });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(12);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    await expect(history.list({}, { limit: 4, cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('that recur tell how they have been doing', async () => {
    await fixture.over((await fixture.jobs.enqueue({ name: 'broken' })).jobId);
    const [broken, count, never] = await fixture.get(JobRunsReadModel).recurring(['broken', 'count', 'never'], new Date());
    expect(broken).toMatchObject({ failuresInARow: 2, running: false, lastRun: { state: 'failed' } });
    expect(count).toMatchObject({ failuresInARow: 0, lastRun: { state: 'completed' } });
    expect(never).toEqual({ name: 'never', lastRun: null, running: false, failuresInARow: 0 });
  });

  it('nobody will finish are marked lost, others are not', async () => {
    const insert = `INSERT INTO job_runs (job_id, name, state, enqueued_at, started_at) VALUES ($1, 'count', 'running', $2, $2)`;
    await fixture.database.dataSource.query(insert, ['count.all.old', new Date(Date.now() - 600_000)]);
    await fixture.database.dataSource.query(insert, ['count.all.new', new Date()]);
    expect(await fixture.jobs.markLost()).toBe(1);
    expect(await fixture.jobs.waitFor('count.all.old', 0)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('lost') as string,
    });
    expect(await fixture.jobs.waitFor('count.all.new', 0)).toMatchObject({ state: 'running' });
  });

  it('are forgotten after 90 days, routine ones after a week', async () => {
    const insert = `INSERT INTO job_runs (job_id, name, state, enqueued_at) VALUES ($1, $2, $3, $4)`;
    const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
    for (const [id, name, state, age] of [
      ['a', 'cleanup', 'completed', 91],
      ['b', 'cleanup', 'completed', 8],
      ['c', 'sync', 'completed', 8],
      ['d', 'sync', 'failed', 8],
      ['e', 'sync', 'completed', 6],
    ] as const) {
      await fixture.database.dataSource.query(insert, [id, name, state, daysAgo(age)]);
    }
    expect(await fixture.jobs.purgeRuns()).toBe(2);
    const left = await fixture.database.dataSource.query<{ job_id: string }[]>(
      `SELECT job_id FROM job_runs WHERE job_id ~ '^[a-e]$' ORDER BY 1`,
    );
    expect(left.map(({ job_id }) => job_id)).toEqual(['b', 'd', 'e']);
  });
});
