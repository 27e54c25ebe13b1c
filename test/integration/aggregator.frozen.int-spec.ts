import { AggregationSummaryReadModel } from '../../src/aggregator/aggregation-summary.read-model.js';
import { type AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aggregatorOf, Client, run } from './aggregator.fixture.js';
import { type PlainRow } from './aggregator.oracle.js';

let database: TestDatabase;
let aggregator: AggregatorService;

beforeAll(async () => {
  database = await createTestDatabase();
  aggregator = aggregatorOf(database.dataSource);
  const weeks = ['2024-03-01', '2024-03-05', '2024-03-12', '2024-03-19'].map((day) => new Date(day));
  await new PartitionsRepository(database.dataSource).ensurePartitions(weeks);
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  await raiseFloor('1970-01-01T00:00Z');
});

const raiseFloor = async (at: string): Promise<void> => {
  await database.dataSource.query('UPDATE retention_floor SET raw_floor = $1', [at]);
};

/** What stands in the client-wide rows of one kind: start of the period and a column. */
const clientWide = async (client: Client, type: string, column: keyof PlainRow): Promise<Record<string, string | null>> => {
  const rows = [...(await client.rollups())].filter(([key]) => key.startsWith(type) && key.endsWith(' 0'));
  return Object.fromEntries(rows.sort().map(([key, row]) => [key.split(' ')[1] ?? '', row[column] ?? null]));
};

const aggregated = async (starts: readonly string[], zone = 'UTC'): Promise<Client> => {
  const client = await Client.create(database.dataSource, zone);
  await client.put(starts.map((startedAt) => run(startedAt)));
  await aggregator.recomputeAll(client.id);
  return client;
};

describe('a day whose raw data is partly gone', () => {
  it('keeps its rows and leaves the dirty list', async () => {
    const client = await aggregated(['2024-03-05T10:00Z', '2024-03-06T10:00Z']);
    const before = await client.rollups();
    const version = await client.dataVersion();
    await raiseFloor('2024-03-05T00:00:01Z');
    await client.remove([...client.runs.keys()].slice(0, 1));
    expect(await aggregator.recompute(client.id)).toEqual({ days: 1, rowsWritten: 0, remaining: 0 });
    expect(await client.rollups()).toEqual(before);
    expect(await client.dataVersion()).toBe(version);
  });

  it('is recomputed as long as the floor is at its local start', async () => {
    const client = await aggregated(['2024-03-05T10:00Z'], 'Asia/Kathmandu');
    await raiseFloor('2024-03-04T18:15:00Z');
    await client.remove([...client.runs.keys()].slice(0, 1));
    await aggregator.recompute(client.id);
    expect(await client.rollups()).toEqual(new Map());
  });

  it('still counts in its week and month when another day of them changes', async () => {
    const client = await aggregated(['2024-03-05T10:00Z', '2024-03-06T10:00Z']);
    await raiseFloor('2024-03-06T00:00Z');
    await client.put([run('2024-03-07T10:00Z')]);
    await aggregator.recompute(client.id);
    expect(await clientWide(client, 'weekly', 'total_executions')).toEqual({ '2024-03-04': '3' });
    expect(await clientWide(client, 'monthly', 'total_executions')).toEqual({ '2024-03-01': '3' });
  });

  it('is counted as frozen, and so is every period it is in', async () => {
    const client = await aggregated(['2024-03-05T10:00Z', '2024-03-06T10:00Z', '2024-03-14T10:00Z']);
    await raiseFloor('2024-03-06T00:00Z');
    const { periods } = await new AggregationSummaryReadModel(database.dataSource).summary(client.id);
    expect(periods.map(({ rows, frozenRows }) => ({ rows, frozenRows }))).toEqual([
      { rows: 6, frozenRows: 2 },
      { rows: 4, frozenRows: 2 },
      { rows: 2, frozenRows: 2 },
    ]);
  });
});

