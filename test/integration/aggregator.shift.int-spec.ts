import fc from 'fast-check';
import { type AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aggregatorOf, Client, run } from './aggregator.fixture.js';
import { anyValue, WEEKS, zones } from './aggregator.histories.js';
import { plainRollups, type Run } from './aggregator.oracle.js';

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

/** One dirty day at a time, as syncs leave them: that is when weeks and months are shifted. */
async function drain(client: Client): Promise<void> {
  while ((await aggregator.recompute(client.id, { maxDays: 1 })).remaining > 0);
}

async function expectLaw(client: Client): Promise<void> {
  const expected = plainRollups(client.runs.values(), client.values, client.zone, client.weekStartsOn);
  expect(Object.fromEntries(await client.rollups())).toEqual(Object.fromEntries(expected));
}

/** Of one week and two months, so that days meet in each. */
const days = ['2024-03-29', '2024-03-30', '2024-03-31', '2024-04-01', '2024-04-02'];

/** Few executions of few durations: extremes are lost, regained and shared between days all the time, and workflows come and go. */
const someRun = fc
  .record({
    place: fc.nat(4),
    workflowId: fc.constantFrom(1, 2, 3),
    hour: fc.nat(23),
    status: fc.constantFrom('success', 'success', 'error', 'canceled', 'running', 'vanished'),
    mode: fc.constantFrom('trigger', 'error'),
    ms: fc.oneof(fc.constantFrom(-1, null), fc.nat(5), fc.constantFrom(100_000, 100_001, 5_000_000)),
    isProduction: fc.constantFrom(true, true, true, false),
    retryOf: fc.constantFrom(null, '7'),
    retrySuccessId: fc.constantFrom(null, '8'),
  })
  .map(({ place, hour, ...rest }) => ({ place, at: `${String(hour).padStart(2, '0')}:30:00Z`, rest }));

/** Executions of one day come, change and go. */
const changeOfDay = fc
  .record({
    day: fc.constantFrom(...days),
    runs: fc.uniqueArray(someRun, { selector: ({ place }) => place, maxLength: 4 }),
    gone: fc.uniqueArray(fc.nat(4), { maxLength: 4 }),
  })
  .map(({ day, runs, gone }) => async (client: Client) => {
    const idOf = (place: number): string => `${day} ${place}`;
    await client.remove(gone.map(idOf));
    await client.put(runs.map(({ place, at, rest }): Run => run(`${day}T${at}`, { ...rest, id: idOf(place) })));
  });

const step = fc.oneof(
  { weight: 12, arbitrary: changeOfDay },
  { weight: 2, arbitrary: anyValue.map((value) => (client: Client) => client.setTimeSaved(value)) },
  { weight: 1, arbitrary: zones.map((zone) => (client: Client) => client.moveTo(zone)) },
);

