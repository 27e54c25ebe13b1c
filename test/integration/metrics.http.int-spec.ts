import { MetricsWarmer } from '../../src/metrics/index.js';
import { type HistoricalDto } from '../../src/metrics/dto/historical.dto.js';
import { type SummaryDto } from '../../src/metrics/dto/summary.dto.js';
import { MetricsWorld, type Problem, seedAcme } from './metrics.fixture.js';

const NOW = '2026-03-10T12:00:00Z';

let world: MetricsWorld;
let acme: number;
let other: number;
let invoices: number;

beforeAll(async () => {
  world = await MetricsWorld.open();
  ({ acme, other, invoices } = await seedAcme(world));
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

beforeEach(() => {
  world.setNow(NOW);
});

describe('kept answers', () => {
  const path = (): string => `client/${acme}/historical?period_type=weekly`;

  it('are served until the data changes, and never after', async () => {
    const first = await world.get<HistoricalDto>(path());
    expect(first.headers['x-cache']).toBe('miss');
    const second = await world.get<HistoricalDto>(path());
    expect([second.headers['x-cache'], second.text]).toEqual(['hit', first.text]);
    await world.store(acme, [{ id: '9', at: '2026-03-09T10:30:00Z', workflowId: invoices, ms: 1 }]);
    const third = await world.get<HistoricalDto>(path());
    expect(third.headers['x-cache']).toBe('miss');
    expect(third.body.metrics_data.at(-1)?.total_executions).toBe((first.body.metrics_data.at(-1)?.total_executions ?? 0) + 1);
  });

  it('are the same however the same question is put', async () => {
    await world.get(`client/${acme}/historical?start_date=2026-03-01&end_date=2026-03-05`);
    const again = await world.get(`client/${acme}/historical?end_date=2026-03-05&start_date=2026-03-01&period_type=daily`);
    expect(again.headers['x-cache']).toBe('hit');
  });

  it('end with the local day', async () => {
    const before = await world.get<HistoricalDto>(path());
    world.setNow('2026-03-10T22:59:59Z');
    expect((await world.get(path())).headers['x-cache']).toBe('hit');
    world.setNow('2026-03-10T23:00:00Z');
    expect((await world.get(path())).headers['x-cache']).toBe('miss');
    world.setNow('2026-03-16T23:00:00Z');
    const after = await world.get<HistoricalDto>(path());
    expect([before.body.metrics_data.at(-1)?.period_start, after.body.metrics_data.at(-1)?.period_start]).toEqual([
      '2026-03-09',
      '2026-03-16',
    ]);
  });

  it('have a strong tag: a caller that has them gets 304 and no body', async () => {
    const { headers } = await world.get(path());
    const etag = String(headers.etag);
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await world.get(path(), { 'if-none-match': etag });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    expect((await world.get(path(), { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('stay the same bytes over a sync that found nothing; its time is in a header', async () => {
    const before = await world.get(path());
    await world.synced(acme, '2026-03-10T11:58:00Z');
    const after = await world.get(path());
    expect([after.headers['x-cache'], after.headers.etag]).toEqual(['hit', before.headers.etag]);
    expect(after.headers['x-synced-at']).toBe('2026-03-10T11:58:00.000Z');
    const summary = await world.get<SummaryDto>(`client/${acme}`);
    expect(summary.body.last_updated).toBe('2026-03-10T11:58:00.000Z');
    await world.synced(acme, '2026-03-10T11:59:00Z');
    const later = await world.get<SummaryDto>(`client/${acme}`);
    expect([later.headers['x-cache'], later.body.last_updated]).toEqual(['hit', '2026-03-10T11:59:00.000Z']);
    expect(later.headers['last-modified']).toBe('Tue, 10 Mar 2026 11:59:00 GMT');
  });

  it('are there before anyone asks when they were warmed', async () => {
    const warmer = world.app.get(MetricsWarmer);
    await world.store(acme, [{ id: '10', at: '2026-03-09T10:40:00Z', workflowId: invoices, ms: 1 }]);
    // The default ranges, and what the tests before have asked more than once.
    expect(await warmer.warm(acme)).toBeGreaterThanOrEqual(5);
    expect(await warmer.warm(acme)).toBe(0);
    for (const place of ['', '/workflows', '/historical']) {
      expect((await world.get(`client/${acme}${place}`)).headers['x-cache']).toBe('hit');
    }
  });
});

describe('refusals', () => {
  it.each([
    ['historical?start_date=2026-03-02&end_date=2026-03-01', 'invalid_range', ['start_date', 'end_date']],
    ['?start_date=2026-03-02&end_date=2026-03-01', 'invalid_range', ['start_date', 'end_date']],
    ['executions?start_date=2026-03-02&end_date=2026-03-01', 'invalid_range', ['start_date', 'end_date']],
    ['historical?start_date=2020-01-01', 'range_too_long', ['start_date', 'end_date']],
    ['historical?start_date=2026-02-30', 'invalid_request', ['start_date']],
    ['historical?end_date=yesterday', 'invalid_request', ['end_date']],
    ['historical?end_date=9999-12-31', 'invalid_request', ['end_date']],
    ['historical?period_type=hourly', 'invalid_request', ['period_type']],
    ['historical?workflow_id=abc', 'invalid_request', ['workflow_id']],
    ['historical?workflow=1', 'invalid_request', ['workflow']],
    ['workflows?sort=id', 'invalid_request', ['sort']],
    ['workflows?limit=501', 'invalid_request', ['limit']],
    ['workflows?cursor=abc', 'invalid_cursor', ['cursor']],
    ['executions?cursor=abc', 'invalid_cursor', ['cursor']],
    ['executions?production=maybe', 'invalid_request', ['production']],
    ['executions?status=%00', 'invalid_request', ['status']],
  ])('%s is 400 %s', async (query, code, fields) => {
    const separator = query.startsWith('?') ? '' : '/';
    const { status, body } = await world.get<Problem>(`client/${acme}${separator}${query}`);
    expect([status, body.code, body.errors.map((error) => error.field)]).toEqual([400, code, fields]);
  });

  it.each([
    ['client/4711', 'client_not_found'],
    ['client/4711/historical', 'client_not_found'],
    ['client/1/historical?workflow_id=4711', 'workflow_not_found'],
    ['client/1/executions?workflow_id=4711', 'workflow_not_found'],
    ['client/1/executions/4711', 'execution_not_found'],
  ])('%s is 404 %s', async (path, code) => {
    const { status, body } = await world.get<Problem>(path.replace('client/1/', `client/${acme}/`));
    expect([status, body.code]).toEqual([404, code]);
  });

  it('a deleted client is gone', async () => {
    const doomed = await world.createClient('Doomed', 'UTC');
    expect((await world.get(`client/${doomed}`)).status).toBe(200);
    await world.sql('UPDATE clients SET deleted_at = now() WHERE id = $1', [doomed]);
    const { status, body } = await world.get<Problem>(`client/${doomed}`);
    expect([status, body.code]).toEqual([404, 'client_not_found']);
  });

  it('nothing is said without a key', async () => {
    expect((await world.get(`client/${acme}`, {}, null)).status).toBe(401);
  });

  it('a bound key sees its client, no other, and not the overview', async () => {
    const key = await world.viewerKey(acme);
    expect((await world.get(`client/${acme}`, {}, key)).status).toBe(200);
    const foreign = await world.get<Problem>(`client/${other}`, {}, key);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'client_not_found']);
    const all = await world.get<Problem>('all', {}, key);
    expect([all.status, all.body.code]).toEqual([403, 'forbidden_role']);
  });
});

describe('my-... twins', () => {
  it.each([
    ['my-metrics', ''],
    ['my-workflows', '/workflows'],
    ['my-historical', '/historical'],
    ['my-executions', '/executions'],
  ])('%s answers for the client of the key', async (mine, theirs) => {
    const key = await world.viewerKey(acme);
    expect((await world.get(mine, {}, key)).text).toBe((await world.get(`client/${acme}${theirs}`)).text);
    const unbound = await world.get<Problem>(mine);
    expect([unbound.status, unbound.body.code]).toEqual([400, 'no_client_bound']);
  });
});
