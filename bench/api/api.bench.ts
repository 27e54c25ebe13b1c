import { type BenchContext, type Benchmark } from '../benchmark.js';
import { type Measurement } from '../figure.js';
import { type BenchServer, startBenchServer } from '../support/bench-server.js';
import { CLIENTS, dayOf, daysLater, DAYS } from '../support/history.js';
import { startRedis } from './redis-process.js';
import { Load, Service } from './service.js';
import { type Stock, stockUp } from './stock.js';
import { measureThroughput, type Subject } from './throughput.js';
import { connected, measureUncached, type Place } from './uncached.js';

const EXECUTIONS = 5_000_000;
const FEW_EXECUTIONS = 100_000;
const MANY_CLIENTS = 100;
const ROUNDS = 25;
const SAMPLES = 100;
const BARS = { cached: 0.7, notModified: 0.8, uncachedToSql: 3, growth: 1.5 };

/** Kept answers against a bare route, answers that nobody has kept against their SQL alone and against themselves with little data. */
export const api: Benchmark = {
  name: 'api',
  summary:
    'requests/s of kept answers against a bare route, ms of uncached ones against all their SQL alone and against 100,000 rows',
  needs: null,
  run: async (context) => {
    const server = await startBenchServer(context);
    const full = await stockUp(context, server, { executions: context.options.executions ?? EXECUTIONS, clients: CLIENTS });
    const few = await stockUp(context, server, { executions: FEW_EXECUTIONS, clients: CLIENTS });
    const many = await stockUp(context, server, { executions: FEW_EXECUTIONS, clients: MANY_CLIENTS });
    context.say('everything is filled in; now it is measured');
    return [...(await measureKept(context, server, full, many)), ...(await measureReads(context, server, { full, few, many }))];
  },
};

async function measureKept(context: BenchContext, server: BenchServer, full: Stock, many: Stock): Promise<Measurement[]> {
  const load = Load.start(context);
  const service = await Service.start(context, full.database, server.dataDir);
  const ofMany = await Service.start(context, many.database, server.dataDir);
  const daily = historicalPath(full, 'daily');
  const of = { service, path: daily, key: full.key, conditional: false };
  const subjects: Subject[] = [
    { ...of, name: 'cached_historical', bar: BARS.cached },
    { ...of, name: 'not_modified', conditional: true, bar: BARS.notModified },
    {
      name: `all_of_${MANY_CLIENTS}`,
      service: ofMany,
      path: '/api/v1/metrics/all',
      key: ofMany.adminKey,
      conditional: false,
      bar: null,
    },
  ];
  const redis = await startRedis(context);
  if (redis === null) context.say('there is no redis-server: kept answers are measured in memory only');
  else {
    const shared = await Service.start(context, full.database, server.dataDir, { REDIS_URL: redis });
    subjects.push({ ...of, name: 'cached_historical_redis', service: shared, bar: null });
  }
  const measured: Measurement[] = [];
  for (const subject of subjects)
    measured.push(await measureThroughput(context, load, subject, context.options.rounds ?? ROUNDS));
  return measured;
}

async function measureReads(
  context: BenchContext,
  server: BenchServer,
  { full, few, many }: { full: Stock; few: Stock; many: Stock },
): Promise<Measurement[]> {
  const placeOf = async ({ database }: Stock): Promise<Place> => ({
    service: await Service.start(context, database, server.dataDir),
    sql: await connected(context, database.url),
  });
  const places = [await placeOf(full), await placeOf(few)];
  const client = `/api/v1/metrics/client/${full.clientId}`;
  const range = `?start_date=${dayOf(full.history.start)}&end_date=${lastDay(full)}`;
  const questions = {
    historical: historicalPath(full, 'daily'),
    historical_weekly: historicalPath(full, 'weekly'),
    historical_monthly: historicalPath(full, 'monthly'),
    summary: `${client}${range}`,
    workflows: `${client}/workflows${range}`,
  };
  const measured: Measurement[] = [];
  const better = 'lower';
  for (const [name, path] of Object.entries(questions)) {
    const [large, small] = await measureUncached(places, path, SAMPLES);
    if (large === undefined || small === undefined) throw new Error('nothing was measured');
    const growth = { better, bar: BARS.growth } as const;
    measured.push(
      { name: `api.uncached_${name}`, value: large.p50, reference: large.sqlP50, unit: 'ms', better, bar: BARS.uncachedToSql },
      { name: `api.uncached_${name}_vs_few_rows`, value: large.p50, reference: small.p50, unit: 'ms', ...growth },
      { name: `api.buffers_${name}_vs_few_rows`, value: large.buffers, reference: small.buffers, unit: 'buffers', ...growth },
    );
    context.say(
      `${name}: ${large.p50.toFixed(1)} ms, its SQL ${large.sqlP50.toFixed(1)} ms, with few rows ${small.p50.toFixed(1)} ms`,
    );
  }
  const [all] = await measureUncached([await placeOf(many)], '/api/v1/metrics/all', SAMPLES / 10);
  if (all === undefined) throw new Error('nothing was measured');
  measured.push({
    name: `api.uncached_all_of_${MANY_CLIENTS}`,
    value: all.p50,
    reference: all.sqlP50,
    unit: 'ms',
    better,
    bar: BARS.uncachedToSql,
  });
  return measured;
}

function historicalPath({ clientId, history }: Stock, periodType: string): string {
  const range = `start_date=${dayOf(history.start)}&end_date=${dayOf(daysLater(history.start, DAYS - 1))}`;
  return `/api/v1/metrics/client/${clientId}/historical?period_type=${periodType}&${range}`;
}

function lastDay({ history }: Stock): string {
  return dayOf(daysLater(history.end, -1));
}
