import { World } from './collector.fixture.js';

/** What a current n8n shows at once. */
const PAGE = 250;
const tables = [
  'workflow_executions',
  'workflows',
  'workflow_time_saved',
  'pending_executions',
  'coverage_gaps',
  'dirty_days',
  'metrics_aggregations',
];

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world.close();
});

/** Every row version of a client by the transaction that wrote it and where it lies: writing a row anew, even as it was, shows. */
async function rowVersions(clientId: number): Promise<Record<string, string[]>> {
  const versionsOf: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await world.query<{ version: string }>(
      `SELECT concat_ws(' ', tableoid::regclass, ctid, xmin) AS version FROM ${table} WHERE client_id = $1 ORDER BY 1`,
      [clientId],
    );
    versionsOf[table] = rows.map(({ version }) => version);
  }
  return versionsOf;
}

const dataVersion = async (clientId: number): Promise<unknown> =>
  (await world.query('SELECT data_version FROM sync_states WHERE client_id = $1', [clientId]))[0];

describe('a sync of 250 executions that have not changed', () => {
  it('writes no row and makes no day dirty', async () => {
    const instance = world.instance('2.40');
    const { id: workflowId } = instance.addWorkflow({ name: 'Orders', settings: { timeSavedPerExecution: 3 } });
    world.successes(instance, workflowId, PAGE);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    await world.rollUp(clientId);
    const [before, versionBefore] = [await rowVersions(clientId), await dataVersion(clientId)];
    expect(before.workflow_executions).toHaveLength(PAGE);
    expect(before.dirty_days).toEqual([]);
    const counts = await world.sync(clientId, { full: false });
    expect(counts).toMatchObject({ executions_unchanged: PAGE, executions_new: 0, executions_changed: 0 });
    expect(await rowVersions(clientId)).toEqual(before);
    expect(await dataVersion(clientId)).toEqual(versionBefore);
  });
});

describe('a first walk that meets executions which were stored meanwhile', () => {
  it('stores the others and leaves those as they are', async () => {
    const instance = world.instance('2.40');
    const { id: workflowId } = instance.addWorkflow({ name: 'Orders' });
    world.successes(instance, workflowId, 3 * PAGE);
    const { clientId } = await world.connect(instance);
    await world.sync(clientId);
    const kept = 10;
    await world.query(
      `DELETE FROM workflow_executions WHERE client_id = $1 AND n8n_execution_id::bigint NOT IN (
         SELECT n8n_execution_id::bigint FROM workflow_executions WHERE client_id = $1 ORDER BY 1 LIMIT $2)`,
      [clientId, kept],
    );
    const versions = `SELECT n8n_execution_id AS id, xmin::text FROM workflow_executions
      WHERE client_id = $1 ORDER BY n8n_execution_id::bigint LIMIT $2`;
    const before = await world.query(versions, [clientId, kept]);
    await world.query('UPDATE sync_states SET watermark = NULL, watermark_at = NULL WHERE client_id = $1', [clientId]);
    const counts = await world.sync(clientId);
    expect(counts).toMatchObject({ executions_new: 3 * PAGE - kept, executions_unchanged: kept, executions_changed: 0 });
    expect(await world.executions(clientId)).toHaveProperty('size', 3 * PAGE);
    expect(await world.count('workflow_executions WHERE client_id = $1', [clientId])).toBe(3 * PAGE);
    expect(await world.query(versions, [clientId, kept])).toEqual(before);
  });
});
