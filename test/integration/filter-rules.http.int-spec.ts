import { World } from './collector.fixture.js';
import { at, RuledClient } from './rule-preview.fixture.js';

/** As the documentation of the service shows it. */
const DOCUMENTED = {
  exclude_manual: true,
  exclude_test_workflows: true,
  exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
  include_workflow_patterns: ['.*prod.*'],
};

interface OpenApi {
  paths: Record<
    string,
    Record<string, { requestBody: { content: Record<string, { examples: Record<string, { value: object }> }> } }>
  >;
}

interface Answer {
  version: number;
  author: string;
  created_at: string | null;
  explanation: string[];
  rules: Record<string, unknown>;
  job_id: string;
  job_url: string;
}

let world: World;
let client: RuledClient;

beforeAll(async () => {
  world = await World.open();
  client = await RuledClient.create(world, 'Europe/Berlin');
});

afterAll(async () => {
  await world.close();
});

const url = (path = ''): string => `/clients/${client.id}/filter-rules${path}`;

describe('filter rules over HTTP', () => {
  it('has the documented JSON as the body that Swagger UI offers, and explains it back', async () => {
    const document = (await (await fetch(`${world.service.url}/docs-json`)).json()) as OpenApi;
    const offered = (path: string, method: string): object | undefined => {
      const examples = document.paths[path]?.[method]?.requestBody.content['application/json']?.examples ?? {};
      return Object.values(examples)[0]?.value;
    };
    expect(offered('/api/v1/clients/{id}/filter-rules', 'put')).toEqual(DOCUMENTED);
    expect(offered('/api/v1/clients/{id}/filter-rules/preview', 'post')).toEqual(DOCUMENTED);

    const tried = await world.http<Answer>('POST', url('/preview'), DOCUMENTED);
    const stored = await world.http<Answer>('PUT', url(), DOCUMENTED);
    const read = await world.http<Answer>('GET', url());
    for (const answer of [tried, stored, read]) {
      expect(answer.rules).toMatchObject(DOCUMENTED);
      expect(answer.explanation.slice(1, 4)).toEqual([
        'Manual executions are not production (exclude_manual).',
        expect.stringContaining('matches ".*test.*" or ".*dev.*" is not production'),
        expect.stringContaining('matches ".*prod.*" is production'),
      ]);
    }
  });

  it('answers a change with the job that applies it, and remembers who made it', async () => {
    const before = await world.http<Answer>('GET', url());
    const stored = await world.http<Answer>('PUT', url(), { exclude_workflow_patterns: ['^orders$'] });
    expect(stored.version).toBe(before.version + 1);
    expect(stored.job_url).toBe(`/api/v1/metrics/admin/jobs/${stored.job_id}`);
    await expect(world.http('GET', `/metrics/admin/jobs/${stored.job_id}`)).resolves.toMatchObject({
      name: 'apply-configuration',
      client_id: client.id,
      state: 'queued',
    });
    const { items } = await world.http<{ items: Answer[] }>('GET', url('/versions'));
    expect(items[0]).toMatchObject({ version: stored.version, author: 'bootstrap', created_at: '2026-03-18T12:00:00.000Z' });
    expect(items.at(-1)).toMatchObject({ version: 0, author: 'defaults', created_at: null });
    const events = await world.query<{ actor: string; details: object }>(
      `SELECT actor, details FROM audit_events WHERE action = 'filter-rules.put' AND target = $1 ORDER BY id DESC`,
      [`client:${client.id}`],
    );
    expect(events[0]).toMatchObject({
      actor: 'bootstrap',
      details: { version: stored.version, job_id: stored.job_id, rules: { exclude_workflow_patterns: ['^orders$'] } },
    });
  });
});

describe('the audit over HTTP', () => {
  it('says equal after a change of rules, lists what was bent, and refuses what cannot be', async () => {
    await client.store([at('2026-03-10T10:00:00Z'), at('2026-03-11T10:00:00Z', { workflow: 1 })]);
    await client.apply({});
    const audit = (range = ''): Promise<object> => world.http('POST', `/metrics/admin/audit/${client.id}${range}`);
    await expect(audit()).resolves.toMatchObject({ equal: true, complete: false, dirty_days: ['2026-03-10', '2026-03-11'] });
    await world.rollUp(client.id);
    await expect(audit()).resolves.toMatchObject({
      client_id: client.id,
      timezone: 'Europe/Berlin',
      start_date: '2026-03-10',
      end_date: '2026-03-11',
      equal: true,
      complete: true,
      rows_compared: { daily: 4, weekly: 3, monthly: 3 },
      differences: [],
    });
    await world.query(
      `UPDATE metrics_aggregations SET time_saved_ms = 5 WHERE client_id = $1 AND workflow_id = 0 AND period_type = 'monthly'`,
      [client.id],
    );
    await expect(audit('?start_date=2026-03-11&end_date=2026-03-11')).resolves.toMatchObject({
      equal: false,
      total_differences: 1,
      differences: [
        {
          period_type: 'monthly',
          period_start: '2026-03-01',
          workflow_id: 0,
          kind: 'different',
          fields: [{ field: 'time_saved_ms', stored: '5', recomputed: '0' }],
        },
      ],
    });
    await expect(audit('?start_date=2026-03-11&end_date=2026-03-10')).rejects.toThrow(/400 .*start_date/);
    await expect(audit('?since=2026-03-11')).rejects.toThrow(/400 .*since/);
    await expect(world.http('POST', '/metrics/admin/audit/999999')).rejects.toThrow(/404 .*client_not_found/);
  });
});
