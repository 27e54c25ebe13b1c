import { type Benchmark, type BenchContext } from '../benchmark.js';
import { type Measurement } from '../figure.js';
import { type BenchServer, startBenchServer } from '../support/bench-server.js';
import { startCollectingApp } from '../support/collecting-app.js';
import { CLIENTS, fillHistory, rollUpEverything, settle } from '../support/history.js';
import { answerMs, sizesOf } from './readings.js';

const MANY = 5_000_000;
const FEW = 100_000;
/** Clients of the second pair, and the executions that they share. */
const MANY_CLIENTS = 1_000;
const FEW_CLIENTS = 10;

/** One filled and rolled up database. */
interface Stock {
  bytesPerExecution: number;
  bytesPerRollup: number;
  /** Executions rolled up a second: days, weeks and months of everything. */
  rollupSpeed: number;
  allMs: number;
  freshnessMs: number;
}

/** What grows with the number of executions and of clients, and what does not. */
export const scale: Benchmark = {
  name: 'scale',
  summary: 'bytes, rollup speed and overviews at 5,000,000 executions against 100,000, and with 1,000 clients against 10',
  needs: null,
  run: async (context) => {
    const server = await startBenchServer(context);
    const executions = context.options.executions ?? MANY;
    const few = await measure(context, server, FEW, CLIENTS);
    const many = await measure(context, server, executions, CLIENTS);
    const fewClients = await measure(context, server, FEW, FEW_CLIENTS);
    const manyClients = await measure(context, server, FEW, MANY_CLIENTS);
    return [
      reported('scale.bytes_per_execution', 'B', many.bytesPerExecution, few.bytesPerExecution),
      reported('scale.bytes_per_rollup_row', 'B', many.bytesPerRollup, few.bytesPerRollup),
      { ...reported('scale.rollup_speed', 'executions/s', many.rollupSpeed, few.rollupSpeed), better: 'higher' },
      reported('scale.overview_of_all', 'ms', many.allMs, few.allMs),
      reported('scale.overview_per_client', 'ms', manyClients.allMs / MANY_CLIENTS, fewClients.allMs / FEW_CLIENTS),
      reported('scale.freshness_per_client', 'ms', manyClients.freshnessMs / MANY_CLIENTS, fewClients.freshnessMs / FEW_CLIENTS),
    ];
  },
};

async function measure({ cleanup, say }: BenchContext, server: BenchServer, executions: number, clients: number): Promise<Stock> {
  say(`${executions} executions of ${clients} clients ...`);
  const database = await server.createDatabase();
  const app = await startCollectingApp(database, server.dataDir, cleanup);
  const history = await fillHistory(app, executions, () => undefined, clients);
  const startedAt = performance.now();
  await rollUpEverything(app, history);
  const seconds = (performance.now() - startedAt) / 1000;
  await settle(app.dataSource);
  const sizes = await sizesOf(app.dataSource);
  const stock = {
    bytesPerExecution: sizes.executionBytes / sizes.executions,
    bytesPerRollup: sizes.rollupBytes / sizes.rollups,
    rollupSpeed: sizes.executions / seconds,
    allMs: await answerMs(app.app, '/api/v1/metrics/all'),
    freshnessMs: await answerMs(app.app, '/api/v1/metrics/admin/data-freshness'),
  };
  await app.close();
  await database.drop();
  return stock;
}

function reported(name: string, unit: string, value: number, reference: number): Measurement {
  return { name, value, reference, unit, better: 'lower', bar: null };
}
