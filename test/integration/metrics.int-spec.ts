import { type HistoricalDto, type PointDto } from '../../src/metrics/dto/historical.dto.js';
import { type SummaryDto } from '../../src/metrics/dto/summary.dto.js';
import { type WorkflowsDto } from '../../src/metrics/dto/workflows.dto.js';
import { MetricsWorld, type Run } from './metrics.fixture.js';

// Clocks in New York jump from 02:00 to 03:00 on 8 March 2026: that day has 23 hours.
const ZONE = 'America/New_York';
const NOW = '2026-03-10T12:00:00Z';

let world: MetricsWorld;

beforeAll(async () => {
  world = await MetricsWorld.open();
});

afterAll(async () => {
  await (world as MetricsWorld | undefined)?.close();
});

beforeEach(() => {
  world.setNow(NOW);
});

/** A series without what may differ between raw and rollup. */
function figuresOf(points: readonly object[]): unknown[] {
  return points.map((point) => Object.entries(point).filter(([name]) => name !== 'source' && name !== 'computed_at'));
}

function sources(series: HistoricalDto): string[] {
  return series.metrics_data.map((point) => point.source);
}

async function series(clientId: number, query: string): Promise<HistoricalDto> {
  const reply = await world.get<HistoricalDto>(`client/${clientId}/historical?${query}`);
  expect(reply.status).toBe(200);
  return reply.body;
}

/** Executions of two workflows over seven weeks: of every kind, at every hour, on both sides of midnights. */
function mixedRuns(workflows: readonly number[]): Run[] {
  const statuses = ['success', 'success', 'success', 'error', 'crashed', 'canceled', 'running'];
  return Array.from({ length: 400 }, (_, i) => ({
    id: String(i + 1),
    at: new Date(Date.parse('2026-01-20T00:00:00Z') + i * 3 * 3_600_000 - (i % 13) * 60_000).toISOString(),
    workflowId: workflows[i % workflows.length],
    status: statuses[i % statuses.length],
    ms: i % 11 === 0 ? null : (i * 7919) % 90_000,
    production: i % 5 !== 0,
  }));
}

