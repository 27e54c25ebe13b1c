import { type Benchmark } from '../benchmark.js';
import { middlePair, type Pair } from '../figure.js';
import { startBenchServer } from '../support/bench-server.js';
import { addClient, type CollectingApp, type Instance, startCollectingApp, syncLists } from '../support/collecting-app.js';
import { requireAllStored } from '../support/stored.read-model.js';
import { bareWalk } from './bare-walk.js';

const ROUNDS = 5;

/** The first sync of a real n8n against walking its list and keeping nothing. */
export const walk: Benchmark = {
  name: 'walk',
  summary: 'seconds of the first sync of a real n8n, lists only, against a bare walk of the same pages',
  needs: { what: '--n8n-url and --n8n-key', given: ({ n8nUrl, n8nKey }) => n8nUrl !== null && n8nKey !== null },
  run: async (context) => {
    const { options, cleanup, say } = context;
    const instance = { baseUrl: options.n8nUrl ?? '', apiKey: options.n8nKey ?? '' };
    const server = await startBenchServer(context);
    const app = await startCollectingApp(await server.createDatabase(), server.dataDir, cleanup);
    say('once each to warm up ...');
    await round(app, instance, 0);
    const rounds = options.rounds ?? ROUNDS;
    const pairs: Pair[] = [];
    for (let n = 1; n <= rounds; n += 1) {
      const { rows, value, reference } = await round(app, instance, n);
      pairs.push({ value, reference });
      say(`round ${n} of ${rounds}: ${rows} executions, sync ${value.toFixed(2)} s, bare walk ${reference.toFixed(2)} s`);
    }
    const better = 'lower';
    return [{ name: 'walk.first_sync_seconds', ...middlePair(pairs, better), unit: 's', better, bar: 1.2 }];
  },
};

/** Both once, each going first in turn: who goes second finds the instance's own caches warm. Seconds. */
async function round(app: CollectingApp, instance: Instance, n: number): Promise<Pair & { rows: number }> {
  const clientId = await addClient(app, `walk ${n}`, instance);
  const first = n % 2 === 0 ? await bareWalk(instance) : null;
  const value = (await syncLists(app, clientId)) / 1000;
  const { rows, seconds } = first ?? (await bareWalk(instance));
  await requireAllStored(app.url, [{ clientId, listed: rows }]);
  return { rows, value, reference: seconds };
}
