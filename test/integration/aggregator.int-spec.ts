import fc from 'fast-check';
import { type AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aggregatorOf, Client, run } from './aggregator.fixture.js';
import { anyValue, page, someIds, WEEKS, zones } from './aggregator.histories.js';
import { plainRollups, type TimeSavedValue } from './aggregator.oracle.js';

let database: TestDatabase;
let aggregator: AggregatorService;

beforeAll(async () => {
  database = await createTestDatabase();
  aggregator = aggregatorOf(database.dataSource);
  await new PartitionsRepository(database.dataSource).ensurePartitions(WEEKS);
});

afterAll(async () => {
  await database.drop();
});

async function expectLaw(client: Client): Promise<void> {
  const expected = plainRollups(client.runs.values(), client.values, client.zone, client.weekStartsOn);
  expect(Object.fromEntries(await client.rollups())).toEqual(Object.fromEntries(expected));
}

/** What happens to a client: executions come, change, move, are judged anew or go; values change; someone aggregates in between. */
const step = fc.oneof(
  page(1, 20).map((runs) => (client: Client) => client.put(runs)),
  someIds.map((ids) => (client: Client) => client.remove(ids)),
  anyValue.map((value) => (client: Client) => client.setTimeSaved(value)),
  fc.integer({ min: 1, max: 5 }).map((maxDays) => async (client: Client) => {
    await aggregator.recompute(client.id, { maxDays });
  }),
);

describe('the law', () => {
  it('holds after any history once no day is dirty', async () => {
    await fc.assert(
      fc.asyncProperty(zones, fc.nat(6), fc.array(step, { minLength: 1, maxLength: 12 }), async (zone, weekStartsOn, steps) => {
        const client = await Client.create(database.dataSource, zone, weekStartsOn);
        for (const change of steps) await change(client);
        expect(await aggregator.recomputeAll(client.id)).toMatchObject({ remaining: 0 });
        await expectLaw(client);
      }),
      { numRuns: 60 },
    );
  });

  it('holds after a change of zone and of week start while raw data is there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        zones,
        zones,
        fc.nat(6),
        async (steps, from, to, weekStartsOn) => {
          const client = await Client.create(database.dataSource, from);
          for (const change of steps) await change(client);
          await aggregator.recomputeAll(client.id);
          await client.moveTo(to);
          await aggregator.recompute(client.id, { maxDays: 4 });
          await client.startWeeksOn(weekStartsOn);
          await aggregator.rebuildPeriods(client.id);
          await aggregator.recomputeAll(client.id);
          await expectLaw(client);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('holds with writers and aggregators at the same time', async () => {
    const client = await Client.create(database.dataSource);
    const batches = fc.sample(page(5, 20), { numRuns: 20, seed: 7 });
    const writing = (async () => {
      for (const runs of batches) await client.put(runs);
    })();
    const aggregating = [1, 2].map(async () => {
      for (let i = 0; i < 20; i += 1) await aggregator.recompute(client.id, { maxDays: 3 });
    });
    await Promise.all([writing, ...aggregating]);
    await aggregator.recomputeAll(client.id);
    await expectLaw(client);
  });
});

describe('a time-saved value', () => {
  it('counts from the very moment it is valid, by hand before n8n, until it is taken back', async () => {
    const client = await Client.create(database.dataSource);
    const value = (validFrom: string, source: 'n8n' | 'manual', minutes: number | null): TimeSavedValue => ({
      workflowId: 1,
      validFrom: new Date(validFrom),
      source,
      tenThousandths: minutes === null ? null : minutes * 10_000,
    });
    await client.put([9, 10, 11, 12, 13, 14].map((hour) => run(`2024-03-05T${String(hour).padStart(2, '0')}:00Z`)));
    await client.setTimeSaved(value('2024-03-05T10:00Z', 'n8n', 1));
    await client.setTimeSaved(value('2024-03-05T11:00Z', 'manual', 10));
    await client.setTimeSaved(value('2024-03-05T12:00Z', 'n8n', 100));
    await client.setTimeSaved(value('2024-03-05T13:00Z', 'manual', null));
    await client.setTimeSaved(value('2024-03-05T14:00Z', 'n8n', null));
    await aggregator.recomputeAll(client.id);
    // 9: none, 10: 1 of n8n, 11 and 12: 10 by hand, 13: n8n's 100 again, 14: none.
    const day = (await client.rollups()).get('daily 2024-03-05 1');
    expect(day).toMatchObject({ successes_with_value: '4', time_saved_ms: String(121 * 60_000), time_saved_hours: '2.016667' });
    await expectLaw(client);
  });
});

describe('a recomputation', () => {
  it('takes so many days at most and says what is left', async () => {
    const client = await Client.create(database.dataSource);
    await client.put([run('2024-03-05T10:00Z'), run('2024-03-06T10:00Z'), run('2024-03-07T10:00Z')]);
    expect(await aggregator.recompute(client.id, { maxDays: 2 })).toMatchObject({ days: 2, remaining: 1 });
    expect(await aggregator.recompute(client.id, { maxDays: 2 })).toMatchObject({ days: 1, remaining: 0 });
    expect(await aggregator.recompute(client.id)).toEqual({ days: 0, rowsWritten: 0, remaining: 0 });
  });

  it('writes nothing and keeps the data version when nothing changed', async () => {
    const client = await Client.create(database.dataSource);
    const runs = [run('2024-03-05T10:00Z'), run('2024-03-06T10:00Z', { status: 'error', workflowId: 2 })];
    await client.put(runs);
    // Two days, one week, one month; the client in each, and the workflows where they ran.
    expect((await aggregator.recomputeAll(client.id)).rowsWritten).toBe(10);
    const version = await client.dataVersion();
    await client.put(runs);
    expect(await aggregator.recomputeAll(client.id)).toEqual({ days: 2, rowsWritten: 0, remaining: 0 });
    expect(await client.dataVersion()).toBe(version);
  });

  it('repairs rows that somebody bent, and removes rows that nothing stands for', async () => {
    const client = await Client.create(database.dataSource);
    const runs = [run('2024-03-05T10:00Z'), run('2024-03-06T10:00Z', { workflowId: 2 })];
    await client.put(runs);
    await aggregator.recomputeAll(client.id);
    await database.dataSource.query('UPDATE metrics_aggregations SET workflow_id = 9 WHERE client_id = $1 AND workflow_id = 2', [
      client.id,
    ]);
    await database.dataSource.query('UPDATE metrics_aggregations SET success_rate = 1, time_saved_ms = 5 WHERE client_id = $1', [
      client.id,
    ]);
    await client.put(runs);
    await aggregator.recomputeAll(client.id);
    await expectLaw(client);
    await client.remove(runs.map((each) => each.id));
    await aggregator.recomputeAll(client.id);
    expect(await client.rollups()).toEqual(new Map());
  });

  it('raises the data version when something changed', async () => {
    const client = await Client.create(database.dataSource);
    await client.put([run('2024-03-05T10:00Z')]);
    const version = await client.dataVersion();
    await aggregator.recompute(client.id);
    expect(await client.dataVersion()).toBe(version + 1);
  });
});
