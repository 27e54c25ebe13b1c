import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type BenchContext } from '../benchmark.js';
import { median } from '../figure.js';
import { type BenchDatabase, type BenchServer } from '../support/bench-server.js';
import { REQUESTS_PER_MINUTE } from '../support/collecting-app.js';
import { type ServiceProcess, startServiceProcess } from '../support/service-process.js';
import { type Expected, requireAllStored } from '../support/stored.read-model.js';
import { type SimulatorProcess } from '../support/simulator-process.js';
import { type Faulty, healthyOf } from './fleet.js';
import { finishedJobs } from './job-runs.read-model.js';

/** The first is not timed: what it meets for the first time it cannot know to be ill. */
const ROUNDS = 4;
const NEW_EXECUTIONS = 20;
/** What a request to an n8n in another place takes: a sync mostly waits, so slots that are taken by the ill would be missed. */
const LATENCY_MS = 50;
const ROUND_LIMIT_MS = 10 * 60_000;
const LOOK_EVERY_MS = 100;

/** What one arm works with. */
export interface Arm {
  simulator: SimulatorProcess;
  server: BenchServer;
  database: BenchDatabase;
  /** Clients beside the healthy ones; none: those are by themselves. */
  faulty: Faulty[];
}

/**
 * Rounds of "sync all" through the service's own API, each after new executions everywhere.
 * @returns the middle round's milliseconds until the last healthy client was synced, the first round left out
 * @throws Error when a healthy client's sync fails or leaves executions behind
 */
export async function measureRounds(context: BenchContext, { simulator, server, database, faulty }: Arm): Promise<number> {
  const wellNames = healthyOf(context.options.clients);
  const service = await startServiceProcess(database, server.dataDir, context.cleanup);
  const connection = new Client({ connectionString: database.url });
  // A server that goes away is noticed by the next question.
  connection.on('error', () => undefined);
  await connection.connect();
  const disconnect = context.cleanup.add('a connection', () => connection.end());
  const registered = await register(service, simulator, [...wellNames, ...faulty.flatMap(({ names }) => names)].sort());
  for (const { names, fault } of faulty) await simulator.ask({ kind: 'break', names, fault });
  const healthy = wellNames.flatMap((name) => registered.get(name) ?? []);
  const timed: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await simulator.ask({ kind: 'run', executions: NEW_EXECUTIONS });
    const ms = await timeRound(service, connection, new Set(healthy.map(({ clientId }) => clientId)));
    if (round > 1) timed.push(ms);
  }
  // Fast because something was left out would be no isolation.
  await requireAllStored(
    database.url,
    healthy.map(({ clientId, listed }) => ({ clientId, listed: listed + ROUNDS * NEW_EXECUTIONS })),
  );
  await disconnect();
  await service.stop();
  return median(timed);
}

async function register(service: ServiceProcess, simulator: SimulatorProcess, names: string[]): Promise<Map<string, Expected>> {
  const instances = names.map((name) => ({ name, version: '2.40' as const, executions: 0, latencyMs: LATENCY_MS }));
  const registered = new Map<string, Expected>();
  for (const { name, baseUrl, apiKey, listed } of await simulator.ask({ kind: 'serve', instances })) {
    const { id } = await service.api.post<{ id: number }>('/clients?verify=false', {
      name,
      n8n_base_url: baseUrl,
      n8n_api_key: apiKey,
      requests_per_minute: REQUESTS_PER_MINUTE,
    });
    registered.set(name, { clientId: id, listed });
  }
  return registered;
}

async function timeRound(service: ServiceProcess, connection: Client, healthy: ReadonlySet<number>): Promise<number> {
  const startedAt = Date.now();
  const { jobs } = await service.api.post<{ jobs: { job_id: string; client_id: number }[] }>('/metrics/admin/sync-all');
  const wanted = jobs.filter((job) => healthy.has(job.client_id)).map((job) => job.job_id);
  if (wanted.length !== healthy.size) throw new Error(`${wanted.length} of ${healthy.size} healthy clients got a sync`);
  for (;;) {
    const { finished, failed, lastAt } = await finishedJobs(connection, wanted);
    if (failed > 0) throw new Error(`${failed} syncs of healthy clients failed`);
    if (finished === wanted.length && lastAt !== null) return lastAt.getTime() - startedAt;
    if (Date.now() - startedAt > ROUND_LIMIT_MS)
      throw new Error(`${finished} of ${wanted.length} healthy clients are synced after 10 minutes`);
    await sleep(LOOK_EVERY_MS);
  }
}
