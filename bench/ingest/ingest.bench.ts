import { type BenchContext, type Benchmark } from '../benchmark.js';
import { type Measurement, middlePair, type Pair } from '../figure.js';
import { type ExecutionRow } from '../../src/collector/execution-row.js';
import { startBenchServer } from '../support/bench-server.js';
import { addClient, type CollectingApp, startCollectingApp, syncLists } from '../support/collecting-app.js';
import { type ServedInstance } from '../support/simulator-messages.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { requireAllStored, storedRows } from '../support/stored.read-model.js';
import { insertRowByRow, writeFromMemory } from './references.js';

const EXECUTIONS = 100_000;
const ROUNDS = 3;

const ARMS = ['collector', 'upsert', 'insert', 'orm'] as const;

/** Ways of storing the same executions, each on an empty database. */
type Arm = (typeof ARMS)[number];
type Rates = Record<Arm, number>;

/** The first sync of a large instance against the same rows written from memory, in one statement a page and row by row. */
export const ingest: Benchmark = {
  name: 'ingest',
  summary: 'first sync of 100,000 simulated executions, rows/s, against the same rows upserted from memory and saved row by row',
  needs: null,
  run: async (context) => {
    const { options, cleanup, say } = context;
    const rounds = options.rounds ?? ROUNDS;
    const onEmptyDatabase = await emptyDatabases(context);
    say('the simulator makes its history ...');
    const simulator = SimulatorProcess.start(cleanup);
    const wanted = { name: 'ingest', version: '2.40' as const, executions: options.executions ?? EXECUTIONS, latencyMs: 0 };
    const [instance] = await simulator.ask({ kind: 'serve', instances: [wanted] });
    if (instance === undefined) throw new Error('the simulator serves nothing');
    say(`${instance.listed} executions are listed; a first sync to warm up and to learn the rows ...`);
    const rows = await onEmptyDatabase((app) => collectedRows(app, instance));
    const results: Rates[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const rates = await measureRound(round, {
        collector: () => onEmptyDatabase((app) => collect(app, instance)),
        upsert: () =>
          onEmptyDatabase(async (app) => writeFromMemory(app, await addClient(app, 'upsert', instance), rows, 'upsert')),
        insert: () =>
          onEmptyDatabase(async (app) => writeFromMemory(app, await addClient(app, 'insert', instance), rows, 'insert')),
        orm: () => onEmptyDatabase(async (app) => insertRowByRow(app, await addClient(app, 'orm', instance), rows)),
      });
      results.push(rates);
      say(`round ${round} of ${rounds}, rows/s: ${ARMS.map((arm) => `${arm} ${Math.round(rates[arm])}`).join(', ')}`);
    }
    return figuresOf(results);
  },
};

/** Everything once, each going first in turn. */
async function measureRound(round: number, arms: Record<Arm, () => Promise<number>>): Promise<Rates> {
  const rates: Rates = { collector: 0, upsert: 0, insert: 0, orm: 0 };
  const first = round % ARMS.length;
  for (const arm of [...ARMS.slice(first), ...ARMS.slice(0, first)]) rates[arm] = await arms[arm]();
  return rates;
}

function figuresOf(results: readonly Rates[]): Measurement[] {
  const better = 'higher';
  const against = (arm: Arm): Pair =>
    middlePair(
      results.map((rates) => ({ value: rates.collector, reference: rates[arm] })),
      better,
    );
  return [
    { name: 'ingest.first_sync', ...against('upsert'), unit: 'rows/s', better, bar: 0.5 },
    { name: 'ingest.first_sync_vs_insert', ...against('insert'), unit: 'rows/s', better, bar: null },
    { name: 'ingest.first_sync_vs_row_by_row', ...against('orm'), unit: 'rows/s', better, bar: 10 },
  ];
}

/** Every arm gets a database that has never seen a row: statistics and caches of one must not help the next. */
async function emptyDatabases(context: BenchContext): Promise<<T>(work: (app: CollectingApp) => Promise<T>) => Promise<T>> {
  const server = await startBenchServer(context);
  return async (work) => {
    const database = await server.createDatabase();
    const app = await startCollectingApp(database, server.dataDir, context.cleanup);
    const result = await work(app);
    await app.close();
    await database.drop();
    return result;
  };
}

async function collect(app: CollectingApp, instance: ServedInstance): Promise<number> {
  const clientId = await addClient(app, 'collector', instance);
  const ms = await syncLists(app, clientId);
  await requireAllStored(app.url, [{ clientId, listed: instance.listed }]);
  return (instance.listed / ms) * 1000;
}

async function collectedRows(app: CollectingApp, instance: ServedInstance): Promise<ExecutionRow[]> {
  const clientId = await addClient(app, 'warm-up', instance);
  await syncLists(app, clientId);
  await requireAllStored(app.url, [{ clientId, listed: instance.listed }]);
  return storedRows(app.url, clientId);
}
