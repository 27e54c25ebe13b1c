import { hasRedisServer, RedisServer } from '../support/redis.js';
import { ask, Load } from './load.js';
import { eventually, Stage } from './stage.js';

const TIMEOUT_MS = 240_000;

// Shown as skipped where there is no redis-server.
const describeWithRedis = hasRedisServer ? describe : describe.skip;

describeWithRedis('a Redis that stops and comes back', () => {
  let redis: RedisServer;
  let stage: Stage;

  beforeAll(async () => {
    redis = await RedisServer.start();
    stage = await Stage.open({ REDIS_URL: redis.url });
  }, TIMEOUT_MS);

  afterAll(async () => {
    await stage.close();
    await redis.stop();
  });

  it(
    'costs no request, is told by /health, and is used again by itself',
    async () => {
      const path = `/api/v1/metrics/client/${stage.clientId}`;
      const { url, adminKey } = stage.service;
      const cacheIs = (status: string): Promise<void> =>
        eventually(`the cache is ${status}`, async () => {
          await ask(
            url,
            adminKey,
            `${path}?start_date=2026-01-01&end_date=2026-01-${String(1 + (Date.now() % 28)).padStart(2, '0')}`,
          );
          const { status: code, body } = await stage.probe('/health');
          return code === 200 && (body.details as { cache: { status: string } }).cache.status === status;
        });
      await cacheIs('up');
      stage.work();
      const load = new Load(url, adminKey, [path, '/api/v1/metrics/all'], 4);
      await redis.stop();
      await cacheIs('degraded');
      expect((await stage.probe('/health/ready')).status).toBe(200);
      await redis.start();
      await cacheIs('up');
      const answers = await load.stop();
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      await stage.expectEverything();
      stage.expectNoErrors();
    },
    TIMEOUT_MS,
  );
});
