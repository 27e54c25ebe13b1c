import fc from 'fast-check';
import { type ExecutionRow } from '../../src/collector/execution-row.js';
import { ExecutionRowsRepository } from '../../src/collector/execution-rows.repository.js';
import { PartitionsRepository } from '../../src/collector/partitions.repository.js';
import { ClientLock } from '../../src/database/index.js';
import { World } from './collector.fixture.js';

/** The years that an execution may name. */
const EARLIEST = new Date('0001-01-01T00:00:00.000Z');
const LATEST = new Date('9999-12-31T23:59:59.999Z');
const ROWS = 2_000;

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

function row(n: number, workflowId: number, at: Date): ExecutionRow {
  const verdict = { isProduction: true, filterReason: 'mode_trigger', detailState: 'none' as const };
  const retries = { retryOf: null, retrySuccessId: null };
  const times = { startedAt: new Date(world.clock.now()), finishedAt: at, waitTill: at, executionTimeMs: null };
  return { id: String(n), workflowId, status: 'success', mode: 'trigger', ...times, ...verdict, ...retries };
}

describe.each(['insert', 'upsert'] as const)('%s of executions', (how) => {
  it('keeps instants of every year to the millisecond', async () => {
    const { instance, workflowId: n8nId } = world.started('2.40');
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const [workflow] = await world.query<{ id: string }>(
      'SELECT id FROM workflows WHERE client_id = $1 AND n8n_workflow_id = $2',
      [clientId, n8nId],
    );
    const random = fc.sample(fc.date({ min: EARLIEST, max: LATEST, noInvalidDate: true }), ROWS);
    const instants = [EARLIEST, LATEST, new Date(-1), new Date(0), new Date(1), ...random];
    const rows = instants.map((at, n) => row(1_000 + n, Number(workflow?.id), at));
    await world.get(PartitionsRepository).ensurePartitions(rows.map(({ startedAt }) => startedAt));
    await world.get(ClientLock).run(clientId, (manager, state) => {
      return world.get(ExecutionRowsRepository)[how](manager, state, rows, new Date(world.clock.now()));
    });
    const stored = await world.query<{ finished: string; waits: string }>(
      `SELECT (extract(epoch FROM finished_at) * 1000)::text AS finished, (extract(epoch FROM wait_till) * 1000)::text AS waits
         FROM workflow_executions WHERE client_id = $1 AND n8n_execution_id::bigint >= 1000 ORDER BY n8n_execution_id::bigint`,
      [clientId],
    );
    const expected = instants.map((at) => at.getTime());
    expect(stored.map(({ finished }) => Number(finished))).toEqual(expected);
    expect(stored.map(({ waits }) => Number(waits))).toEqual(expected);
  });
});
