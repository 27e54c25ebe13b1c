import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AggregatorService } from '../../src/aggregator/index.js';
import { ApiKeysService, AuthModule } from '../../src/auth/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { DirtyDaysRepository, PartitionsRepository } from '../../src/collector/index.js';
import { Clock, ClockModule, HttpModule, type LocalDay, localDayOf } from '../../src/common/index.js';
import { ConfigModule, loadConfig } from '../../src/config/index.js';
import { DatabaseModule, raiseDataVersion, withClientLock } from '../../src/database/index.js';
import { ClientMoments } from '../../src/metrics/client-moments.js';
import { MetricsModule } from '../../src/metrics/index.js';
import { N8nClientModule } from '../../src/n8n-client/index.js';
import { ProductionFilterModule } from '../../src/production-filter/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

export const ADMIN_KEY = 'fm_admin_key_of_the_metrics_tests';

/** An execution to store; what is left out is an ordinary success of workflow 1. */
export interface Run {
  id: string;
  at: string;
  workflowId?: number;
  status?: string;
  mode?: string;
  ms?: number | null;
  production?: boolean;
  reason?: string;
  epoch?: number;
  message?: string | null;
  node?: string | null;
  errorType?: string | null;
  detail?: 'none' | 'pending' | 'done' | 'unavailable';
}

class SetClock extends Clock {
  time = new Date('2026-03-10T12:00:00Z');

  now(): Date {
    return this.time;
  }
}

/** The members of a problem document that tests look at. */
export interface Problem {
  code: string;
  errors: { field: string; message: string }[];
}

/** A body whose shape the test states. */
export interface Reply<T> {
  status: number;
  body: T;
  text: string;
  headers: Record<string, unknown>;
}

/** The read API over a database of its own, and ways to change what it reads. */
export class MetricsWorld {
  private readonly replicas: MetricsWorld[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly app: NestFastifyApplication,
    private readonly clock: SetClock,
  ) {}

  /** @param env beside what every test has */
  static async open(env: Record<string, string> = {}): Promise<MetricsWorld> {
    return MetricsWorld.on(await createTestDatabase(), new SetClock(), env);
  }

  /** Another application on the same database. It is closed with this one. */
  async replica(env: Record<string, string> = {}): Promise<MetricsWorld> {
    const replica = await MetricsWorld.on(this.database, this.clock, env);
    this.replicas.push(replica);
    return replica;
  }

