import fc from 'fast-check';
import { aggregatorOf, Client } from './aggregator.fixture.js';
import { BEGIN, page, WEEKS, zones } from './aggregator.histories.js';
import { AggregationReadModel, CLIENT_WIDE, derive, mergeSums } from '../../src/aggregator/index.js';
import { type AggregatorService } from '../../src/aggregator/aggregator.service.js';
import { type Client as ClientFacts } from '../../src/clients/index.js';
import { CoverageReadModel, PartitionsRepository } from '../../src/collector/index.js';
import { addDays, lastDayOf, type LocalDay, periodStarts, periodTypes } from '../../src/common/index.js';
import { loadRange, loadSeries, loadSums, loadWorkflows } from '../../src/metrics/load-parts.js';
import { type DayRange, daysOf } from '../../src/metrics/metric-range.js';
import { figuresByWorkflow, type Part, partOfDays } from '../../src/metrics/part.js';
import { Snapshot } from '../../src/metrics/snapshot.read-model.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const FIRST = '2024-02-25';
const TODAY = '2024-04-10';

let database: TestDatabase;
let aggregator: AggregatorService;
let reads: AggregationReadModel;

beforeAll(async () => {
  database = await createTestDatabase();
  aggregator = aggregatorOf(database.dataSource);
  reads = new AggregationReadModel(database.dataSource);
  await new PartitionsRepository(database.dataSource).ensurePartitions(WEEKS);
});

afterAll(async () => {
  await database.drop();
});

const range: fc.Arbitrary<DayRange> = fc
  .tuple(fc.nat(50), fc.nat(60))
  .map(([from, length]) => ({ startDate: addDays(FIRST, from), endDate: addDays(FIRST, from + length) }));

/** More often nothing than something: what is rare together would never be seen. */
const seldom = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some });

const history = fc.record({
  zone: zones,
  nextZone: seldom(zones),
  weekStartsOn: fc.nat(6),
  nextWeekStart: seldom(fc.nat(6)),
  pages: fc.array(page(10, 40), { minLength: 1, maxLength: 2 }),
  late: page(0, 2),
  floor: seldom(fc.nat(45).map((days) => new Date(BEGIN + days * 86_400_000))),
  zonePending: fc.constantFrom(false, false, false, true),
  keptFrom: fc.constantFrom('2022-01-01', '2022-01-01', '2024-03-01', '2024-04-01'),
  /** Every so many weeks and months are lost, or only the row of the client. */
  lost: fc.record({ every: fc.constantFrom(0, 0, 2, 5), whole: fc.boolean() }),
  ranges: fc.array(range, { minLength: 6, maxLength: 6 }),
});

type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** A client after its history, with days that are dirty, seams of zones, weeks of another start and rows that are missing. */
async function lived({ lost, floor, ...h }: History): Promise<Snapshot> {
  await setFloor(new Date(0));
  const client = await Client.create(database.dataSource, h.zone, h.weekStartsOn);
  for (const runs of h.pages) {
    await client.put(runs);
    await aggregator.recomputeAll(client.id);
  }
  const rawFloor = floor ?? new Date(0);
  await setFloor(rawFloor);
  if (h.nextZone !== null) {
    await client.moveTo(h.nextZone);
    await aggregator.recomputeAll(client.id);
  }
  if (h.nextWeekStart !== null) await client.startWeeksOn(h.nextWeekStart);
  await client.put(h.late);
  await database.dataSource.query(
    `DELETE FROM metrics_aggregations WHERE client_id = $1 AND period_type <> 'daily' AND $2 > 0 AND (workflow_id = 0 OR $3)
        AND (period_start - '2024-01-01'::date) % greatest($2, 1) = 0`,
    [client.id, lost.every, lost.whole],
  );
  const facts = { id: client.id, timezone: client.zone, weekStartsOn: client.weekStartsOn } as ClientFacts;
  const state = { dataVersion: 1, zonePending: h.zonePending, rawFloor, syncedAt: null, coverageMark: '' };
  return new Snapshot(facts, state, h.keptFrom, database.dataSource.manager, reads, new CoverageReadModel());
}

async function setFloor(floor: Date): Promise<void> {
  await database.dataSource.query('UPDATE retention_floor SET raw_floor = $1', [floor]);
}

/** The same from the days alone: the rows of all clean days, and raw for the others. */
async function fromDays(snapshot: Snapshot, { startDate, endDate }: DayRange) {
  const rawDays = await snapshot.rawDays(startDate, endDate, TODAY);
  const stored = await snapshot.rollups([{ type: 'daily', from: startDate, to: endDate }], 'all', 'histogram');
  const rows = stored.filter(({ periodStart }) => !rawDays.includes(periodStart));
  const raw = await snapshot.rawFigures(rawDays, 'all');
  const partOf = (workflowId: number, days: readonly LocalDay[]): Part =>
    partOfDays(
      days,
      {
        rawDays: new Set(rawDays),
        rollups: new Map(rows.filter((row) => row.workflowId === workflowId).map((row) => [row.periodStart, row])),
        raw: new Map(raw.filter((day) => day.workflowId === workflowId).map(({ day, figures }) => [day, figures])),
      },
      TODAY,
    );
  return { whole: partOf(CLIENT_WIDE, daysOf(startDate, endDate)), workflows: figuresByWorkflow([...rows, ...raw]), partOf };
}

describe('what is read of as few rows as there are', () => {
  it('is what the days give, whatever the range and the history', async () => {
    const property = fc.asyncProperty(history, async (of) => {
      const snapshot = await lived(of);
      for (const each of of.ranges) {
        const { whole, workflows } = await fromDays(snapshot, each);
        expect(await loadWorkflows(snapshot, each, TODAY)).toEqual({ whole, workflows });
        expect(await loadRange(snapshot, each, TODAY)).toEqual(whole);
        expect(await loadSums(snapshot, each, TODAY)).toEqual(mergeSums([whole.figures]));
      }
    });
    await fc.assert(property, { numRuns: 40 });
  }, 120_000);

  it('serves the points of a series as their days do', async () => {
    const property = fc.asyncProperty(history, fc.constantFrom(CLIENT_WIDE, 1), async (of, workflowId) => {
      const snapshot = await lived(of);
      for (const [i, { startDate, endDate }] of of.ranges.entries()) {
        const type = periodTypes[i % periodTypes.length] ?? 'daily';
        const starts = periodStarts(type, startDate, endDate, snapshot.client.weekStartsOn);
        const { partOf } = await fromDays(snapshot, { startDate: starts[0] ?? startDate, endDate: lastDayOf(type, endDate) });
        const served = await loadSeries(snapshot, type, starts, { workflowId, today: TODAY });
        expect(served.map(shown)).toEqual(
          starts.map((start) => shown(partOf(workflowId, daysOf(start, lastDayOf(type, start))))),
        );
      }
    });
    await fc.assert(property, { numRuns: 30 });
  }, 120_000);
});

function shown({ figures, source }: Part): object {
  return { ...derive(figures), source };
}
