import { type BenchContext, type Benchmark } from '../benchmark.js';
import { middlePair, type Pair } from '../figure.js';
import { type BenchServer, startBenchServer } from '../support/bench-server.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { faultyOf } from './fleet.js';
import { measureRounds } from './rounds.js';

const ARMS = 3;

/** How long the healthy clients need for a round of syncs beside others that hang or fail, against having the service for themselves. */
export const isolation: Benchmark = {
  name: 'isolation',
  summary: 'ms until the healthy 80 of 100 clients are synced while 10 hang and 10 answer 500, against the 80 without the others',
  needs: null,
  run: async (context) => {
    const { options, say } = context;
    const server = await startBenchServer(context);
    const arms = options.rounds ?? ARMS;
    const pairs: Pair[] = [];
    for (let arm = 1; arm <= arms; arm += 1) {
      const measure = async (disturbed: boolean): Promise<number> => {
        const ms = await measureArm(context, server, disturbed);
        say(
          `${disturbed ? 'beside the ill' : 'by themselves'}, ${arm} of ${arms}: a round takes the healthy ones ${Math.round(ms)} ms`,
        );
        return ms;
      };
      // Whoever goes second finds a warmer machine: each goes first in turn.
      const early = arm % 2 === 0 ? await measure(true) : null;
      const reference = await measure(false);
      pairs.push({ value: early ?? (await measure(true)), reference });
    }
    const better = 'lower';
    return [{ name: 'isolation.healthy_round', ...middlePair(pairs, better), unit: 'ms', better, bar: 1.2 }];
  },
};

/** Everything new: simulator, database and service. What an arm learnt about who is ill must not help the next one. */
async function measureArm(context: BenchContext, server: BenchServer, disturbed: boolean): Promise<number> {
  const simulator = SimulatorProcess.start(context.cleanup);
  const database = await server.createDatabase();
  try {
    return await measureRounds(context, {
      simulator,
      server,
      database,
      faulty: disturbed ? faultyOf(context.options.clients) : [],
    });
  } finally {
    await database.drop();
    await simulator.stop();
  }
}
