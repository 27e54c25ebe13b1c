import { ClientsService } from '../../src/clients/index.js';
import { CollectorService, type SyncCounts } from '../../src/collector/index.js';
import {
  generateHistory,
  SimulatedClock,
  SimulatedInstance,
  type SimulatedN8n,
  type SimulatedVersion,
  startSimulatedN8n,
  versions,
} from '../../simulator/index.js';
import { startTestApp, type TestApp } from '../support/app.js';

let service: TestApp;
const running: SimulatedN8n[] = [];

beforeAll(async () => {
  service = await startTestApp();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

afterAll(async () => {
  await service.close();
});

/** A simulated n8n with history, and a client that points to it. */
async function connect(
  version: SimulatedVersion,
  count: number,
): Promise<{ instance: SimulatedInstance; server: SimulatedN8n; clientId: number }> {
  const clock = SimulatedClock.real();
  const instance = new SimulatedInstance({ version, seed: `collector-${version}-${count}`, clock });
  generateHistory(instance, { count, days: 20, until: new Date(clock.now()), seed: 7 });
  const server = await startSimulatedN8n(instance);
  running.push(server);
  const client = await service.app.get(ClientsService).create({
    name: `collector ${version} ${Math.random()}`,
    n8nBaseUrl: server.baseUrl,
    n8nApiKey: server.apiKey,
    timezone: 'America/New_York',
    requestsPerMinute: 60_000,
  });
  return { instance, server, clientId: client.id };
}

async function sync(clientId: number): Promise<SyncCounts> {
  for (let n = 0; n < 20; n += 1) {
    const { counts, more } = await service.app
      .get(CollectorService)
      .sync(clientId, { signal: AbortSignal.timeout(60_000), progress: () => Promise.resolve(), full: true });
    if (!more) return counts;
  }
  throw new Error('the backfill does not end');
}

interface Row {
  id: string;
  status: string;
  started_at: Date;
  finished_at: Date | null;
  retry_success_id: string | null;
  error_message: string | null;
}

async function stored(clientId: number): Promise<Map<string, Row>> {
  const rows = await service.database.dataSource.query<Row[]>(
    `SELECT n8n_execution_id AS id, status, started_at, finished_at, retry_success_id, error_message
       FROM workflow_executions WHERE client_id = $1`,
    [clientId],
  );
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every saved execution, as the instance itself knows it, is stored the same. */
async function expectEqual(instance: SimulatedInstance, clientId: number): Promise<void> {
  const rows = await stored(clientId);
  const truth = instance.truth();
  const summary = (status: string, start: string | null): string => `${status} ${start ?? 'none'}`;
  const served = Object.fromEntries([...rows.values()].map((row) => [row.id, summary(row.status, row.started_at.toISOString())]));
  const expected = Object.fromEntries(truth.map((row) => [row.id, summary(row.status, row.startedAt ?? row.stoppedAt)]));
  expect(served).toEqual(expected);
}

describe.each(versions)('collecting from n8n %s', (version) => {
  it('stores all of the history, and a second sync changes nothing', async () => {
    const { instance, clientId } = await connect(version, 1_200);
    await sync(clientId);
    await expectEqual(instance, clientId);
    const second = await sync(clientId);
    expect(second).toMatchObject({ executions_new: 0, executions_changed: 0 });
  });

  it('brings executions that were running or waiting to their end, each once', async () => {
    const { instance, clientId } = await connect(version, 60);
    const [workflow] = instance.database.workflows.list();
    if (workflow === undefined) throw new Error('the history has no workflow');
    const running20s = instance.startExecution({ workflowId: workflow.id, mode: 'webhook', durationMs: 20_000 });
    const waiting = instance.startWaiting({
      workflowId: workflow.id,
      mode: 'webhook',
      waitTill: instance.clock.now() + 3_600_000,
      lastLegMs: 400,
    });
    instance.startExecution({ workflowId: workflow.id, mode: 'webhook', durationMs: 5, startedAt: instance.clock.now() - 100 });
    instance.clock.advance(1_000); // the one that waits runs for a moment first
    await sync(clientId);
    expect((await stored(clientId)).get(running20s)?.status).toBe('running');
    expect((await stored(clientId)).get(waiting)?.status).toBe('waiting');
    instance.clock.advance(25_000);
    await sync(clientId);
    expect((await stored(clientId)).get(running20s)?.status).toBe('success');
    instance.clock.advance(3_600_000);
    await sync(clientId);
    await expectEqual(instance, clientId);
  });
});
