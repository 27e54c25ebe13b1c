import { type EntityManager } from 'typeorm';
import { type ExecutionStatDto, type ExecutionStatsDto } from '../../src/metrics/dto/execution-stats.dto.js';
import { type FailureGroupDto, type FailuresDto } from '../../src/metrics/dto/failures.dto.js';
import { type SummaryDto } from '../../src/metrics/dto/summary.dto.js';
import { RawGroupsReadModel } from '../../src/metrics/raw-groups.read-model.js';
import { MetricsWorld, type Problem, type Run } from './metrics.fixture.js';

let world: MetricsWorld;
let acme: number;
let other: number;
let invoices: number;
let reminders: number;

const failure = (id: string, at: string, rest: Partial<Run>): Run => ({
  id,
  at,
  status: 'error',
  ms: 500,
  workflowId: invoices,
  node: 'HTTP Request',
  detail: 'done',
  ...rest,
});

const manyTexts = (message: string, i: number): Run => failure(String(i), '2026-03-04T10:00:00Z', { message, workflowId: 1 });

beforeAll(async () => {
  world = await MetricsWorld.open();
  acme = await world.createClient('Acme', 'Europe/Berlin');
  other = await world.createClient('Other', 'UTC');
  invoices = await world.createWorkflow(acme, 'Invoices');
  reminders = await world.createWorkflow(acme, 'Reminders');
  const type = { errorType: 'NodeApiError' };
  await world.store(acme, [
    failure('1', '2026-03-01T10:00:00Z', { message: 'Order 17 not found', errorType: 'NodeOperationError' }),
    failure('2', '2026-03-02T10:00:00Z', { message: 'Order 17 not found', ...type }),
    failure('3', '2026-03-03T10:00:00Z', { message: 'Order 4711 not found', ...type, status: 'crashed' }),
    failure('4', '2026-03-04T10:00:00Z', { message: 'Order 4712 not found', ...type }),
    failure('5', '2026-03-04T11:00:00Z', { message: 'Order 4712 not found', node: 'Set', ...type }),
    failure('6', '2026-03-04T12:00:00Z', { message: 'Order 4712 not found', workflowId: reminders, ...type }),
    failure('7', '2026-03-05T10:00:00Z', { message: 'Request failed with status code 502', ...type }),
    failure('8', '2026-03-05T11:00:00Z', { message: 'Request failed with status code 502', ...type }),
    failure('9', '2026-03-05T12:00:00Z', { message: 'Request failed with status code 401', ...type }),
    failure('10', '2026-03-06T10:00:00Z', { node: null, detail: 'pending' }),
    failure('11', '2026-03-06T11:00:00Z', { node: null, detail: 'unavailable', errorType: 'not_found' }),
    failure('12', '2026-03-06T12:00:00Z', { message: 'Order 1 not found', production: false, mode: 'manual', ...type }),
    { id: '13', at: '2026-03-06T13:00:00Z', workflowId: invoices, ms: 1500 },
    { id: '14', at: '2026-03-06T14:00:00Z', workflowId: invoices, ms: 2501 },
    { id: '15', at: '2026-03-06T15:00:00Z', workflowId: invoices, ms: null, status: 'running', mode: 'trigger' },
    // 23:30 UTC is half past midnight in Berlin.
    failure('late', '2026-02-28T23:30:00Z', { message: 'at midnight', ...type }),
    failure('old', '2025-12-01T09:00:00Z', { message: 'before the retention limit', ...type }),
  ]);
  await world.store(other, [failure('1', '2026-03-04T10:00:00Z', { message: 'of somebody else', workflowId: 1 })]);
  await world.synced(acme, '2026-03-10T11:55:00Z');
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

describe('errors', () => {
  const errors = async (query = ''): Promise<FailuresDto> =>
    (await world.get<FailuresDto>(`client/${acme}/errors?${query}`)).body;
  const shown = (group: FailureGroupDto): unknown[] => [group.workflow_name, group.error_node, group.message, group.count];

  it('put together what differs in numbers only, by workflow and node, the largest group first', async () => {
    const body = await errors('start_date=2026-03-01');
    expect(body.items.map(shown)).toEqual([
      ['Invoices', 'HTTP Request', 'Order <number> not found', 4],
      ['Invoices', null, null, 2],
      ['Invoices', 'HTTP Request', 'Request failed with status code 502', 2],
      ['Invoices', 'HTTP Request', 'Request failed with status code 401', 1],
      ['Reminders', 'HTTP Request', 'Order <number> not found', 1],
      ['Invoices', 'Set', 'Order <number> not found', 1],
      ['Invoices', 'HTTP Request', 'at midnight', 1],
    ]);
    expect(body.items[0]).toMatchObject({
      workflow_id: invoices,
      error_type: 'NodeApiError',
      sample_message: 'Order 4712 not found',
      share: 33.3333,
      first_seen: '2026-03-01T10:00:00.000Z',
      last_seen: '2026-03-04T10:00:00.000Z',
      sample_execution_ids: ['4', '3', '2'],
    });
    expect(new Set(body.items.map(({ fingerprint }) => fingerprint)).size).toBe(7);
  });

  it('say how many have no detail yet, and how many never will', async () => {
    const body = await errors('start_date=2026-03-01');
    expect(body).toMatchObject({
      client_id: acme,
      client_name: 'Acme',
      workflow_id: null,
      start_date: '2026-03-01',
      end_date: '2026-03-10',
      timezone: 'Europe/Berlin',
      total_failures: 12,
      details_pending: 1,
      details_unavailable: 1,
      ungrouped_failures: 0,
      next_cursor: null,
    });
    // What could not be had says nothing about the failure.
    expect(body.items[1]?.error_type).toBeNull();
  });

  it('add up to the failed executions of the summary of the same range', async () => {
    for (const range of ['start_date=2026-03-01&end_date=2026-03-05', '']) {
      const summary = await world.get<SummaryDto>(`client/${acme}?${range}`);
      const body = await errors(range);
      expect(body.total_failures).toBe(summary.body.failed_executions);
      expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBe(body.total_failures);
    }
  });

  it.each([
    ['start_date=2026-03-05&end_date=2026-03-05', [2, 1]],
    ['start_date=2026-03-01&end_date=2026-03-01', [1, 1]],
    ['end_date=2026-02-28', []],
    ['production=false', [1]],
  ])('are filtered by %s', async (query, counts) => {
    expect((await errors(query)).items.map(({ count }) => count)).toEqual(counts);
  });

  it('of one workflow are those of that workflow', async () => {
    const body = await errors(`workflow_id=${reminders}`);
    expect([body.workflow_id, body.items.map(shown)]).toEqual([
      reminders,
      [['Reminders', 'HTTP Request', 'Order <number> not found', 1]],
    ]);
    const none = await world.get<Problem>(`client/${acme}/errors?workflow_id=4711`);
    expect([none.status, none.body.code]).toEqual([404, 'workflow_not_found']);
  });

  it('reach as far back as executions are kept, whatever is stored', async () => {
    const body = await errors('start_date=2025-11-01');
    expect([body.start_date, body.raw_from]).toEqual(['2025-11-01', '2025-12-09T23:00:00.000Z']);
    expect(body.items.map(({ message }) => message)).not.toContain('before the retention limit');
  });

  it('come page by page, each group once, and as CSV', async () => {
    const whole = await errors();
    const paged: FailureGroupDto[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await errors(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.total_failures).toBe(12);
      paged.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(whole.items);
    const csv = await world.get(`client/${acme}/errors?limit=1`, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[1]).toContain(',HTTP Request,NodeApiError,Order <number> not found,Order 4712 not found,4,');
    expect(csv.headers['x-next-cursor']).toBeTruthy();
  });

  it('are kept until the data changes', async () => {
    const path = `client/${acme}/errors?start_date=2026-03-02`;
    await world.get(path);
    expect((await world.get(path)).headers['x-cache']).toBe('hit');
    await world.store(acme, [failure('16', '2026-03-09T10:00:00Z', { message: 'Order 9 not found' })]);
    const { headers, body } = await world.get<FailuresDto>(path);
    expect([headers['x-cache'], body.total_failures]).toEqual(['miss', 11]);
    await world.sql(`DELETE FROM workflow_executions WHERE n8n_execution_id = '16'`);
    await world.sql('UPDATE sync_states SET data_version = data_version + 1');
  });

  it('with an id in every text are one group, however many they are', async () => {
    const many = await world.createClient('Many', 'UTC');
    const messages = Array.from({ length: 6_000 }, (_, i) => `Order ${i} not found`);
    await world.store(many, messages.map(manyTexts));
    const { body } = await world.get<FailuresDto>(`client/${many}/errors`);
    expect(body.items.map(({ message, count }) => [message, count])).toEqual([['Order <number> not found', 6_000]]);
    expect([body.total_failures, body.ungrouped_failures]).toEqual([6_000, 0]);
  });

  it('with more groups than are kept say how many are in none', async () => {
    const many = await world.createClient('Very many', 'UTC');
    const letters = (n: number): string => String(n).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    const messages = Array.from({ length: 5_500 }, (_, i) => `no ${letters(i)}`);
    await world.store(many, [...messages, ...messages.slice(-600)].map(manyTexts));
    const { body } = await world.get<FailuresDto>(`client/${many}/errors?limit=500`);
    expect([body.total_failures, body.ungrouped_failures]).toEqual([6_100, 500]);
    // The most frequent ones are not among them.
    expect(body.items.every(({ count }) => count === 2)).toBe(true);
  });
});

describe('execution stats', () => {
  const stats = async (query = ''): Promise<ExecutionStatsDto> =>
    (await world.get<ExecutionStatsDto>(`client/${acme}/execution-stats?${query}`)).body;

  it('count by workflow, mode and status, production and not apart, with durations', async () => {
    const body = await stats('start_date=2026-03-05');
    expect(body.items.map((one) => [one.workflow_name, one.mode, one.status, one.is_production, one.executions])).toEqual([
      ['Invoices', 'webhook', 'error', true, 5],
      ['Invoices', 'webhook', 'success', true, 2],
      ['Invoices', 'trigger', 'running', true, 1],
      ['Invoices', 'manual', 'error', false, 1],
    ]);
    expect(body.items[1]).toMatchObject({
      timed_executions: 2,
      total_execution_time_ms: 4001,
      avg_execution_time_seconds: 2.0005,
      min_execution_time_seconds: 1.5,
      max_execution_time_seconds: 2.501,
      first_started_at: '2026-03-06T13:00:00.000Z',
      last_started_at: '2026-03-06T14:00:00.000Z',
    });
    expect(body.items[2]).toMatchObject({
      timed_executions: 0,
      avg_execution_time_seconds: null,
      min_execution_time_seconds: null,
    });
    expect(body).toMatchObject({ total_executions: 9, ungrouped_executions: 0, timezone: 'Europe/Berlin' });
  });

  it.each([
    ['production=false', [['manual', 1]]],
    [
      'production=true&start_date=2026-03-06',
      [
        ['webhook', 2],
        ['webhook', 2],
        ['trigger', 1],
      ],
    ],
    ['end_date=2026-02-28', []],
  ])('are filtered by %s', async (query, counts) => {
    expect((await stats(query)).items.map((one) => [one.mode, one.executions])).toEqual(counts);
  });

  it('come page by page, each group once', async () => {
    const whole = await stats();
    const paged: ExecutionStatDto[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await stats(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(whole.items);
    expect(whole.items.reduce((sum, { executions }) => sum + executions, 0)).toBe(whole.total_executions);
  });
});

describe('both', () => {
  it.each(['errors', 'execution-stats'])('%s refuse what cannot be meant and hide other clients', async (name) => {
    const refused = async (query: string): Promise<unknown[]> => {
      const { status, body } = await world.get<Problem>(`client/${acme}/${name}?${query}`);
      return [status, body.code, body.errors.map(({ field }) => field)];
    };
    expect(await refused('start_date=2026-03-02&end_date=2026-03-01')).toEqual([
      400,
      'invalid_range',
      ['start_date', 'end_date'],
    ]);
    expect(await refused('start_date=2020-01-01')).toEqual([400, 'range_too_long', ['start_date', 'end_date']]);
    expect(await refused('production=')).toEqual([400, 'invalid_request', ['production']]);
    expect(await refused('workflow=1')).toEqual([400, 'invalid_request', ['workflow']]);
    expect(await refused('cursor=abc')).toEqual([400, 'invalid_cursor', ['cursor']]);
    const key = await world.viewerKey(acme);
    expect((await world.get(`client/${acme}/${name}`, {}, key)).status).toBe(200);
    const foreign = await world.get<Problem>(`client/${other}/${name}`, {}, key);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'client_not_found']);
  });

  it.each(['failures', 'executionStats'] as const)('%s read the weeks of their range and no others', async (question) => {
    let plan = '';
    const explaining = {
      query: async (sql: string, parameters?: unknown[]): Promise<unknown[]> => {
        if (parameters !== undefined) {
          plan = JSON.stringify(await world.database.dataSource.query(`EXPLAIN (FORMAT JSON) ${sql}`, parameters));
        }
        return [];
      },
    } as unknown as EntityManager;
    const filter = { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-06T00:00:00Z') };
    const groups = new RawGroupsReadModel();
    if (question === 'failures') await groups.failures(explaining, acme, filter).next();
    else await groups.executionStats(explaining, acme, filter);
    const read = [...plan.matchAll(/workflow_executions_w\d+/g)].map(([name]) => name);
    expect(new Set(read)).toEqual(new Set(['workflow_executions_w20260302']));
  });
});
