// `npm run test:soak -- --minutes 30 --clients 100`: the real service over a long time while things go wrong. Is memory level, is nothing
// logged at ERROR, is the data fresh, is all of it there? Ends with 0 when all is well, and prints what it saw.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Cleanup } from '../cleanup.js';
import { rssOf } from '../memory/rss.js';
import { startBenchServer } from '../support/bench-server.js';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.js';
import { type Expected, requireAllStored } from '../support/stored.read-model.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { Mishaps } from './mishaps.js';
import { isWithinNoise, trendOf } from './trend.js';

const ROUND_MS = 5_000;
const ROUNDS = { work: 2, ill: 6, look: 6, drop: 24 } as const;
/** The first part of the time: code is compiled, caches and pools fill. */
const WARM_UP_SHARE = 1 / 3;
const SETTLE_LIMIT_MS = 10 * 60_000;
const HISTORY = 200;
const AT_ONCE = 2;

const startedAt = Date.now();
const say = (text: string): void => {
  console.error(`[soak ${((Date.now() - startedAt) / 60_000).toFixed(1).padStart(5)} min] ${text}`);
};
const cleanup = new Cleanup(say);

interface Seen {
  memory: number[];
  looks: number;
  /** Clients that were well and not fresh, over all looks. */
  notFresh: number;
  oldestSeconds: number;
}

const HELP = `Runs the service for a long time, with simulated clients and with faults, and looks for what should not be.

  npm run test:soak -- --minutes 30 --clients 100

  --minutes N   how long, 1 to 1440 (default 30)
  --clients N   how many simulated n8n instances, 10 to 500 (default 100)
  --help        this text

Prints memory, lines at ERROR, freshness and completeness, each with ok or FAILED, and exits with 0 or 1; 2: the command line is wrong.`;

/** The command line cannot be taken. */
class UsageError extends Error {}

function parsed(): { minutes: string; clients: string; help: boolean } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        minutes: { ...text, default: '30' },
        clients: { ...text, default: '100' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `null`: help was asked for. */
function options(): { minutes: number; clients: number } | null {
  const values = parsed();
  if (values.help) return null;
  const read = (name: 'minutes' | 'clients', least: number, most: number): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new UsageError(`--${name} must be a whole number from ${least} to ${most}`);
  };
  return { minutes: read('minutes', 1, 1_440), clients: read('clients', 10, 500) };
}

async function register(service: ServiceProcess, simulator: SimulatorProcess, names: string[]): Promise<Expected[]> {
  const instances = names.map((name) => ({ name, version: '2.40' as const, executions: HISTORY, latencyMs: 20 }));
  const expected: Expected[] = [];
  for (const { name, baseUrl, apiKey, listed } of await simulator.ask({ kind: 'serve', instances })) {
    const client = { name, n8n_base_url: baseUrl, n8n_api_key: apiKey, requests_per_minute: 6_000 };
    expected.push({ clientId: (await service.api.post<{ id: number }>('/clients?verify=false', client)).id, listed });
  }
  return expected;
}

interface FreshnessAnswer {
  clients: { status: string; age_seconds: number | null }[];
}

/** The data of a client that is well is fresh or a little late; one that fails is told as such. */
async function look(service: ServiceProcess, seen: Seen): Promise<void> {
  const { clients } = await service.api.get<FreshnessAnswer>('/metrics/admin/data-freshness');
  const well = clients.filter(({ status }) => status !== 'failing');
  seen.looks += 1;
  seen.notFresh += well.filter(({ status }) => status !== 'fresh' && status !== 'late').length;
  seen.oldestSeconds = Math.max(seen.oldestSeconds, ...well.map(({ age_seconds: age }) => age ?? 0));
}

/** When everybody is well again. @throws Error when it takes too long */
async function settled(service: ServiceProcess): Promise<number> {
  const from = Date.now();
  for (;;) {
    const { clients } = await service.api.get<FreshnessAnswer>('/metrics/admin/data-freshness');
    const left = clients.filter(({ status }) => status !== 'fresh').length;
    if (left === 0) return (Date.now() - from) / 1_000;
    if (Date.now() - from > SETTLE_LIMIT_MS) throw new Error(`${left} clients are still not fresh`);
    await sleep(2_000);
  }
}

