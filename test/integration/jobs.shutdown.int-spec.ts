import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobHandler } from '../../src/jobs/index.js';
import { eventually, JobsFixture } from './jobs.fixture.js';

describe('jobs whose process ends', () => {
  let fixture: JobsFixture;
  const children: ReturnType<typeof fork>[] = [];
  const calls: string[] = [];

  const handlers: Record<string, JobHandler> = {
    stubborn: async ({ jobId }) => {
      calls.push(jobId);
      await sleep(1_500);
      return { finished: true };
    },
    polite: async ({ jobId, signal }) => {
      calls.push(jobId);
      await sleep(60_000, undefined, { signal });
      return {};
    },
    sleepy: ({ jobId }) => {
      calls.push(jobId);
      return Promise.resolve({ woken: true });
    },
  };

  beforeAll(async () => {
    fixture = await JobsFixture.create(handlers);
    await fixture.start('api');
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await fixture.drop();
  });

  it('by a signal are waited for', async () => {
    const leaving = await fixture.start('worker');
    const { jobId } = await fixture.jobs.enqueue({ name: 'stubborn' });
    await eventually(() => calls.includes(jobId));
    await fixture.stop(leaving);
    expect(await fixture.jobs.waitFor(jobId, 0)).toMatchObject({ state: 'completed', counts: { finished: true } });
  });

  it('stop at once when they can, and wait for another worker', async () => {
    const { jobId } = await fixture.jobs.enqueue({ name: 'polite' });
    await sleep(500);
    expect(await fixture.jobs.waitFor(jobId, 0)).toMatchObject({ state: 'queued', attempts: 0 });
    const first = await fixture.start('worker');
    await eventually(() => calls.includes(jobId));
    const before = Date.now();
    await fixture.stop(first);
    // Interrupted jobs stop at once and go back to the queue; no attempt counts as failed.
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(await fixture.jobs.waitFor(jobId, 0)).toMatchObject({ state: 'queued', attempts: 1, error: null });
  });

  it('by force are run again by another worker', async () => {
    const child = fork(join(import.meta.dirname, 'jobs.worker-child.mjs'), [fixture.database.url], {
      execArgv: [],
      stdio: 'inherit',
    });
    children.push(child);
    expect(await once(child, 'message')).toContain('ready');
    const { jobId } = await fixture.jobs.enqueue({ name: 'sleepy' });
    expect(await once(child, 'message')).toContain('started');
    expect(await fixture.jobs.waitFor(jobId, 0)).toMatchObject({
      state: 'running',
      attempts: 1,
      replica: expect.stringContaining(`-${child.pid}`) as string,
    });
    child.kill('SIGKILL');
    const killedAt = Date.now();
    await fixture.start('worker');
    const run = await fixture.over(jobId, 30);
    expect(run).toMatchObject({ state: 'completed', attempts: 2, counts: { woken: true } });
    expect(Date.now() - killedAt).toBeLessThan(20_000);
  });
});
