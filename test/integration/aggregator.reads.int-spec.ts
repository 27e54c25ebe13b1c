import fc from 'fast-check';
import { AggregationReadModel, CLIENT_WIDE } from '../../src/aggregator/aggregation.read-model.js';
import { AggregationSummaryReadModel } from '../../src/aggregator/aggregation-summary.read-model.js';
import { type AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { bucketOf, histogramBounds, percentilePlaces } from '../../src/aggregator/histogram.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { addDays } from '../../src/common/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aggregatorOf, Client, run } from './aggregator.fixture.js';
import { BEGIN, page, WEEKS } from './aggregator.histories.js';

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

describe('what is read', () => {
  const filled = async (): Promise<Client> => {
    const client = await Client.create(database.dataSource, 'Europe/Berlin');
    const runs = fc.sample(page(40, 60), { numRuns: 1, seed: 3 }).flat();
    await client.put(runs);
    await client.setTimeSaved({ workflowId: 1, validFrom: new Date(BEGIN), source: 'n8n', tenThousandths: 12_345 });
    await aggregator.recomputeAll(client.id);
    return client;
  };

  it('from raw is what the day rows hold', async () => {
    const client = await filled();
    const reads = new AggregationReadModel(database.dataSource);
    const days = Array.from({ length: 50 }, (_, i) => addDays('2024-02-28', i));
    const stretches = [{ type: 'daily', from: '2024-02-28', to: '2024-06-01' } as const];
    for (const scope of ['all', CLIENT_WIDE, 2] as const) {
      const raw = await reads.figuresFromRaw(client.id, { days, timezone: client.zone, scope });
      const rows = await reads.rows(client.id, { stretches, scope, detail: 'histogram' });
      rows.sort((a, b) => (a.periodStart < b.periodStart ? -1 : a.periodStart > b.periodStart ? 1 : a.workflowId - b.workflowId));
      expect(rows.length).toBeGreaterThan(5);
      expect(raw).toEqual(rows.map(({ periodStart: day, workflowId, figures }) => ({ day, workflowId, figures })));
    }
  });

  it('as a summary counts rows, dirty days and frozen rows', async () => {
    const client = await Client.create(database.dataSource);
    await client.put([run('2024-03-05T10:00Z'), run('2024-03-14T10:00Z')]);
    await aggregator.recomputeAll(client.id);
    await client.put([run('2024-03-20T10:00Z')]);
    expect(await new AggregationSummaryReadModel(database.dataSource).summary(client.id)).toMatchObject({
      periods: [
        { periodType: 'daily', rows: 4, frozenRows: 0, oldest: '2024-03-05', newest: '2024-03-14' },
        { periodType: 'weekly', rows: 4, frozenRows: 0, oldest: '2024-03-04', newest: '2024-03-11' },
        { periodType: 'monthly', rows: 2, frozenRows: 0, oldest: '2024-03-01', newest: '2024-03-01' },
      ],
      dirtyDays: 1,
      oldestDirtyDay: '2024-03-20',
    });
  });
});

it('the buckets of the code are those of the database', async () => {
  const durations = [0, ...histogramBounds.flatMap((bound) => [bound - 1, bound, bound + 1]), 10 ** 15];
  const rows = await database.dataSource.query<{ bucket: number }[]>(
    'SELECT width_bucket(ms, $2::bigint[]) AS bucket FROM unnest($1::bigint[]) WITH ORDINALITY AS d(ms, i) ORDER BY i',
    [durations, histogramBounds],
  );
  expect(rows.map((row) => row.bucket)).toEqual(durations.map(bucketOf));
});

it('the percentile places of the database are those of the code', async () => {
  const count = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 10 ** 9 }));
  const entries = fc.uniqueArray(fc.tuple(fc.nat(1217), count), { selector: ([bucket]) => bucket, maxLength: 40 });
  const histograms = fc
    .sample(entries, { numRuns: 300, seed: 5 })
    .map((all) => all.sort(([a], [b]) => a - b))
    .map((all) => ({ buckets: all.map(([bucket]) => bucket), counts: all.map(([, n]) => n) }));
  const rows = await database.dataSource.query<{ places: number[] }[]>(
    `SELECT percentile_places(buckets, counts, (SELECT coalesce(sum(n), 0)::bigint FROM unnest(counts) AS n)) AS places
       FROM jsonb_to_recordset($1::jsonb) AS h(buckets smallint[], counts bigint[])`,
    [JSON.stringify(histograms)],
  );
  expect(rows.map((row) => row.places)).toEqual(histograms.map(percentilePlaces));
});

it('whoever writes a histogram writes the places of its percentiles', async () => {
  const client = await Client.create(database.dataSource);
  await client.put([run('2024-03-05T10:00Z', { ms: 10 })]);
  await aggregator.recomputeAll(client.id);
  const rows = await database.dataSource.query<[{ places: number[] }[], number]>(
    `UPDATE metrics_aggregations SET duration_buckets = '{3,7}', duration_counts = '{60,40}', timed_executions = 100, total_executions = 100,
            successful_executions = 100
      WHERE client_id = $1 AND period_type = 'weekly' AND workflow_id = 0 RETURNING duration_percentiles AS places`,
    [client.id],
  );
  expect(rows[0]).toEqual([{ places: [3, 7, 7] }]);
});