describe('a change of zone that raw data does not cover whole', () => {
  const starts = ['2024-03-05T20:00Z', '2024-03-06T20:00Z', '2024-03-12T20:00Z', '2024-03-14T20:00Z'];

  it('leaves old rows in the zone they were made in, and flags the days at the seam and their periods', async () => {
    const client = await aggregated(starts);
    await raiseFloor('2024-03-12T00:00Z');
    await client.moveTo('Asia/Kathmandu');
    await aggregator.recomputeAll(client.id);
    expect(await clientWide(client, 'daily', 'timezone')).toEqual({
      '2024-03-05': 'UTC',
      '2024-03-06': 'UTC',
      // 2024-03-12 UTC has become the 13th, but the local 12th is not whole any more: its row stays.
      '2024-03-12': 'UTC',
      '2024-03-13': 'Asia/Kathmandu',
      '2024-03-15': 'Asia/Kathmandu',
    });
    expect(await clientWide(client, 'daily', 'mixed_zone')).toEqual({
      '2024-03-05': 'false',
      '2024-03-06': 'false',
      '2024-03-12': 'true',
      '2024-03-13': 'true',
      '2024-03-15': 'false',
    });
    expect(await clientWide(client, 'weekly', 'mixed_zone')).toEqual({ '2024-03-04': 'false', '2024-03-11': 'true' });
    expect(await clientWide(client, 'weekly', 'timezone')).toEqual({ '2024-03-04': 'UTC', '2024-03-11': 'Asia/Kathmandu' });
    expect(await clientWide(client, 'monthly', 'mixed_zone')).toEqual({ '2024-03-01': 'true' });
  });

  it('flags workflows that are new on a day at the seam too', async () => {
    const client = await aggregated(starts);
    await raiseFloor('2024-03-12T00:00Z');
    await client.moveTo('Asia/Kathmandu');
    await aggregator.recomputeAll(client.id);
    const late = run('2024-03-12T21:00Z', { workflowId: 2 });
    await client.put([late]);
    await aggregator.recomputeAll(client.id);
    await client.put([late]);
    expect(await aggregator.recomputeAll(client.id)).toMatchObject({ days: 1, rowsWritten: 0 });
    const rows = await client.rollups();
    expect(rows.get('daily 2024-03-13 2')).toMatchObject({ mixed_zone: 'true' });
    expect(rows.get('weekly 2024-03-11 2')).toMatchObject({ mixed_zone: 'true' });
  });

  it('takes the flags back when the zone does', async () => {
    const client = await aggregated(starts);
    const before = await client.rollups();
    await raiseFloor('2024-03-12T00:00Z');
    await client.moveTo('Asia/Kathmandu');
    await aggregator.recomputeAll(client.id);
    await client.moveTo('UTC');
    await aggregator.recomputeAll(client.id);
    expect(await client.rollups()).toEqual(before);
  });
});

describe('another week start', () => {
  it('rebuilds all weeks from day rows when raw data is long gone', async () => {
    const client = await aggregated(['2024-03-02T10:00Z', '2024-03-03T10:00Z', '2024-03-05T10:00Z', '2024-03-10T10:00Z']);
    expect(await clientWide(client, 'weekly', 'total_executions')).toEqual({ '2024-02-26': '2', '2024-03-04': '2' });
    await raiseFloor('2025-01-01T00:00Z');
    await client.remove([...client.runs.keys()]);
    await aggregator.recomputeAll(client.id);
    await client.startWeeksOn(0);
    const version = await client.dataVersion();
    // Two old weeks go and three new ones come, for the client and its one workflow.
    expect(await aggregator.rebuildPeriods(client.id)).toEqual({ rowsWritten: 10 });
    expect(await clientWide(client, 'weekly', 'total_executions')).toEqual({
      '2024-02-25': '1',
      '2024-03-03': '2',
      '2024-03-10': '1',
    });
    expect(await clientWide(client, 'monthly', 'total_executions')).toEqual({ '2024-03-01': '4' });
    expect(await client.dataVersion()).toBe(version + 1);
    expect(await aggregator.rebuildPeriods(client.id)).toEqual({ rowsWritten: 0 });
  });

  it('of a client without rollups changes nothing', async () => {
    const client = await Client.create(database.dataSource);
    expect(await aggregator.rebuildPeriods(client.id)).toEqual({ rowsWritten: 0 });
  });
});
