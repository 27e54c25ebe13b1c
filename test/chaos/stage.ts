import { type DataSource } from 'typeorm';
import { Random, SimulatedClock, SimulatedInstance, type SimulatedN8n, startSimulatedN8n } from '../../simulator/index.js';
import { Life } from './life.js';
import { Past } from './past.js';
import { type Plan } from './plan.js';
import { type Replicas } from './replicas.js';
import { Sightings } from './sightings.js';
import { Store } from './store.js';
import { Syncer } from './syncer.js';
import { Troubles } from './troubles.js';

/** A Wednesday. */
const START = '2026-03-18T12:00:00Z';
/** Small pages, so that a walk is long and what is late lies far below the first page. */
const pageLimits = [6, 12, 25, 250] as const;
const zones = ['UTC', 'America/New_York', 'Asia/Kolkata'] as const;

/** Everything one seed plays with. */
export interface Stage {
  plan: Plan;
  random: Random;
  instance: SimulatedInstance;
  server: SimulatedN8n;
  life: Life;
  past: Past;
  sightings: Sightings;
  troubles: Troubles;
  replicas: Replicas;
  syncer: Syncer;
  store: Store;
}

/** An n8n with some days of history, and a client that points to it and was never synced. */
export async function setStage(plan: Plan, replicas: Replicas, dataSource: DataSource): Promise<Stage> {
  const stream = (name: string): Random => new Random(`chaos ${plan.seed} ${name}`);
  const random = stream('steps');
  const instance = new SimulatedInstance({
    version: plan.version,
    name: `chaos ${plan.seed}`,
    clock: SimulatedClock.fixed(START),
    pageLimit: random.pick(pageLimits),
    ...(plan.prunesItself ? { pruning: { maxCount: 60 + random.below(200), maxAgeHours: 12 + random.below(60) } } : {}),
  });
  const sightings = new Sightings(instance);
  const past = new Past(instance, sightings);
  const life = new Life(instance, past, stream('life'), plan);
  const server = await startSimulatedN8n(instance);
  try {
    const clientId = await connect(replicas, server, random);
    const troubles = new Troubles(instance, stream('troubles'), !plan.anotherDatabase);
    const syncer = new Syncer(instance, clientId, sightings, troubles, stream('syncs'));
    const store = new Store(dataSource, clientId);
    return { plan, random, instance, server, life, past, sightings, troubles, replicas, syncer, store };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function connect(replicas: Replicas, { instance, baseUrl, apiKey }: SimulatedN8n, random: Random): Promise<number> {
  const [replica] = await replicas.some(1, random);
  const client = {
    name: instance.name,
    n8nBaseUrl: baseUrl,
    n8nApiKey: apiKey,
    timezone: random.pick(zones),
    requestsPerMinute: 60_000,
  };
  const ended = await replica?.ask({ name: 'connect', client }, instance.clock.now());
  if (ended?.kind !== 'done') throw new Error(`the client was not created: ${JSON.stringify(ended)}`);
  return Number(ended.result);
}
