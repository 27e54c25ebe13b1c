import { type BenchContext, type Benchmark } from '../benchmark.js';
import { type Measurement, middlePair, type Pair } from '../figure.js';
import { startBenchServer } from '../support/bench-server.js';
import { type CollectingApp, startCollectingApp } from '../support/collecting-app.js';
import { DAYS, daysLater, fillHistory, type RawHistory, settle } from '../support/history.js';
import { deadRows, deleteRange } from './statements.js';
import { expire } from './expire.js';
import { WriterFleet } from './writer-fleet.js';

const EXECUTIONS = 5_000_000;
/** Each lets three weeks go by retention and as many by DELETE; there are twelve whole ones. */
const MOST_ROUNDS = 2;
const WEEKS = 3;
const LONGEST_MS = 200;
const WARM_UP_MS = 1_000;

interface Round {
  /** Rows a second until they are gone, and until their space can be used again. */
  speed: Pair;
  spaceSpeed: Pair;
  longestWriteMs: number;
  dead: number;
  expired: number;
}

/** Retention as the service does it against DELETE, both beside writers that store pages as syncs do. */
export const retention: Benchmark = {
  name: 'retention',
  summary:
    'letting 1,000,000 raw executions go, against DELETE of as many; how long writers wait meanwhile, and dead rows afterwards',
  needs: null,
  run: async (context) => {
    const { options, cleanup, say } = context;
    const server = await startBenchServer(context);
    const app = await startCollectingApp(await server.createDatabase(), server.dataDir, cleanup);
    const history = await fillHistory(app, options.executions ?? EXECUTIONS, say);
    await settle(app.dataSource);
    const rounds: Round[] = [];
    for (let n = 0; n < Math.min(options.rounds ?? MOST_ROUNDS, MOST_ROUNDS); n += 1) {
      const round = await measureRound(context, app, history, n);
      rounds.push(round);
      const { value, reference } = round.speed;
      say(
        `round ${n + 1}: ${round.expired} rows; ${Math.round(value)} rows/s, by DELETE ${Math.round(reference)} rows/s; ` +
          `longest write ${round.longestWriteMs.toFixed(1)} ms; ${round.dead} dead rows`,
      );
    }
    return figuresOf(rounds);
  },
};

/** Retention takes the oldest weeks, DELETE the newest ones: neither finds what the other left. */
async function measureRound(
  { cleanup }: BenchContext,
  app: CollectingApp,
  { start, clientIds }: RawHistory,
  n: number,
): Promise<Round> {
  const writers = new WriterFleet(app, clientIds);
  const stop = cleanup.add('the writers', () => writers.stop());
  writers.start();
  await writers.running(WARM_UP_MS);
  const newest = daysLater(start, DAYS - (DAYS % 7) - 7 * WEEKS * n);
  const remove = (): ReturnType<typeof deleteRange> => deleteRange(app.dataSource, daysLater(newest, -7 * WEEKS), newest);
  const early = n % 2 === 1 ? await remove() : null;
  const deadBefore = await deadRows(app.dataSource);
  writers.forgetTimes();
  const { rows, goneMs, ms } = await expire(app, daysLater(start, 7 * WEEKS * (n + 1)));
  const longestWriteMs = writers.longestMs();
  const dead = (await deadRows(app.dataSource)) - deadBefore;
  const deleted = early ?? (await remove());
  await stop();
  const pair = (value: number, reference: number): Pair => ({
    value: (rows / value) * 1000,
    reference: (deleted.rows / reference) * 1000,
  });
  return {
    speed: pair(goneMs, deleted.ms),
    spaceSpeed: pair(ms, deleted.vacuumedMs),
    longestWriteMs,
    dead: Math.max(0, dead),
    expired: rows,
  };
}

function figuresOf(rounds: readonly Round[]): Measurement[] {
  const middle = (pairs: readonly Pair[]): Pair => middlePair(pairs, 'higher');
  const speed = middle(rounds.map((round) => round.speed));
  const spaceSpeed = middle(rounds.map((round) => round.spaceSpeed));
  const value = Math.max(...rounds.map((round) => round.longestWriteMs));
  const dead = rounds.reduce((sum, round) => sum + round.dead, 0);
  const expired = rounds.reduce((sum, round) => sum + round.expired, 0);
  return [
    { name: 'retention.expire_vs_delete', ...speed, unit: 'rows/s', better: 'higher', bar: 20 },
    { name: 'retention.clean_up_vs_delete_and_vacuum', ...spaceSpeed, unit: 'rows/s', better: 'higher', bar: null },
    { name: 'retention.longest_write_vs_allowed', value, reference: LONGEST_MS, unit: 'ms', better: 'lower', bar: 1 },
    { name: 'retention.dead_rows_of_expired', value: dead, reference: expired, unit: 'rows', better: 'lower', bar: 0 },
  ];
}
