import fc from 'fast-check';
import { addDays, localDayOf } from '../../src/common/index.js';
import { classify, compileRules, FilterRulesService } from '../../src/production-filter/index.js';
import { World } from './collector.fixture.js';
import { at, RuledClient, type Stored } from './rule-preview.fixture.js';
import { type Facts, history, ruleSets } from './rule-preview.histories.js';

interface Totals {
  total_executions: number;
  successful_executions: number;
  failed_executions: number;
  canceled_executions: number;
  open_executions: number;
  excluded_executions: number;
  success_rate: number | null;
}

interface Preview {
  start_date: string;
  end_date: string;
  raw_covers_from: string;
  range_covered: boolean;
  explanation: string[];
  current_version: number;
  stored_verdicts_current: boolean;
  executions: number;
  before: Totals;
  after: Totals;
  moved_in: number;
  moved_out: number;
  reason_changed: number;
  reasons: { from_reason: string; from_production: boolean; to_reason: string; to_production: boolean; executions: number }[];
  workflows: { workflow_id: number; total_before: number; total_after: number; moved_in: number; moved_out: number }[];
  changed_workflows: number;
  samples: Record<
    'moved_in' | 'moved_out',
    { n8n_execution_id: string; from_reason: string; to_reason: string; started_at: string }[]
  >;
}

const RUNS = Number(process.env.FC_RUNS ?? 25);
const ZONE = 'America/New_York';

let world: World;
let client: RuledClient;

beforeAll(async () => {
  world = await World.open();
  client = await RuledClient.create(world, ZONE);
});

afterAll(async () => {
  await world.close();
});

const preview = (rules: object, range = ''): Promise<Preview> =>
  world.http<Preview>('POST', `/clients/${client.id}/filter-rules/preview${range}`, rules);

function totalsOf(rows: readonly Stored[]): Totals {
  const of = (...statuses: string[]): number => rows.filter((row) => row.is_production && statuses.includes(row.status)).length;
  const [successful, failed] = [of('success'), of('error', 'crashed')];
  const total = successful + failed;
  return {
    total_executions: total,
    successful_executions: successful,
    failed_executions: failed,
    canceled_executions: of('canceled'),
    open_executions: of('running'),
    excluded_executions: rows.filter((row) => !row.is_production).length,
    success_rate: total === 0 ? null : Number(((100 * successful) / total).toFixed(4)),
  };
}