/** Whatever fails for a moment, because its connection was dropped, is a refusal with 503 and counted. */
async function read(service: ServiceProcess, refused: { n: number }): Promise<void> {
  for (const path of ['/metrics/all', '/metrics/client/1', '/metrics/client/2/workflows']) {
    await service.api.get(path).catch((error: unknown) => {
      if (!(error instanceof Error) || !error.message.includes(' 503 ')) throw error;
      refused.n += 1;
    });
  }
}

async function run({ minutes, clients }: { minutes: number; clients: number }): Promise<boolean> {
  const server = await startBenchServer({ options: { databaseUrl: null }, cleanup, say });
  const database = await server.createDatabase();
  const simulator = SimulatorProcess.start(cleanup);
  const service = await startServiceProcess(database, server.dataDir, cleanup, { METRICS_SYNC_INTERVAL_MINUTES: '1' });
  const names = Array.from({ length: clients }, (_, n) => `soak-${String(n + 1).padStart(3, '0')}`);
  const expected = await register(service, simulator, names);
  say(`${clients} clients with ${HISTORY} executions each are registered`);
  say(`all of them are collected after ${(await settled(service)).toFixed(0)} s; ${minutes} min begin`);

  const mishaps = new Mishaps(simulator, names, database.url);
  const seen: Seen = { memory: [], looks: 0, notFresh: 0, oldestSeconds: 0 };
  const refused = { n: 0 };
  let executions = 0;
  const until = Date.now() + minutes * 60_000;
  for (let round = 1; Date.now() < until; round += 1) {
    if (round % ROUNDS.work === 0) {
      await simulator.ask({ kind: 'run', executions: AT_ONCE });
      executions += AT_ONCE;
    }
    if (round % ROUNDS.ill === 0) await mishaps.nextInstances();
    if (round % ROUNDS.drop === 0) await mishaps.dropConnections();
    await read(service, refused);
    if (round % ROUNDS.look === 0) await look(service, seen);
    seen.memory.push(rssOf(service.pid));
    if (round % 12 === 0)
      say(`memory ${seen.memory.at(-1)?.toFixed(0)} MB, ${mishaps.caused} faults, ${refused.n} reads refused`);
    await sleep(ROUND_MS);
  }
  await mishaps.mend();
  const settledSeconds = await settled(service);
  await requireAllStored(
    database.url,
    expected.map(({ clientId, listed }) => ({ clientId, listed: listed + executions })),
  );
  return report(service, seen, { minutes, clients, faults: mishaps.caused, refused: refused.n, settledSeconds, executions });
}

interface Totals {
  minutes: number;
  clients: number;
  faults: number;
  refused: number;
  settledSeconds: number;
  executions: number;
}

function report(service: ServiceProcess, seen: Seen, totals: Totals): boolean {
  const trend = trendOf(seen.memory.slice(Math.floor(seen.memory.length * WARM_UP_SHARE)));
  const errors = service
    .output()
    .split('\n')
    .filter((line) => line.trim() !== '');
  const checks: [boolean, string][] = [
    [
      isWithinNoise(trend),
      `memory ${trend.mean.toFixed(0)} MB, growth ${trend.growth.toFixed(1)} MB, noise ${trend.noise.toFixed(1)} MB`,
    ],
    [
      errors.length === 0,
      `${errors.length} lines at ERROR${errors.length === 0 ? '' : `, the last: ${errors.at(-1)?.slice(0, 300)}`}`,
    ],
    [
      seen.notFresh === 0,
      `${seen.notFresh} of ${seen.looks * totals.clients} looks found a client that is well without fresh data; the oldest was ${seen.oldestSeconds} s`,
    ],
    [
      true,
      `all fresh ${totals.settledSeconds.toFixed(0)} s after the last fault; all ${totals.executions} new executions of each client are stored`,
    ],
  ];
  const { minutes, clients, faults, refused } = totals;
  process.stdout.write(`soak of ${minutes} min, ${clients} clients, ${faults} faults, ${refused} reads answered with 503\n`);
  for (const [good, text] of checks) process.stdout.write(`${good ? 'ok    ' : 'FAILED'} ${text}\n`);
  return checks.every(([good]) => good);
}

process.on('SIGINT', () => void cleanup.run().finally(() => process.exit(130)));
try {
  const chosen = options();
  if (chosen === null) console.log(HELP);
  else process.exitCode = (await run(chosen)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}; see --help` : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await cleanup.run();
}