describe('figures', () => {
  let clientId: number;
  let workflows: number[];

  beforeAll(async () => {
    clientId = await world.createClient('figures', ZONE, 0);
    workflows = [
      await world.createWorkflow(clientId, 'Invoices'),
      await world.createWorkflow(clientId, 'Orders', { active: false }),
    ];
    await world.store(clientId, mixedRuns(workflows));
    await world.sql(
      `INSERT INTO workflow_time_saved (client_id, workflow_id, valid_from, source, minutes, created_at) VALUES ($1, $2, '2026-02-10', 'n8n', 7.5, now())`,
      [clientId, workflows[0]],
    );
    await world.synced(clientId, '2026-03-10T11:55:00Z');
  });

  it('are the same from raw executions and from rollups', async () => {
    const queries = ['daily', 'weekly', 'monthly'].flatMap((type) => {
      const query = `period_type=${type}&start_date=2026-01-15&end_date=2026-03-10`;
      return [query, `${query}&workflow_id=${workflows[0]}`];
    });
    const read = async (): Promise<HistoricalDto[]> => {
      const all: HistoricalDto[] = [];
      for (const query of queries) all.push(await series(clientId, query));
      return all;
    };
    const summaryOf = async (): Promise<SummaryDto> => (await world.get<SummaryDto>(`client/${clientId}`)).body;
    const workflowsOf = async (): Promise<WorkflowsDto> => (await world.get<WorkflowsDto>(`client/${clientId}/workflows`)).body;

    const [before, summaryBefore, workflowsBefore] = [await read(), await summaryOf(), await workflowsOf()];
    await world.aggregate(clientId);
    const [after, summaryAfter, workflowsAfter] = [await read(), await summaryOf(), await workflowsOf()];

    for (const [i, one] of before.entries()) {
      expect(figuresOf(after[i]?.metrics_data ?? [])).toEqual(figuresOf(one.metrics_data));
      expect(after[i]?.trends).toEqual(one.trends);
      expect(new Set(sources(after[i] ?? one))).toEqual(new Set(['rollup']));
    }
    expect(before.flatMap(sources)).toContain('raw');
    expect(figuresOf([summaryAfter])).toEqual(figuresOf([summaryBefore]));
    expect(workflowsAfter.workflows).toEqual(workflowsBefore.workflows);
    expect([summaryBefore.source, summaryAfter.source]).toEqual(['raw', 'rollup']);
  });

  it('count an execution on the day it has in the zone of the client', async () => {
    const other = await world.createClient('midnights', ZONE);
    await world.store(other, [
      { id: '1', at: '2026-03-08T04:59:59.999Z', ms: 1000 }, // 7 March, 23:59 in New York
      { id: '2', at: '2026-03-08T05:00:00.000Z', ms: 2000 }, // 8 March, 00:00
      { id: '3', at: '2026-03-09T03:59:59.999Z', ms: 3000 }, // 8 March, 23:59: the day has 23 hours
      { id: '4', at: '2026-03-09T04:00:00.000Z', ms: 4000 }, // 9 March, 00:00
    ]);
    const { metrics_data: points, timezone } = await series(other, 'start_date=2026-03-07&end_date=2026-03-09');
    expect(timezone).toBe(ZONE);
    expect(points.map((point) => [point.period_start, point.total_execution_time_ms])).toEqual([
      ['2026-03-07', 1000],
      ['2026-03-08', 5000],
      ['2026-03-09', 4000],
    ]);
  });

  it('are right at once when the zone was changed and changed back before either was applied', async () => {
    const client = await world.createClient('there and back', 'UTC');
    await world.synced(client, '2026-03-10T15:00:00Z');
    await world.sql('UPDATE sync_states SET applied_config_version = 1 WHERE client_id = $1', [client]);
    const zoneTo = (zone: string): Promise<void> =>
      world.sql('UPDATE clients SET timezone = $2, config_version = config_version + 1 WHERE id = $1', [client, zone]);
    await zoneTo('Pacific/Apia');
    // 8 March in UTC, 9 March in Apia: that is the day which is marked.
    await world.store(client, [{ id: '1', at: '2026-03-08T12:00:00Z', ms: 1000 }]);
    await zoneTo('UTC');
    const { metrics_data: points } = await series(client, 'start_date=2026-03-08&end_date=2026-03-09');
    expect(points.map((point) => point.total_executions)).toEqual([1, 0]);
  });

  it('say what they are made of', async () => {
    await world.store(clientId, [{ id: 'late', at: '2026-03-09T15:00:00Z', workflowId: workflows[0], ms: 5 }]);
    const days = await series(clientId, 'start_date=2026-03-08&end_date=2026-03-10');
    expect(sources(days)).toEqual(['rollup', 'raw', 'rollup']);
    expect(days.metrics_data.map((point) => point.computed_at === null)).toEqual([false, true, false]);
    const weeks = await series(clientId, 'period_type=weekly&start_date=2026-03-01&end_date=2026-03-10');
    expect(weeks.metrics_data.map((point) => [point.period_start, point.period_end, point.source, point.is_partial])).toEqual([
      ['2026-03-01', '2026-03-07', 'rollup', false],
      ['2026-03-08', '2026-03-14', 'mixed', true],
    ]);
    const month = await series(clientId, 'period_type=monthly&start_date=2026-03-01');
    await world.aggregate(clientId);
    const clean = await series(clientId, 'period_type=monthly&start_date=2026-03-01');
    expect(figuresOf(clean.metrics_data)).toEqual(figuresOf(month.metrics_data));
    expect([sources(month), sources(clean)]).toEqual([['mixed'], ['rollup']]);
  });

  it('put weeks together from their days when another week start left no rows for them', async () => {
    const query = 'period_type=weekly&start_date=2026-02-02&end_date=2026-03-08';
    await world.sql('UPDATE clients SET week_starts_on = 1, updated_at = now() WHERE id = $1', [clientId]);
    const { metrics_data: points } = await series(clientId, query);
    const days = await series(clientId, 'start_date=2026-02-02&end_date=2026-03-08');
    expect(points.map((point) => point.period_start)[0]).toBe('2026-02-02');
    const total = (some: readonly PointDto[]): number => some.reduce((sum, point) => sum + point.total_executions, 0);
    expect(total(points)).toBe(total(days.metrics_data));
    await world.sql('UPDATE clients SET week_starts_on = 0, updated_at = now() WHERE id = $1', [clientId]);
  });

  it('follow a new time zone at once, before the collector has seen it', async () => {
    await world.sql(`UPDATE clients SET timezone = 'Asia/Tokyo', updated_at = now() WHERE id = $1`, [clientId]);
    const query = 'start_date=2026-02-01&end_date=2026-03-09';
    const pending = await series(clientId, query);
    expect(new Set(sources(pending))).toEqual(new Set(['raw']));
    await world.sql(
      `INSERT INTO dirty_days SELECT $1, d::date FROM generate_series('2026-01-15'::date, '2026-03-20', '1 day') d ON CONFLICT DO NOTHING`,
      [clientId],
    );
    await world.sql(`UPDATE sync_states SET applied_timezone = 'Asia/Tokyo' WHERE client_id = $1`, [clientId]);
    await world.aggregate(clientId);
    const applied = await series(clientId, query);
    expect(new Set(sources(applied))).toEqual(new Set(['rollup']));
    expect(figuresOf(applied.metrics_data)).toEqual(figuresOf(pending.metrics_data));
  });
});

