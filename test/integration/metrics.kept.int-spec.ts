import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { ApiKeysService } from '../../src/auth/index.js';
import { AppCache } from '../../src/cache/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { ClientLock, raiseDataVersion } from '../../src/database/index.js';
import { type HistoricalDto } from '../../src/metrics/dto/historical.dto.js';
import { type SummaryDto } from '../../src/metrics/dto/summary.dto.js';
import { MetricsWarmer } from '../../src/metrics/index.js';
import { MetricsReadModel } from '../../src/metrics/metrics.read-model.js';
import { hasRedisServer, RedisServer } from '../support/redis.js';
import { MetricsWorld, type Problem, type Reply, seedAcme } from './metrics.fixture.js';

const CSV = { accept: 'text/csv' };

let world: MetricsWorld;
let acme: number;
let other: number;
let invoices: number;

beforeAll(async () => {
  world = await MetricsWorld.open();
  world.setNow('2026-03-10T12:00:00Z');
  ({ acme, other, invoices } = await seedAcme(world));
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

/** Everything that a caller sees but where it came from. */
function said({ status, text, headers }: Reply<unknown>): unknown {
  const telling = Object.entries(headers).filter(([name]) => name !== 'x-cache' && name !== 'date');
  return { status, text, headers: Object.fromEntries(telling) };
}

/** One more execution, committed by this application as its collector commits. */
async function commitRun(app: MetricsWorld['app'], id: string): Promise<void> {
  await app.get(ClientLock, { strict: false }).run(acme, async (manager) => {
    await manager.query(
      `INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, finished_at,
              execution_time_ms, is_production, filter_reason, rule_version, first_seen_at, last_changed_at)
       VALUES ($1, 1, $2, '2026-03-09T10:00:00Z', $3, 'success', 'webhook', '2026-03-09T10:00:01Z', 1000, true, 'mode_webhook', 0,
               '2026-03-09T10:00:00Z', '2026-03-09T10:00:00Z')`,
      [acme, id, invoices],
    );
    await manager.query(`INSERT INTO dirty_days (client_id, day) VALUES ($1, '2026-03-09') ON CONFLICT DO NOTHING`, [acme]);
    await raiseDataVersion(manager, acme);
  });
}

async function totalOn(replica: MetricsWorld): Promise<number> {
  const { body } = await replica.getAsIs<HistoricalDto>(`client/${acme}/historical?start_date=2026-03-09&end_date=2026-03-09`);
  return body.metrics_data[0]?.total_executions ?? Number.NaN;
}

describe('an answer that is at hand', () => {
  it.each([
    ['the series', '/historical', {}],
    ['the series as CSV', '/historical', CSV],
    ['the summary', '', {}],
    ['the workflows', '/workflows?limit=2', {}],
    ['the workflows as CSV', '/workflows?limit=2', CSV],
  ])('is the same as when it was computed: %s', async (_, place, headers) => {
    await world.app.get(AppCache, { strict: false }).clear();
    const made = await world.getAsIs(`client/${acme}${place}`, headers);
    const before = world.app.get(AppCache, { strict: false }).stats();
    const again = [
      await world.getAsIs(`client/${acme}${place}`, headers),
      await world.getAsIs(`client/${acme}${place}`, headers),
    ];
    expect(again.map(said)).toEqual([said(made), said(made)]);
    expect([made, ...again].map(({ headers: got }) => got['x-cache'])).toEqual(['miss', 'hit', 'hit']);
    const after = world.app.get(AppCache, { strict: false }).stats();
    expect([after.hits - before.hits, after.misses - before.misses]).toEqual([2, 0]);
  });

  it('of all clients is the same too, and ends when one of them changes', async () => {
    const first = await world.getAsIs('all');
    expect(said(await world.getAsIs('all'))).toEqual(said(first));
    await world.app.get(ClientsService, { strict: false }).patch(other, { name: 'Another' });
    const renamed = await world.getAsIs<{ clients: { client_name: string }[] }>('all');
    expect(renamed.body.clients.map(({ client_name }) => client_name)).toContain('Another');
  });

  it('is 304 to whoever has it, and is sent to whoever has another one', async () => {
    const { headers } = await world.getAsIs(`client/${acme}/historical`);
    const etag = String(headers.etag);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await world.getAsIs(`client/${acme}/historical`, { 'if-none-match': known });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
      expect(again.headers['content-type']).toBeUndefined();
    }
    expect((await world.getAsIs(`client/${acme}/historical`, { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await world.getAsIs(`client/${acme}/historical`, { ...CSV, 'if-none-match': etag })).status).toBe(200);
  });

  it('is given to nobody who may not see it', async () => {
    const path = `client/${acme}/historical`;
    for (let times = 0; times < 3; times += 1) await world.getAsIs(path);
    const foreign = await world.getAsIs<Problem>(path, {}, await world.viewerKey(other));
    expect([foreign.status, foreign.body.code]).toEqual([404, 'client_not_found']);
    expect((await world.getAsIs(path, {}, null)).status).toBe(401);
    expect((await world.getAsIs(path, {}, `fm_abcdefgh_${'x'.repeat(43)}`)).status).toBe(401);
    for (let times = 0; times < 2; times += 1) await world.getAsIs('all');
    expect((await world.getAsIs('all', {}, await world.viewerKey(acme))).status).toBe(403);
  });

  it('is that of the key at the my-... operations', async () => {
    const keys = [await world.viewerKey(acme), await world.viewerKey(other)];
    for (let times = 0; times < 3; times += 1) {
      for (const [i, clientId] of [acme, other].entries()) {
        expect((await world.getAsIs<SummaryDto>('my-metrics', {}, keys[i])).body.client_id).toBe(clientId);
      }
    }
    expect((await world.getAsIs('my-metrics')).status).toBe(400);
  });

  it('ends with its key, and with its client', async () => {
    const keys = world.app.get(ApiKeysService, { strict: false });
    const doomed = await world.createClient('Doomed', 'UTC');
    const { key, apiKey } = await keys.create({ name: 'x', role: 'viewer', clientId: doomed, expiresAt: null });
    for (let times = 0; times < 3; times += 1) expect((await world.getAsIs(`client/${doomed}`, {}, key)).status).toBe(200);
    await keys.revoke(apiKey.id);
    expect((await world.getAsIs(`client/${doomed}`, {}, key)).status).toBe(401);
    for (let times = 0; times < 3; times += 1) expect((await world.getAsIs(`client/${doomed}`)).status).toBe(200);
    await world.app.get(ClientsService, { strict: false }).remove(doomed);
    expect((await world.getAsIs(`client/${doomed}`)).status).toBe(404);
  });
});

describe('many requests at once', () => {
  it('for an answer that is not there compute it once', async () => {
    const snapshots = jest.spyOn(world.app.get(MetricsReadModel), 'snapshot');
    const path = `client/${acme}/historical?start_date=2026-01-01&end_date=2026-02-01`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.getAsIs(path)));
    expect(snapshots).toHaveBeenCalledTimes(1);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    snapshots.mockRestore();
  });
});

describe('what is asked most', () => {
  const path = (): string => `client/${acme}/historical?start_date=2026-02-20&end_date=2026-03-09`;

  it('is ready after a sync before anyone asks again', async () => {
    for (let times = 0; times < 3; times += 1) await world.get(path());
    await commitRun(world.app, 'before warming');
    await world.app.get(MetricsWarmer).warm(acme);
    expect((await world.getAsIs(path())).headers['x-cache']).toBe('hit');
  });

  it('is made anew before its time is over', async () => {
    const brief = await world.replica({ CACHE_TTL_SECONDS: '1' });
    const snapshots = jest.spyOn(brief.app.get(MetricsReadModel), 'snapshot');
    for (let times = 0; times < 6; times += 1) await brief.get(path());
    const asked = snapshots.mock.calls.length;
    for (let tries = 0; tries < 100 && snapshots.mock.calls.length === asked; tries += 1) await sleep(50);
    expect(snapshots.mock.calls.length).toBeGreaterThan(asked);
    snapshots.mockRestore();
  });

  it('is forgotten when nobody asks any more', async () => {
    const brief = await world.replica({ CACHE_TTL_SECONDS: '1' });
    await brief.get(path());
    await brief.get(path());
    await sleep(3_000);
    const snapshots = jest.spyOn(brief.app.get(MetricsReadModel), 'snapshot');
    await sleep(1_000);
    expect(snapshots).not.toHaveBeenCalled();
    snapshots.mockRestore();
  });
});

describe('two replicas', () => {
  it('see what one of them commits: itself at once, the other one within a second', async () => {
    const replica = await world.replica();
    const before = await totalOn(world);
    for (let times = 0; times < 3; times += 1) expect([await totalOn(world), await totalOn(replica)]).toEqual([before, before]);
    await commitRun(world.app, 'committed here');
    expect(await totalOn(world)).toBe(before + 1);
    await sleep(1_000);
    expect(await totalOn(replica)).toBe(before + 1);
  });
});

(hasRedisServer ? describe : describe.skip)('Redis that stops in the middle of load', () => {
  it('fails no request, and serves hits again when it is back', async () => {
    const redis = await RedisServer.start();
    const one = await world.replica({ REDIS_URL: redis.url });
    const two = await world.replica({ REDIS_URL: redis.url });
    const cache = one.app.get(AppCache, { strict: false });
    const statuses = new Map<number, number>();
    let day = 0;
    let stopping = false;
    const ask = async (): Promise<void> => {
      while (!stopping) {
        // Every fourth question is new: Redis is asked all the time.
        day += 1;
        const start = new Date(Date.UTC(2025, 0, 1 + Math.floor(day / 4))).toISOString().slice(0, 10);
        const { status } = await one.getAsIs(`client/${acme}/historical?start_date=${start}&end_date=2026-03-09`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const load = Promise.all(Array.from({ length: 8 }, ask));
    try {
      const asked = async (more: number): Promise<void> => {
        for (const goal = day + more; day < goal;) await sleep(10);
      };
      await asked(40);
      await redis.stop();
      await asked(80);
      expect(cache.status().up).toBe(false);
      expect(cache.stats().errors).toBeGreaterThan(0);
      await redis.start();
      for (let tries = 0; tries < 200 && !cache.status().up; tries += 1) await sleep(50);
      await asked(40);
      stopping = true;
      await load;
      expect([...statuses.keys()]).toEqual([200]);
      // What one of them computes now, the other one finds.
      const path = `client/${acme}/historical?start_date=2026-02-02&end_date=2026-02-03`;
      expect((await one.getAsIs(path)).headers['x-cache']).toBe('miss');
      for (let tries = 0; tries < 200 && !two.app.get(AppCache, { strict: false }).status().up; tries += 1) await sleep(50);
      expect((await two.getAsIs(path)).headers['x-cache']).toBe('hit');
    } finally {
      stopping = true;
      await load;
      await redis.stop();
    }
  });
});
