import { setTimeout as sleep } from 'node:timers/promises';
import { type Answered, ask, Load } from './load.js';
import { eventually, Stage } from './stage.js';

const OUTAGE_MS = 20_000;
const TIMEOUT_MS = 240_000;

/** One service for all of it: it must never need a restart. */
describe('a database in trouble', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({ DATABASE_POOL_SIZE: '4' });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await stage.close();
  });

  beforeEach(() => {
    stage.work();
  });

  const reads = (): string[] => [
    `/api/v1/metrics/client/${stage.clientId}`,
    `/api/v1/metrics/client/${stage.clientId}/executions?limit=50`,
    '/api/v1/metrics/all',
    '/api/v1/clients',
  ];

  it(
    'stopped for 20 s under load: 503 while it lasts, then everything goes on by itself',
    async () => {
      const load = new Load(stage.service.url, stage.service.adminKey, reads(), 8);
      await eventually('there is load', () => Promise.resolve(load.answers.length > 50));
      await stage.postgres.stop();
      await stage.readyIs(503);
      const stoppedAt = Date.now();
      while (Date.now() - stoppedAt < OUTAGE_MS) {
        expect((await stage.probe('/health/live')).status).toBe(200);
        expect(await stage.probe('/health')).toMatchObject({ status: 503, body: { error: { database: { status: 'down' } } } });
        await sleep(1_000);
      }
      await stage.postgres.start();
      await stage.readyIs(200);
      const answered = load.answers.length;
      await eventually('reads are answered again', () =>
        Promise.resolve(load.answers.slice(answered).filter(({ status }) => status === 200).length > 50),
      );
      expectHonest(await load.stop());
      await stage.expectEverything();
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );

  it(
    'read-only: what is stored is served, changes are refused with a reason, and it is made up for',
    async () => {
      const { api, service } = stage;
      await stage.postgres.setReadOnly(true);
      await eventually(
        'changes are refused',
        async () => (await ask(service.url, service.adminKey, '/health')).status === 200 && (await isReadOnly()),
      );
      await expect(api.post('/admin/api-keys', { name: 'another', role: 'admin' })).rejects.toThrow(
        /503 .*database_read_only.*read-only/,
      );
      await expect(api.post(`/metrics/admin/sync/${stage.clientId}`)).rejects.toThrow(/503 .*database_read_only/);
      for (const path of reads()) expect(await ask(service.url, service.adminKey, path)).toMatchObject({ status: 200 });
      expect((await stage.probe('/health/ready')).status).toBe(200);
      await sleep(3_000);
      await stage.postgres.setReadOnly(false);
      await eventually('it is writable', async () => !(await isReadOnly()));
      await stage.expectEverything();
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );

  it(
    'too slow for all its connections: everybody gets 503 in time, probes tell it, and then it is as before',
    async () => {
      const { service } = stage;
      // Whoever reads a client waits for this.
      const answers = await stage.postgres.holding('LOCK TABLE clients IN ACCESS EXCLUSIVE MODE', async () => {
        const asked = Array.from({ length: 60 }, (_, n) =>
          ask(service.url, service.adminKey, `/api/v1/metrics/client/${stage.clientId}/executions?limit=${n + 1}`),
        );
        await stage.readyIs(503);
        expect((await stage.probe('/health/live')).status).toBe(200);
        return Promise.all(asked);
      });
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
      expectHonest(answers);
      await stage.readyIs(200);
      await stage.expectEverything();
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );

  async function isReadOnly(): Promise<boolean> {
    const { body } = await stage.probe('/health');
    const { database } = body.details as { database: { status: string; cause?: string } };
    return database.status === 'degraded' && (database.cause ?? '').includes('read-only');
  }
});

/** Answered, or told to come again: never left alone, never "something went wrong". */
function expectHonest(answers: readonly Answered[]): void {
  const others = answers.filter(({ status, retryAfter }) => status !== 200 && !(status === 503 && retryAfter !== null));
  expect(others).toEqual([]);
  expect(answers.some(({ status }) => status === 503)).toBe(true);
}
