import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const SLOTS = 20;
const SLOTS_AFTER = 5;
const SKEWS_MS = [-5_000, 0, 5_000];
const LONG_JOBS = 6;
const LIMIT_MS = 150_000;

interface Run {
  job_id: string;
  slot: string;
  state: string;
  starts: number;
  ends: number;
}

describe('three replicas whose clocks differ by seconds', () => {
  let database: TestDatabase;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.dataSource.query('CREATE TABLE job_events (job_id text, pid integer, event text)');
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await database.drop();
  });

  async function startReplica(skewMs: number): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, 'replicas-child.mjs'), [database.url, String(skewMs)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    // The catch-up of the nightly schedules may begin a moment before it is ready.
    for (;;) {
      const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(60_000) })) as [unknown];
      if (message === 'ready') return child;
    }
  }

  const runsOf = (name: string, fromSlot = ''): Promise<Run[]> =>
    database.dataSource.query<Run[]>(
      `SELECT r.job_id, r.slot, r.state, (count(*) FILTER (WHERE e.event = 'start'))::int AS starts,
              (count(*) FILTER (WHERE e.event = 'end'))::int AS ends
         FROM job_runs r LEFT JOIN job_events e USING (job_id)
        WHERE r.name = $1 AND coalesce(r.slot, '') >= $2 GROUP BY r.id ORDER BY r.slot`,
      [name, fromSlot],
    );

  /** The first so many runs from a slot on, once all of them have completed. */
  async function over(name: string, fromSlot: string, count: number): Promise<Run[]> {
    const until = Date.now() + LIMIT_MS;
    while (Date.now() < until) {
      await sleep(200);
      const runs = (await runsOf(name, fromSlot)).slice(0, count);
      if (runs.length === count && runs.every(({ state }) => state === 'completed')) return runs;
    }
    throw new Error(`not done in time: ${JSON.stringify(await runsOf(name, fromSlot))}`);
  }

  it('run every one of 20 slots exactly once, with one killed in the middle of a job and one started in between', async () => {
    const [victim] = await Promise.all(SKEWS_MS.map(startReplica));
    if (victim === undefined) throw new Error('three were asked for');
    const from = slotAt(Date.now());
    for (let n = 0; n < LONG_JOBS; n += 1) victim.send('long');
    await over('long', '', LONG_JOBS);
    victim.send('hang');
    const [{ hangs }] = (await once(victim, 'message', { signal: AbortSignal.timeout(LIMIT_MS) })) as [{ hangs: string }];
    victim.kill('SIGKILL');
    await startReplica(2_000);

    const first = instantOf(from);
    // At least 20, and on a busy machine so many that the one that was killed and its successor are among them.
    const slots = Math.max(SLOTS, (instantOf(hangs.split('.').at(-1) ?? '') - first) / 1_000 + SLOTS_AFTER);
    const runs = await over('collect', from, slots);
    expect(runs.map(({ slot }) => slot)).toEqual(Array.from({ length: slots }, (_, n) => slotAt(first + n * 1_000)));
    // What the killed one had begun is run by another; nothing else runs twice.
    for (const run of runs) expect(run).toMatchObject({ starts: run.job_id === hangs ? 2 : 1, ends: 1 });
    expect(runs.map(({ job_id }) => job_id)).toContain(hangs);
    // Missed occasions of the night are caught up once; jobs that are longer than any lock are not taken from their replica.
    for (const name of ['aggregate-daily', 'aggregate-weekly', 'aggregate-monthly', 'cleanup']) {
      expect(await runsOf(name)).toMatchObject([{ state: 'completed', starts: 1, ends: 1 }]);
    }
    for (const long of await runsOf('long')) expect(long).toMatchObject({ starts: 1, ends: 1 });
    const left = children.filter((child) => child !== victim);
    const codes = left.map(async (child) => ((await once(child, 'exit')) as [number | null])[0]);
    for (const child of left) child.kill('SIGTERM');
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
  }, 300_000);
});

function slotAt(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

function instantOf(slot: string): number {
  return Date.parse(`${slot.slice(0, 10)}T${slot.slice(11).replaceAll('-', ':')}`);
}
