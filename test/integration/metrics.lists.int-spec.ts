import { FilterRulesService } from '../../src/production-filter/index.js';
import { type ExplainedExecutionDto } from '../../src/metrics/dto/explain.dto.js';
import { type ExecutionDto, type ExecutionsDto } from '../../src/metrics/dto/executions.dto.js';
import { type OverviewDto, type SummaryDto } from '../../src/metrics/dto/summary.dto.js';
import { type WorkflowsDto } from '../../src/metrics/dto/workflows.dto.js';
import { MetricsWorld, type Problem, seedAcme } from './metrics.fixture.js';

let world: MetricsWorld;
let acme: number;
let invoices: number;

beforeAll(async () => {
  world = await MetricsWorld.open();
  ({ acme, invoices } = await seedAcme(world));
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

describe('envelopes', () => {
  it('the summary counts workflows that exist and tells the last activity of any kind', async () => {
    const { body } = await world.get<SummaryDto>(`client/${acme}`);
    expect(body).toMatchObject({
      client_id: acme,
      client_name: 'Acme',
      start_date: '2026-02-09',
      end_date: '2026-03-10',
      timezone: 'Europe/Berlin',
      total_workflows: 2,
      active_workflows: 1,
      failed_executions: 1,
      excluded_executions: 1,
      open_executions: 1,
      is_partial: true,
      last_activity: '2026-03-10T09:00:00.000Z',
    });
  });

  it('the overview adds clients up exactly', async () => {
    const { body } = await world.get<OverviewDto>('all?start_date=2026-03-01&end_date=2026-03-10');
    const total = body.clients.reduce((sum, client) => sum + client.total_executions, 0);
    expect(body.clients.map((client) => client.client_name)).toEqual(['Acme', 'Other']);
    expect(body).toMatchObject({ total_clients: 2, total_workflows: 2, total_executions: total, time_saved_hours: null });
    expect(body.overall_success_rate).toBe(Math.round(((total - 2) / total) * 1_000_000) / 10_000);
    const key = await world.viewerKey(null);
    expect((await world.get('all', {}, key)).status).toBe(200);
  });

  it('workflows are listed with their figures, page by page, deleted ones only when they ran', async () => {
    const { body } = await world.get<WorkflowsDto>(`client/${acme}/workflows?sort=workflow_name`);
    expect(body.workflows.map((one) => [one.workflow_name, one.deleted, one.last_execution])).toEqual([
      ['=Idle, "quoted"', false, '2026-03-09T12:00:00.000Z'],
      ['Gone', true, '2026-03-08T23:30:00.000Z'],
      ['Invoices', false, '2026-03-10T09:00:00.000Z'],
    ]);
    expect(body.workflows[2]).toMatchObject({ workflow_id: invoices, tags: ['prod', 'billing'], failed_executions: 1 });
    const total = body.workflows.reduce((sum, one) => sum + one.total_executions, 0);
    expect([body.summary.total_executions, body.next_cursor]).toEqual([total, null]);
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await world.get<WorkflowsDto>(`client/${acme}/workflows?sort=total_executions&limit=1${query}`);
      names.push(...page.body.workflows.map((one) => one.workflow_name));
      cursor = page.body.next_cursor;
    }
    expect(names).toEqual(['Invoices', 'Gone', '=Idle, "quoted"']);
    const first = await world.get<WorkflowsDto>(`client/${acme}/workflows?sort=total_executions&limit=1`);
    const wrong = await world.get<Problem>(`client/${acme}/workflows?sort=workflow_name&cursor=${first.body.next_cursor ?? ''}`);
    expect(wrong.body.code).toBe('invalid_cursor');
  });

  it('series and lists also come as CSV', async () => {
    const path = `client/${acme}/workflows?sort=workflow_name`;
    const { headers, text } = await world.get(path, { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^workflow_id,n8n_workflow_id,workflow_name,active,deleted,tags,total_executions,/);
    expect(lines[1]).toContain(`"'=Idle, ""quoted"""`);
    expect(lines[3]).toContain('prod;billing');
    const json = await world.get(path);
    expect(json.headers.etag).not.toBe(headers.etag);
  });
});

describe('executions', () => {
  const idsOf = async (query: string): Promise<string[]> => {
    const { body } = await world.get<ExecutionsDto>(`client/${acme}/executions?${query}`);
    return body.items.map((item) => item.n8n_execution_id);
  };

  it('come newest first, each once, over any page size', async () => {
    const whole = await idsOf('');
    expect(whole.slice(0, 3)).toEqual(['1', '7', '6']);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await world.get<ExecutionsDto>(`client/${acme}/executions?limit=2${query}`);
      expect(page.headers['x-cache']).toBe('bypass');
      paged.push(...page.body.items.map((item) => item.n8n_execution_id));
      cursor = page.body.next_cursor;
    }
    expect(paged).toEqual(whole);
    // Started before the retention limit: given up, although still stored.
    expect(whole).not.toContain('old');
    expect((await world.get(`client/${acme}/executions/old`)).status).toBe(404);
  });

  it.each([
    ['status=error', ['6']],
    ['mode=manual', ['7']],
    ['production=false', ['7']],
    ['reason=manual_mode', ['7']],
    // 23:30 UTC is half past midnight in Berlin.
    ['start_date=2026-03-09&end_date=2026-03-09&status=success&limit=1', ['7']],
    ['start_date=2026-03-10', ['1']],
    ['end_date=2026-03-08', []],
    ['status=no-such-status', []],
  ])('are filtered by %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it('one is served with its verdict, the newer one when an id came twice', async () => {
    const { body } = await world.get<ExecutionDto>(`client/${acme}/executions/6`);
    expect(body).toMatchObject({
      n8n_execution_id: '6',
      workflow_id: invoices,
      workflow_name: 'Invoices',
      status: 'error',
      execution_time_ms: 3000,
      finished_at: '2026-03-09T11:00:03.000Z',
      is_production: true,
      filter_reason: 'mode_webhook',
      rule_version: 0,
    });
    expect((await world.get<ExecutionDto>(`client/${acme}/executions/1`)).body).toMatchObject({ epoch: 2, status: 'running' });
  });

  it('one is explained by every rule in its order, by the workflow as it is now', async () => {
    const { body } = await world.get<ExplainedExecutionDto>(`client/${acme}/executions/7`);
    expect(body.explain).toMatchObject({
      rule_version: 0,
      workflow: { name: '=Idle, "quoted"', tags: [] },
      is_production: false,
      filter_reason: 'manual_mode',
      matches_stored_verdict: true,
      note: null,
    });
    expect(body.explain.rules).toHaveLength(12);
    expect(body.explain.rules[0]).toEqual({ rule: 'manual_mode', outcome: 'decided', saw: 'mode manual' });
    expect(body.explain.rules[1]).toEqual({ rule: 'custom_exclude', outcome: 'not_reached', saw: null });
  });

  it('one whose stored verdict is older than the rules in force says so', async () => {
    const rules = world.app.get(FilterRulesService, { strict: false });
    const { version } = await rules.put(acme, { exclude_workflow_patterns: ['invoice'] }, 'test');
    const { body } = await world.get<ExplainedExecutionDto>(`client/${acme}/executions/6`);
    expect(body).toMatchObject({ is_production: true, filter_reason: 'mode_webhook' });
    expect(body.explain).toMatchObject({
      rule_version: version,
      workflow: { name: 'Invoices', tags: ['prod', 'billing'] },
      is_production: false,
      filter_reason: 'custom_exclude',
      matches_stored_verdict: false,
      note: `The stored verdict (production, mode_webhook) was made by rule version 0; it is about to be made anew by version ${version}.`,
    });
    expect(body.explain.rules.filter(({ outcome }) => outcome === 'decided')).toEqual([
      { rule: 'custom_exclude', outcome: 'decided', saw: 'name "Invoices" matches "invoice"' },
    ]);
  });
});
