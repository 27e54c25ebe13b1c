import { AggregatorService } from '../../src/aggregator/index.js';
import { DayMarks } from '../../src/collector/index.js';
import { JobsService } from '../../src/jobs/index.js';
import { JOB } from '../../src/scheduler/index.js';
import { type Benchmark } from '../benchmark.js';
import { middlePair, type Pair } from '../figure.js';
import { startBenchServer } from '../support/bench-server.js';
import { type CollectingApp, startCollectingApp } from '../support/collecting-app.js';
import { CLIENTS, dayOf, daysLater, fill, fillHistory, type RawHistory, rollUpEverything, settle } from '../support/history.js';
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
    const measured = async (name: string, days: Days, recompute: Recompute): Promise<Pair> => {
      const pairs: Pair[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const pair = await measureRound(app, days, { recompute, first: round % 2 === 1 });
        say(`${name}, round ${round} of ${rounds}: ${pair.value.toFixed(1)} ms, bare ${pair.reference.toFixed(1)} ms`);
        // The first one warms up what the others find warm.
        if (round > 0) pairs.push(pair);
      }
      return middlePair(pairs, better);
    };
    return [
      { name: 'aggregate.client_day', ...(await measured('a large day', large, oneByOne)), unit: 'ms', better, bar: BAR },
      { name: `aggregate.last_day_of_${CLIENTS}`, ...(await measured('last days', last, nightly)), unit: 'ms', better, bar: BAR },
      {
        name: 'aggregate.last_day_one_by_one',
        ...(await measured('last days one by one', last, oneByOne)),
        unit: 'ms',
        better,
        bar: null,
      },
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

/** Every workflow of the days has changed a little, as after a sync: nothing is saved because a figure stayed as it was. */
async function measureRound(
  app: CollectingApp,
  days: Days,
  { recompute, first }: { recompute: Recompute; first: boolean },
): Promise<Pair> {
  await change(app.dataSource, days.clientIds, days.start);
  const marks = app.app.get(DayMarks, { strict: false });
  for (const clientId of days.clientIds) await marks.markRange(clientId, dayOf(days.start), dayOf(days.start));
  const early = first ? await timed(() => recompute(app, days)) : null;
  const reference = await timed(async () => {
    for (const clientId of days.clientIds) await bareGroupBy(app.dataSource, clientId, days.start, daysLater(days.start, 1));
  });
  return { value: early ?? (await timed(() => recompute(app, days))), reference };
}

/** Recomputes the days. @throws Error when one was not recomputed for all workflows */
type Recompute = (app: CollectingApp, days: Days) => Promise<void>;

/** As a sync does it for its client. */
async function oneByOne({ app }: CollectingApp, { clientIds }: Days): Promise<void> {
  const aggregator = app.get(AggregatorService, { strict: false });
  for (const clientId of clientIds) {
    const { days, rowsWritten, remaining } = await aggregator.recomputeAll(clientId);
    if (days !== 1 || remaining !== 0 || rowsWritten < 3)
      throw new Error(`client ${clientId}: ${days} days, ${rowsWritten} rows were written`);
  }
}

/** As the nightly job does it for all clients. */
async function nightly({ app }: CollectingApp, { clientIds }: Days): Promise<void> {
  const run = app.get(JobsService, { strict: false }).handlerOf(JOB.aggregateDaily);
  if (run === undefined) throw new Error('nobody does the nightly job');
  const signal = new AbortController().signal;
  const nothing = (): Promise<void> => Promise.resolve();
  const done = await run({ jobId: 'bench', clientId: null, payload: {}, signal, progress: nothing, again: () => undefined });
  if (done.days_recomputed !== clientIds.length || Number(done.rows_written) < 3 * clientIds.length)
    throw new Error(`the nightly job came to ${JSON.stringify(done)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