/** What a preview has to say when these rows were stored before and after. */
function expectedFrom(before: readonly Stored[], after: readonly Stored[]): Record<string, unknown> {
  const now = new Map(after.map((row) => [row.id, row]));
  const pairs = before.map((row) => ({ old: row, new: now.get(row.id) ?? row }));
  const moved = (production: boolean) =>
    pairs.filter((pair) => pair.old.is_production !== pair.new.is_production && pair.new.is_production === production);
  const changed = pairs.filter(
    (pair) => pair.old.is_production !== pair.new.is_production || pair.old.filter_reason !== pair.new.filter_reason,
  );
  const reasons = new Map<string, number>();
  for (const { old, new: now } of changed) {
    const key = [old.filter_reason, old.is_production, now.filter_reason, now.is_production].join('|');
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  return {
    executions: before.length,
    before: totalsOf(before),
    after: totalsOf(after),
    moved_in: moved(true).length,
    moved_out: moved(false).length,
    reason_changed: changed.length - moved(true).length - moved(false).length,
    reasons: Object.fromEntries(reasons),
    changed_workflows: new Set(changed.map(({ old }) => old.workflow_id)).size,
    newest: {
      in: moved(true)
        .slice(0, 20)
        .map(({ old }) => old.started_at.toISOString()),
      out: moved(false)
        .slice(0, 20)
        .map(({ old }) => old.started_at.toISOString()),
    },
  };
}

function said(answer: Preview): Record<string, unknown> {
  const reasons = answer.reasons.map((change) => [
    [change.from_reason, change.from_production, change.to_reason, change.to_production].join('|'),
    change.executions,
  ]);
  return {
    executions: answer.executions,
    before: answer.before,
    after: answer.after,
    moved_in: answer.moved_in,
    moved_out: answer.moved_out,
    reason_changed: answer.reason_changed,
    reasons: Object.fromEntries(reasons) as object,
    changed_workflows: answer.changed_workflows,
    newest: {
      in: answer.samples.moved_in.map((sample) => sample.started_at),
      out: answer.samples.moved_out.map((sample) => sample.started_at),
    },
  };
}

describe('a preview', () => {
  it('says what re-application then does, whatever the history and the rules, and changes nothing', async () => {
    const dates = fc
      .tuple(fc.nat(38), fc.nat(38))
      .map(([a, b]) => [addDays('2026-02-08', Math.min(a, b)), addDays('2026-02-08', Math.max(a, b))] as const);
    const property = fc.asyncProperty(history, ruleSets, ruleSets, fc.option(dates), async (facts, rules, candidate, range) => {
      await client.store(facts);
      await client.apply(rules);
      const [from, to] = range ?? ['2026-02-17', '2026-03-18'];
      const inRange = (rows: Stored[]): Stored[] =>
        rows.filter(({ started_at: at }) => localDayOf(at, ZONE) >= from && localDayOf(at, ZONE) <= to);
      const before = await client.stored();
      const answer = await preview(candidate, range === null ? '' : `?start_date=${from}&end_date=${to}`);
      expect(await client.stored()).toEqual(before);
      expect(answer).toMatchObject({ start_date: from, end_date: to, stored_verdicts_current: true });

      await client.apply(candidate);
      const after = await client.stored();
      expect(said(answer)).toEqual(expectedFrom(inRange(before), inRange(after)));
      const compiled = compileRules(world.get(FilterRulesService).parse(candidate), ZONE);
      for (const row of after) {
        const { mode, status, test_indicator: testIndicator, started_at: startedAt, execution_time_ms: ms } = row;
        const alone = classify(
          { mode, status, testIndicator, startedAt, durationMs: ms === null ? null : Number(ms) },
          row,
          compiled,
        );
        expect({ production: row.is_production, reason: row.filter_reason }).toEqual(alone);
      }
    });
    await fc.assert(property, { numRuns: RUNS });
  }, 300_000);

  const orders = (n: number, startedAt: (k: number) => string): Facts[] => Array.from({ length: n }, (_, k) => at(startedAt(k)));

  it('counts per workflow and shows at most 20 samples each way, the newest', async () => {
    await client.store([
      ...orders(30, (k) => `2026-03-10T10:00:${String(k + 10)}Z`),
      at('2026-03-10T09:00:00Z', { workflow: 2 }),
    ]);
    await client.apply({});
    const answer = await preview({ exclude_workflow_patterns: ['^orders$'], exclude_test_workflows: false });
    expect(answer).toMatchObject({ moved_out: 30, moved_in: 1, changed_workflows: 2 });
    expect(
      answer.workflows.map(({ total_before, total_after, moved_in, moved_out }) => [
        total_before,
        total_after,
        moved_in,
        moved_out,
      ]),
    ).toEqual([
      [30, 0, 0, 30],
      [0, 1, 1, 0],
    ]);
    expect(answer.samples.moved_out).toHaveLength(20);
    expect(answer.samples.moved_out[0]).toMatchObject({
      started_at: '2026-03-10T10:00:39.000Z',
      from_reason: 'mode_webhook',
      to_reason: 'custom_exclude',
    });
    expect(answer.samples.moved_in).toMatchObject([{ from_reason: 'test_name', to_reason: 'mode_webhook' }]);
    expect(answer.explanation).toContain('Manual executions are not production (exclude_manual).');
  });

  it('says when the range is larger than what is kept of executions', async () => {
    await client.store(orders(2, (k) => `2026-03-1${k}T10:00:00Z`));
    await client.apply({});
    await expect(preview({}, '?start_date=2025-01-01&end_date=2026-03-18')).resolves.toMatchObject({
      raw_covers_from: '2025-12-19',
      range_covered: false,
      executions: 2,
    });
    await expect(preview({}, '?start_date=2025-12-19&end_date=2026-03-18')).resolves.toMatchObject({ range_covered: true });
  });

  it('says when stored verdicts are of older rules or of an older name', async () => {
    await client.store(orders(2, (k) => `2026-03-1${k}T10:00:00Z`));
    await client.apply({});
    const { current_version: version } = await preview({});
    await world.get(FilterRulesService).put(client.id, { exclude_workflow_patterns: ['orders'] }, 'test');
    await expect(preview({})).resolves.toMatchObject({
      current_version: version + 1,
      stored_verdicts_current: false,
      moved_out: 0,
    });
    await client.apply({});
    await expect(preview({})).resolves.toMatchObject({ stored_verdicts_current: true });
    await world.query(`UPDATE workflows SET reclassify_from = 'epoch' WHERE client_id = $1 AND n8n_workflow_id = 'w0'`, [
      client.id,
    ]);
    await expect(preview({})).resolves.toMatchObject({ stored_verdicts_current: false });
    await client.apply({});
  });

  it('refuses what PUT refuses, and ranges that cannot be', async () => {
    await expect(preview({ exclude_workflow_patterns: ['ok', '('], nonsense: 1 })).rejects.toThrow(
      /400 .*exclude_workflow_patterns\[1\].*nonsense/,
    );
    await expect(preview({}, '?start_date=2026-03-10&end_date=2026-03-09')).rejects.toThrow(/400 .*start_date/);
    await expect(preview({}, '?start_date=2026-02-30')).rejects.toThrow(/400 .*start_date/);
    await expect(preview({}, '?from=2026-02-20')).rejects.toThrow(/400 .*from/);
    await expect(world.http('POST', '/clients/999999/filter-rules/preview', {})).rejects.toThrow(/404 .*client_not_found/);
  });
});