describe('a series', () => {
  let clientId: number;

  beforeAll(async () => {
    clientId = await world.createClient('series', 'UTC');
    await world.synced(clientId, '2026-03-10T11:55:00Z');
  });

  it('of nothing has every point, empty, and no invented number', async () => {
    const empty = await series(clientId, '');
    expect(empty.metrics_data).toHaveLength(30);
    expect(empty.metrics_data.map((point) => point.is_partial).lastIndexOf(false)).toBe(28);
    expect(empty.metrics_data[0]).toMatchObject({
      period_start: '2026-02-09',
      total_executions: 0,
      success_rate: null,
      avg_execution_time_seconds: null,
      time_saved_hours: null,
      source: 'rollup',
      computed_at: null,
      is_partial: false,
    });
    expect(empty.trends).toMatchObject({ execution_trend: null, success_rate_trend: null, period_start: '2026-03-09' });
    expect(empty.trends.series.executions).toEqual({ slope: null, direction: 'insufficient_data' });
  });

  it('in the future has no points', async () => {
    expect((await series(clientId, 'start_date=2026-04-01&end_date=2026-04-30')).metrics_data).toEqual([]);
  });

  it('serves days whose raw executions are gone from their rollups, also when they are marked', async () => {
    const old = await world.createClient('old', 'UTC');
    await world.store(old, [{ id: '1', at: '2025-12-01T10:00:00Z', ms: 1000 }]);
    await world.aggregate(old);
    await world.sql('DELETE FROM workflow_executions WHERE client_id = $1', [old]);
    await world.sql(`INSERT INTO dirty_days VALUES ($1, '2025-12-01')`, [old]);
    await world.sql(`UPDATE retention_floor SET raw_floor = '2025-12-08T00:00:00Z'`);
    const { metrics_data: points } = await series(old, 'start_date=2025-12-01&end_date=2025-12-01');
    expect(points).toMatchObject([{ total_executions: 1, source: 'rollup' }]);
    await world.sql(`UPDATE retention_floor SET raw_floor = '1970-01-01T00:00:00Z'`);
  });

  it('compares the last complete period with the one before it, also when that lies before the range', async () => {
    const busy = await world.createClient('busy', 'UTC');
    await world.store(busy, [
      ...['1', '2'].map((id) => ({ id, at: '2026-03-08T10:00:00Z', ms: 1000 })),
      ...['3', '4', '5'].map((id) => ({ id, at: '2026-03-09T10:00:00Z', ms: 500 })),
      { id: '6', at: '2026-03-10T10:00:00Z', ms: 500 },
    ]);
    const { trends } = await series(busy, 'start_date=2026-03-09&end_date=2026-03-10');
    expect(trends).toMatchObject({
      period_start: '2026-03-09',
      execution_trend: 50,
      success_rate_trend: 0,
      performance_trend: 50,
      time_saved_trend: null,
    });
  });

  it('tells the gaps that touch it', async () => {
    await world.sql(
      `INSERT INTO coverage_gaps (client_id, from_at, to_at, reason, missing_ids, confidence, created_at)
       VALUES ($1, '2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z', 'pruned_before_collection', 12, 'high', now())`,
      [clientId],
    );
    expect((await series(clientId, '')).coverage).toEqual({
      first_observed_at: '2026-03-10T11:55:00.000Z',
      gaps: [
        {
          from: '2026-03-01T10:00:00.000Z',
          to: '2026-03-01T12:00:00.000Z',
          reason: 'pruned_before_collection',
          missing_ids: 12,
          confidence: 'high',
          workflow_id: null,
        },
      ],
      complete: false,
    });
    // What n8n had forgotten before the first look is not known, whatever the gaps say.
    expect((await series(clientId, 'start_date=2026-03-02')).coverage).toMatchObject({ gaps: [], complete: false });
    await world.sql(`UPDATE sync_states SET first_observed_at = '2026-03-02T09:00:00Z' WHERE client_id = $1`, [clientId]);
    await world.sql('UPDATE sync_states SET data_version = data_version + 1 WHERE client_id = $1', [clientId]);
    expect((await series(clientId, 'start_date=2026-03-02')).coverage).toMatchObject({ gaps: [], complete: true });
  });
});

describe('one moment', () => {
  it('never misses or doubles a day while the aggregator works', async () => {
    const clientId = await world.createClient('moment', 'UTC');
    const runs = Array.from({ length: 28 }, (_, i) => ({
      id: String(i),
      at: new Date(Date.parse('2026-02-10T10:00:00Z') + i * 86_400_000).toISOString(),
      ms: 10,
    }));
    await world.store(clientId, runs);
    const progress = { aggregating: true };
    const aggregation = world.aggregate(clientId).finally(() => (progress.aggregating = false));
    const totals = new Set<number>();
    for (let i = 0; progress.aggregating || i < 3; i += 1) {
      // Another range each time, so that no answer comes from the cache.
      const { metrics_data: points } = await series(clientId, `start_date=${i % 2 === 0 ? '2026-02-01' : '2026-02-02'}`);
      totals.add(points.reduce((sum, point) => sum + point.total_executions, 0));
    }
    await aggregation;
    expect([...totals]).toEqual([28]);
  });
});
