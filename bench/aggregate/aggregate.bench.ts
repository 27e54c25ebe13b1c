import { AggregatorService } from '../../src/aggregator/index.js';
import { DayMarks } from '../../src/collector/index.js';
import { type LocalDay } from '../../src/common/index.js';
import { type Benchmark } from '../benchmark.js';
import { middlePair, type Pair } from '../figure.js';
import { startBenchServer } from '../support/bench-server.js';
import { type CollectingApp, startCollectingApp } from '../support/collecting-app.js';
import { CLIENTS, daysLater, fill, fillHistory, type RawHistory, settle } from '../support/history.js';
import { bareGroupBy, change } from './statements.js';

const EXECUTIONS = 5_000_000;
const ROUNDS = 5;
const LARGE_DAY = 10_000;
const BAR = 2.5;

/** Days of some clients that are recomputed together. */
interface Days {
  clientIds: readonly number[];
  start: Date;
}

/** Recomputing days from raw executions, weeks and months after them, against nothing but the grouping of the same rows. */
export const aggregate: Benchmark = {
  name: 'aggregate',
  summary:
    'recomputing a client-day of 10,000 executions, and the last day of 50 clients, against the bare GROUP BY of the same rows',
  needs: null,
  run: async (context) => {
    const { options, cleanup, say } = context;
    const server = await startBenchServer(context);
    const app = await startCollectingApp(await server.createDatabase(), server.dataDir, cleanup);
    const history = await fillHistory(app, options.executions ?? EXECUTIONS, say);
    const large = await largeDay(app, history);
    say('rolling everything up ...');
    await rollUpEverything(app, history);
    await settle(app.dataSource);
    const last = { clientIds: history.clientIds, start: daysLater(history.end, -1) };
    const rounds = options.rounds ?? ROUNDS;
    const better = 'lower';
    const measured = async (name: string, days: Days): Promise<Pair> => {
      const pairs: Pair[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const pair = await measureRound(app, days, round % 2 === 1);
        say(`${name}, round ${round} of ${rounds}: ${pair.value.toFixed(1)} ms, bare ${pair.reference.toFixed(1)} ms`);
        // The first one warms up what the others find warm.
        if (round > 0) pairs.push(pair);
      }
      return middlePair(pairs, better);
    };
    return [
      { name: 'aggregate.client_day', ...(await measured('a large day', large)), unit: 'ms', better, bar: BAR },
      { name: `aggregate.last_day_of_${CLIENTS}`, ...(await measured('last days', last)), unit: 'ms', better, bar: BAR },
    ];
  },
};

/** The day before the last one of the first client gets 10,000 executions in all. */
async function largeDay(app: CollectingApp, { clientIds, end, executions }: RawHistory): Promise<Days> {
  const start = daysLater(end, -2);
  const [clientId] = clientIds;
  if (clientId === undefined) throw new Error('there are no clients');
  const [there] = await app.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::integer AS n FROM workflow_executions WHERE client_id = $1 AND started_at >= $2 AND started_at < $3',
    [clientId, start, daysLater(start, 1)],
  );
  await fill(app, [clientId], { from: start, to: daysLater(start, 1), each: LARGE_DAY - (there?.n ?? 0), after: executions });
  return { clientIds: [clientId], start };
}

async function rollUpEverything({ app }: CollectingApp, { clientIds, start, end }: RawHistory): Promise<void> {
  const marks = app.get(DayMarks, { strict: false });
  const aggregator = app.get(AggregatorService, { strict: false });
  for (const clientId of clientIds) {
    await marks.markRange(clientId, dayOf(start), dayOf(daysLater(end, -1)));
    await aggregator.recomputeAll(clientId);
  }
}

/** Every workflow of the days has changed a little, as after a sync: nothing is saved because a figure stayed as it was. */
async function measureRound(app: CollectingApp, days: Days, recomputeFirst: boolean): Promise<Pair> {
  await change(app.dataSource, days.clientIds, days.start);
  const marks = app.app.get(DayMarks, { strict: false });
  for (const clientId of days.clientIds) await marks.markRange(clientId, dayOf(days.start), dayOf(days.start));
  const early = recomputeFirst ? await recompute(app, days) : null;
  const reference = await timed(async () => {
    for (const clientId of days.clientIds) await bareGroupBy(app.dataSource, clientId, days.start, daysLater(days.start, 1));
  });
  return { value: early ?? (await recompute(app, days)), reference };
}

/** @throws Error when a day was not recomputed for all workflows */
async function recompute({ app }: CollectingApp, { clientIds }: Days): Promise<number> {
  const aggregator = app.get(AggregatorService, { strict: false });
  return timed(async () => {
    for (const clientId of clientIds) {
      const { days, rowsWritten, remaining } = await aggregator.recomputeAll(clientId);
      if (days !== 1 || remaining !== 0 || rowsWritten < 3)
        throw new Error(`client ${clientId}: ${days} days, ${rowsWritten} rows were written`);
    }
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function dayOf(at: Date): LocalDay {
  return at.toISOString().slice(0, 10);
}
