import { AggregatorService } from '../../src/aggregator/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { CollectorService, type SyncContext, type SyncCounts } from '../../src/collector/index.js';
import { Clock } from '../../src/common/index.js';
import {
  SimulatedClock,
  SimulatedInstance,
  type SimulatedN8n,
  type SimulatedVersion,
  startSimulatedN8n,
} from '../../simulator/index.js';
import { ClientMoments } from '../../src/metrics/client-moments.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type DayCounts, rawDays, rolledUpDays } from '../support/daily-figures.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Wednesday, midday. */
const START = '2026-03-18T12:00:00Z';
const ADMIN_KEY = 'fm_admin_key_of_the_collector_tests';
const MAX_SYNCS = 20;

/** A stored execution. */
export interface StoredExecution {
  id: string;
  workflow: string;
  status: string;
  mode: string;
  started_at: Date;
  finished_at: Date | null;
  execution_time_ms: string | null;
  is_production: boolean;
  filter_reason: string;
  retry_success_id: string | null;
  error_message: string | null;
  error_node: string | null;
  error_type: string | null;
  test_indicator: string | null;
  detail_state: string;
}

/** A simulated n8n and the client that points to it. */
export interface Connected {
  instance: SimulatedInstance;
  server: SimulatedN8n;
  clientId: number;
}

/** How the syncs of a client went; `minutes` from now until its next one. */
export interface SyncState {
  executions_error: string | null;
  workflows_error: string | null;
  consecutive_failures: number;
  failed_at: Date | null;
  minutes: number;
}

/** The whole service in role `api` and any number of simulated n8n, all in one time that stands still until it is moved. */
export class World {
  private readonly servers: SimulatedN8n[] = [];

  private constructor(
    readonly service: TestApp,
    readonly clock: SimulatedClock,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<World> {
    const service = await startTestApp({ ADMIN_API_KEY: ADMIN_KEY, ...env });
    const clock = SimulatedClock.fixed(START);
    Object.assign(service.app.get<Clock>(Clock), { now: () => new Date(clock.now()) });
    return new World(service, clock);
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.close()));
    await this.service.close();
  }

  /** A provider of the application. */
  get<T>(type: (abstract new (...args: never[]) => T) | (new (...args: never[]) => T)): T {
    return this.service.app.get<T>(type);
  }

  /** An n8n without any workflow. */
  instance(version: SimulatedVersion): SimulatedInstance {
    return new SimulatedInstance({ version, seed: `world ${version}`, clock: this.clock });
  }

  /** An n8n with one workflow that ran once, an hour ago. */
  started(version: SimulatedVersion): { instance: SimulatedInstance; workflowId: string } {
    const instance = this.instance(version);
    const { id: workflowId } = instance.addWorkflow({ name: 'Orders' });
    instance.startExecution({ workflowId, startedAt: this.clock.now() - HOUR });
    return { instance, workflowId };
  }

  /** `n` successes, one a second, all of them over by now. @returns their ids, oldest first */
  successes(instance: SimulatedInstance, workflowId: string, n: number): string[] {
    this.clock.advance(n * 1000 + MINUTE);
    const first = this.clock.now() - n * 1000 - MINUTE / 2;
    return Array.from({ length: n }, (_, k) =>
      instance.startExecution({ workflowId, startedAt: first + k * 1000, durationMs: 10 }),
    );
  }

  /** Serves an instance and adds a client for it. */
  async connect(instance: SimulatedInstance, timezone = 'America/New_York'): Promise<Connected> {
    const server = await startSimulatedN8n(instance);
    this.servers.push(server);
    return { instance, server, clientId: await this.addClient(server, timezone) };
  }

  async addClient(server: SimulatedN8n, timezone = 'America/New_York'): Promise<number> {
    const client = await this.get(ClientsService).create({
      name: `world ${Math.random()}`,
      n8nBaseUrl: server.baseUrl,
      n8nApiKey: server.apiKey,
      timezone,
      requestsPerMinute: 60_000,
    });
    return client.id;
  }

  /** A minute passes, then everything is collected. @returns the counts of the last sync */
  async sync(clientId: number, context: Partial<SyncContext> = {}): Promise<SyncCounts> {
    for (let n = 0; n < MAX_SYNCS; n += 1) {
      this.clock.advance(MINUTE);
      const { counts, more } = await this.get(CollectorService).sync(clientId, {
        signal: AbortSignal.timeout(60_000),
        progress: () => Promise.resolve(),
        full: true,
        ...context,
      });
      if (!more) return counts;
    }
    throw new Error('the walk does not end');
  }

  async rollUp(clientId: number): Promise<void> {
    await this.get(AggregatorService).recomputeAll(clientId);
  }

  async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.service.database.dataSource.query<Row[]>(sql, parameters);
  }

  async count(from: string, parameters: unknown[] = []): Promise<number> {
    const [row] = await this.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, parameters);
    return row?.n ?? 0;
  }

  /** Every stored execution of a client by its id; each id is stored once. */
  async executions(clientId: number): Promise<Map<string, StoredExecution>> {
    const rows = await this.query<StoredExecution>(
      `SELECT e.*, e.n8n_execution_id AS id, w.n8n_workflow_id AS workflow FROM workflow_executions e
         JOIN workflows w ON w.client_id = e.client_id AND w.id = e.workflow_id WHERE e.client_id = $1`,
      [clientId],
    );
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** One stored execution. @throws Error when it is not stored */
  async execution(clientId: number, id: string): Promise<StoredExecution> {
    const row = (await this.executions(clientId)).get(id);
    if (row === undefined) throw new Error(`execution ${id} is not stored`);
    return row;
  }

  async state(clientId: number): Promise<SyncState | undefined> {
    const rows = await this.query<SyncState>(
      `SELECT executions_error, workflows_error, consecutive_failures, failed_at,
              (extract(epoch FROM next_sync_at - $2::timestamptz) / 60)::float AS minutes FROM sync_states WHERE client_id = $1`,
      [clientId, new Date(this.clock.now())],
    );
    return rows[0];
  }

  async dailyFromRaw(clientId: number): Promise<DayCounts[]> {
    return this.query<DayCounts>(rawDays, [clientId]);
  }

  async dailyRollups(clientId: number): Promise<DayCounts[]> {
    return this.query<DayCounts>(rolledUpDays, [clientId]);
  }

  /** Every row of a table that belongs to a client, as text. */
  async dump(table: string, clientId: number): Promise<string[]> {
    const rows = await this.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t WHERE client_id = $1 ORDER BY 1`, [
      clientId,
    ]);
    return rows.map(({ row }) => row);
  }

  /** A call of the REST API by an administrator. */
  async http<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    // The clock here jumps; what the service remembers for a quarter of a real second would be of before the jump.
    this.get(ClientMoments).forget();
    const answer = await fetch(`${this.service.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }
}

/** Executions under way now, with a finished one above, so that lists which hide them leave a hole. @returns their ids */
export function startOpen(instance: SimulatedInstance, workflowId: string, n = 1): string[] {
  const ids = Array.from({ length: n }, () => instance.startExecution({ workflowId, outcome: 'never' }));
  const { id: other } = instance.addWorkflow({ name: 'Something else' });
  instance.startExecution({ workflowId: other, startedAt: instance.clock.now() - 1000, durationMs: 5 });
  return ids;
}