  private static async on(database: TestDatabase, clock: SetClock, env: Record<string, string>): Promise<MetricsWorld> {
    Logger.overrideLogger(false);
    const config = loadConfig({
      DATABASE_URL: database.url,
      ADMIN_API_KEY: ADMIN_KEY,
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'silent',
      ...env,
    });
    const testing = Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(database.url),
        ClockModule,
        HttpModule,
        AuthModule,
        N8nClientModule.forRoot({ userAgentVersion: 'test', allowPrivateNetworks: true }),
        ProductionFilterModule.forRoot(config.ruleDefaults),
        MetricsModule,
      ],
    });
    const compiled = await testing.overrideProvider(Clock).useValue(clock).compile();
    const app = compiled.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.setGlobalPrefix('api/v1');
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new MetricsWorld(database, app, clock);
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.app.close()));
    await this.app.close();
    await this.database.drop();
  }

  setNow(at: string): void {
    this.clock.time = new Date(at);
  }

  /** What the service remembers for a moment of how clients stand is forgotten first, as if that moment were over. */
  async get<T>(path: string, headers: Record<string, string> = {}, key: string | null = ADMIN_KEY): Promise<Reply<T>> {
    this.app.get(ClientMoments).forget();
    return this.getAsIs(path, headers, key);
  }

  /** A request like any other. */
  async getAsIs<T>(path: string, headers: Record<string, string> = {}, key: string | null = ADMIN_KEY): Promise<Reply<T>> {
    const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
    const reply = await this.app.inject({
      method: 'GET',
      url: `/api/v1/metrics/${path}`,
      headers: { ...authorization, ...headers },
    });
    const json = String(reply.headers['content-type']).includes('json') && reply.body !== '';
    return {
      status: reply.statusCode,
      body: (json ? JSON.parse(reply.body) : null) as T,
      text: reply.body,
      headers: reply.headers,
    };
  }

  async createClient(name: string, timezone: string, weekStartsOn = 1): Promise<number> {
    const client = await this.app
      .get(ClientsService, { strict: false })
      .create({ name, n8nBaseUrl: 'http://127.0.0.1:1', n8nApiKey: 'secret', timezone, weekStartsOn });
    return client.id;
  }

  async viewerKey(clientId: number | null): Promise<string> {
    const keys = this.app.get(ApiKeysService, { strict: false });
    return (await keys.create({ name: 'viewer', role: 'viewer', clientId, expiresAt: null })).key;
  }

  /** @returns its id */
  async createWorkflow(
    clientId: number,
    name: string,
    { active = true, deleted = false, tags = [] as string[] } = {},
  ): Promise<number> {
    const [row] = await this.database.dataSource.query<{ id: string }[]>(
      `INSERT INTO workflows (client_id, n8n_workflow_id, name, active, tags, deleted_at)
       VALUES ($1, gen_random_uuid()::text, $2, $3, $4, $5) RETURNING id`,
      [clientId, name, active, JSON.stringify(tags), deleted ? new Date() : null],
    );
    return Number(row?.id);
  }

  /** Stores executions and marks their days, as the collector does. */
  async store(clientId: number, runs: readonly Run[]): Promise<void> {
    await new PartitionsRepository(this.database.dataSource).ensurePartitions(runs.map((run) => new Date(run.at)));
    await withClientLock(this.database.dataSource, clientId, async (manager, { timezone }) => {
      await manager.query(insertRuns, [clientId, JSON.stringify(runs)]);
      const days: LocalDay[] = runs.map((run) => localDayOf(new Date(run.at), timezone));
      await new DirtyDaysRepository(this.database.dataSource).markDays(manager, clientId, days);
      await raiseDataVersion(manager, clientId);
    });
  }

  async synced(clientId: number, at: string): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE sync_states SET executions_synced_at = $2, first_observed_at = coalesce(first_observed_at, $2), watermark = '1',
              applied_timezone = coalesce(applied_timezone, (SELECT timezone FROM clients WHERE id = $1)) WHERE client_id = $1`,
      [clientId, at],
    );
  }

  async aggregate(clientId: number): Promise<void> {
    await this.app.get(AggregatorService, { strict: false }).recomputeAll(clientId);
  }

  async sql(text: string, parameters: unknown[] = []): Promise<void> {
    await this.database.dataSource.query(text, parameters);
  }
}

/** Two clients: one with four workflows and executions of several kinds, and one that is there to be kept apart. */
export async function seedAcme(world: MetricsWorld): Promise<{ acme: number; other: number; invoices: number }> {
  const acme = await world.createClient('Acme', 'Europe/Berlin');
  const other = await world.createClient('Other', 'UTC');
  const invoices = await world.createWorkflow(acme, 'Invoices', { tags: ['prod', 'billing'] });
  const idle = await world.createWorkflow(acme, '=Idle, "quoted"', { active: false });
  const gone = await world.createWorkflow(acme, 'Gone', { deleted: true });
  await world.createWorkflow(acme, 'Gone and silent', { deleted: true });
  await world.store(acme, [
    // Five at one instant: paging must not lose or repeat any.
    ...['1', '2', '3', '4', '5'].map((id) => ({ id, at: '2026-03-09T10:00:00Z', workflowId: invoices, ms: 1000 })),
    { id: '6', at: '2026-03-09T11:00:00Z', workflowId: invoices, ms: 3000, status: 'error' },
    { id: '7', at: '2026-03-09T12:00:00Z', workflowId: idle, ms: 10, mode: 'manual', production: false, reason: 'manual_mode' },
    { id: '8', at: '2026-03-08T23:30:00Z', workflowId: gone, ms: 10 },
    { id: '1', at: '2026-03-10T09:00:00Z', workflowId: invoices, ms: 10, epoch: 2, status: 'running' },
    { id: 'old', at: '2025-12-01T09:00:00Z', workflowId: invoices, ms: 10 },
  ]);
  await world.store(other, [{ id: '1', at: '2026-03-09T10:00:00Z', ms: 10, status: 'error' }]);
  await world.synced(acme, '2026-03-10T11:55:00Z');
  return { acme, other, invoices };
}

const insertRuns = `
  INSERT INTO workflow_executions (client_id, epoch, n8n_execution_id, started_at, workflow_id, status, mode, finished_at,
         execution_time_ms, is_production, filter_reason, rule_version, first_seen_at, last_changed_at,
         error_message, error_node, error_type, detail_state)
  SELECT $1, coalesce(r.epoch, 1), r.id, r.at, coalesce(r."workflowId", 1), coalesce(r.status, 'success'), coalesce(r.mode, 'webhook'),
         r.at + r.ms * interval '1 ms', r.ms, coalesce(r.production, true), coalesce(r.reason, 'mode_webhook'), 0, r.at, r.at,
         r.message, r.node, r."errorType", coalesce(r.detail, 'none')
    FROM jsonb_to_recordset($2::jsonb) AS r(id text, at timestamptz, "workflowId" bigint, status text, mode text, ms bigint,
         production boolean, reason text, epoch integer, message text, node text, "errorType" text, detail text)`;