describe('the weeks and months of a day that comes alone', () => {
  it('equal raw after any changes, one day at a time', async () => {
    await fc.assert(
      fc.asyncProperty(zones, fc.nat(6), fc.array(step, { minLength: 4, maxLength: 25 }), async (zone, weekStartsOn, steps) => {
        const client = await Client.create(database.dataSource, zone, weekStartsOn);
        for (const change of steps) {
          await change(client);
          await drain(client);
        }
        await expectLaw(client);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('equal raw when the week starts on another day in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(changeOfDay, fc.nat(6)), { minLength: 2, maxLength: 8 }), async (steps) => {
        const client = await Client.create(database.dataSource);
        for (const [change, weekStartsOn] of steps) {
          await change(client);
          await drain(client);
          await client.startWeeksOn(weekStartsOn);
        }
        await aggregator.recomputeAll(client.id);
        await expectLaw(client);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  const SHORT = run('2024-03-06T10:00Z', { ms: 10 });
  const LONG = run('2024-03-06T11:00Z', { ms: 90 });
  const BETWEEN = run('2024-03-06T12:00Z', { ms: 50 });

  /** The day before and the day, both with 10, 50 and 90 ms unless said otherwise, and a week and a month that are 7 ms too long. */
  async function bent(before: readonly number[] = [10, 50, 90]): Promise<Client> {
    const client = await Client.create(database.dataSource);
    await client.put([...before.map((ms, i) => run(`2024-03-05T1${i}:00Z`, { ms })), SHORT, LONG, BETWEEN]);
    await aggregator.recomputeAll(client.id);
    await database.dataSource.query(
      `UPDATE metrics_aggregations SET total_execution_time_ms = total_execution_time_ms + 7
        WHERE client_id = $1 AND period_type <> 'daily'`,
      [client.id],
    );
    return client;
  }

  /** How much too long they are now: a row that was shifted keeps what was wrong with it, one that was merged anew does not. */
  async function excess(client: Client, workflowId: number): Promise<number[]> {
    const rows = await client.rollups();
    const right = plainRollups(client.runs.values(), client.values, client.zone, client.weekStartsOn);
    const of = (row: string): number =>
      Number(rows.get(row)?.total_execution_time_ms) - Number(right.get(row)?.total_execution_time_ms);
    return [of(`weekly 2024-03-04 ${workflowId}`), of(`monthly 2024-03-01 ${workflowId}`)];
  }

  it.each<[string, number[], (client: Client) => Promise<void>]>([
    ['more came', [10, 50, 90], (client) => client.put([run('2024-03-06T13:00Z', { ms: 5 })])],
    ['one changed', [10, 50, 90], (client) => client.put([{ ...BETWEEN, ms: 95 }])],
    ['its longest went, and another day has a longer one', [10, 95], (client) => client.remove([LONG.id])],
    ['its shortest went, and another day has a shorter one', [5, 90], (client) => client.remove([SHORT.id])],
  ])('are shifted when %s', async (_what, before, change) => {
    const client = await bent(before);
    await change(client);
    await aggregator.recomputeAll(client.id);
    expect(await excess(client, 1)).toEqual([7, 7]);
    expect(await excess(client, 0)).toEqual([7, 7]);
    await aggregator.rebuildLivePeriods(client.id);
    await expectLaw(client);
  });

  it.each<[string, (client: Client) => Promise<void>]>([
    ['the longest of the period went', (client) => client.remove([LONG.id])],
    ['the shortest of the period became longer', (client) => client.put([{ ...SHORT, ms: 11 }])],
    ['nothing is left of the day', (client) => client.remove([SHORT.id, LONG.id, BETWEEN.id])],
  ])('are merged anew when %s', async (_what, change) => {
    const client = await bent([50]);
    await change(client);
    await aggregator.recomputeAll(client.id);
    await expectLaw(client);
  });

  it('are merged anew for a workflow that had no row in them, and shifted for the others', async () => {
    const client = await bent();
    await client.put([run('2024-03-06T13:00Z', { workflowId: 2 })]);
    await aggregator.recomputeAll(client.id);
    expect(await excess(client, 2)).toEqual([0, 0]);
    expect(await excess(client, 0)).toEqual([7, 7]);
  });

  it('are merged anew when several days are dirty', async () => {
    const client = await bent();
    await client.put([run('2024-03-05T14:00Z'), run('2024-03-06T14:00Z')]);
    await aggregator.recomputeAll(client.id);
    await expectLaw(client);
  });

  it('are merged anew when rows of another week start lie in them', async () => {
    const client = await Client.create(database.dataSource);
    await client.put([run('2024-03-05T10:00Z'), run('2024-03-07T10:00Z')]);
    await drain(client);
    await client.startWeeksOn(3);
    await client.put([run('2024-03-07T11:00Z')]);
    await drain(client);
    // Back again: the row of Monday is there, but knows nothing of the second execution of Thursday.
    await client.startWeeksOn(1);
    await client.put([run('2024-03-05T11:00Z')]);
    await drain(client);
    await expectLaw(client);
  });

  it('are merged anew when a bucket of the histogram would fall below zero', async () => {
    const client = await bent();
    await database.dataSource.query(
      `UPDATE metrics_aggregations SET duration_buckets = '{10,90}', duration_counts = '{2,2}' WHERE client_id = $1 AND period_type <> 'daily'`,
      [client.id],
    );
    await client.remove([BETWEEN.id]);
    await aggregator.recomputeAll(client.id);
    await expectLaw(client);
  });
});
