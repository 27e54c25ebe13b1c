import { setTimeout as sleep } from 'node:timers/promises';
import { type Freshness } from '../../scripts/support/api.js';
import { type BenchContext, type Benchmark } from '../benchmark.js';
import { type Measurement } from '../figure.js';
import { startBenchServer } from '../support/bench-server.js';
import { REQUESTS_PER_MINUTE } from '../support/collecting-app.js';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.js';
import { type ServedInstance } from '../support/simulator-messages.js';
import { SimulatorProcess } from '../support/simulator-process.js';
import { requireAllStored } from '../support/stored.read-model.js';
import { RssSampler } from './rss.js';

const EXECUTIONS = 1_000_000;
const WARM_UP = 2_000;
const SAMPLE_MS = 250;
const IDLE_MS = 10_000;
const LOOK_EVERY_MS = 2_000;
const SAY_EVERY_MS = 20_000;
/** A backfill that needs longer than this for a thousand executions is not slow but stuck. */
const LIMIT_MS_PER_THOUSAND = 5_000;
const BAR_MB = 150;

/** How much the whole service grows while it copies a large instance, in its own process and with its own schedules. */
export const ingestMemory: Benchmark = {
  name: 'ingest-memory',
  summary: 'growth of the service, MB, while it copies 1,000,000 simulated executions, against its memory when idle',
  needs: null,
  run: async (context) => {
    const { options, cleanup, say } = context;
    const executions = options.executions ?? EXECUTIONS;
    say(`the simulator makes ${executions} executions ...`);
    const simulator = SimulatorProcess.start(cleanup);
    const [small, large] = await simulator.ask({
      kind: 'serve',
      instances: [
        { name: 'warm-up', version: '2.40', executions: WARM_UP, latencyMs: 0 },
        { name: 'large', version: '2.40', executions, latencyMs: 0 },
      ],
    });
    if (small === undefined || large === undefined) throw new Error('the simulator serves nothing');
    const server = await startBenchServer(context);
    const database = await server.createDatabase();
    const service = await startServiceProcess(database, server.dataDir, cleanup);
    say(`a first client with ${small.listed} executions to warm up ...`);
    await collected(service, small, context, () => '');
    const idle = await idleOf(service);
    say(`idle with ${Math.round(idle)} MB; collecting ${large.listed} executions ...`);
    const sampler = new RssSampler(service.pid, SAMPLE_MS);
    try {
      const clientId = await collected(service, large, context, () => `, ${Math.round(sampler.latest)} MB`);
      const { peak } = sampler.stop();
      await requireAllStored(database.url, [{ clientId, listed: large.listed }]);
      return figuresOf(peak, idle);
    } finally {
      sampler.stop();
    }
  },
};

function figuresOf(peak: number, idle: number): Measurement[] {
  const common = { unit: 'MB', better: 'lower' as const };
  return [
    { ...common, name: 'ingest-memory.peak_vs_idle', value: peak, reference: idle, bar: null },
    { ...common, name: 'ingest-memory.growth_vs_allowed', value: Math.max(0, peak - idle), reference: BAR_MB, bar: 1 },
  ];
}

/** The middle of some seconds in which nobody wants anything. */
async function idleOf(service: ServiceProcess): Promise<number> {
  const sampler = new RssSampler(service.pid, SAMPLE_MS);
  await sleep(IDLE_MS);
  return sampler.stop().middle;
}

/** Registers the instance and waits until its lists are stored and rolled up. @returns the client's id @throws Error when that takes far too long */
async function collected(
  service: ServiceProcess,
  instance: ServedInstance,
  { say }: BenchContext,
  note: () => string,
): Promise<number> {
  const { id } = await service.api.post<{ id: number }>('/clients?verify=false', {
    name: instance.name,
    n8n_base_url: instance.baseUrl,
    n8n_api_key: instance.apiKey,
    requests_per_minute: REQUESTS_PER_MINUTE,
  });
  await service.api.post(`/metrics/admin/sync/${id}`);
  const until = Date.now() + 60_000 + (instance.listed / 1_000) * LIMIT_MS_PER_THOUSAND;
  for (let told = Date.now(); ;) {
    const freshness = await service.api.freshness(id);
    if (isComplete(freshness)) return id;
    if (Date.now() > until) throw new Error(`${instance.name} is not collected in time: ${JSON.stringify(freshness)}`);
    if (Date.now() - told >= SAY_EVERY_MS) {
      say(`${freshness.backfill?.rows ?? 0} of ${instance.listed} executions${note()}`);
      told = Date.now();
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function isComplete({ last_execution_sync_at: synced, backfill, dirty_days: days }: Freshness): boolean {
  return synced !== null && backfill === null && days === 0;
}
