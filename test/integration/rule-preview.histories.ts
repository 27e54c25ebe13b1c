import fc from 'fast-check';

/** A stored execution as far as rules look at it, without a verdict. */
export interface Facts {
  workflow: number;
  mode: string;
  status: string;
  startedAt: Date;
  ms: number | null;
  testIndicator: string | null;
}

/** Names and tags that every rule about them has something to say to. */
export const WORKFLOWS: readonly { name: string; tags: string[] }[] = [
  { name: 'Orders', tags: [] },
  { name: 'Latest news', tags: [] },
  { name: 'Orders test', tags: [] },
  { name: 'Billing prod', tags: ['crm'] },
  { name: 'Mailer', tags: ['staging'] },
  { name: 'Device sync dev', tags: ['production'] },
  { name: 'テスト 注文', tags: [] },
];

/** Late winter with the change of the clocks of New York (8 March 2026) in it. */
const BEGIN = Date.parse('2026-02-10T00:00:00Z');

/** Before the world's own time. */
const END = Date.parse('2026-03-18T12:00:00Z');

/** Any moment, often on the edge of a quarter of an hour: that is where quiet hours and days begin. */
const moment = fc
  .oneof(
    fc.integer({ min: 0, max: END - BEGIN - 1 }),
    fc
      .integer({ min: 0, max: Math.floor((END - BEGIN) / 900_000) - 1 })
      .chain((quarter) => fc.constantFrom(-1, 0, 1).map((ms) => Math.max(0, quarter * 900_000 + ms))),
  )
  .map((ms) => new Date(BEGIN + ms));

export const history: fc.Arbitrary<Facts[]> = fc.array(
  fc.record({
    workflow: fc.nat(WORKFLOWS.length - 1),
    mode: fc.constantFrom('webhook', 'webhook', 'trigger', 'manual', 'integrated', 'retry', 'chat', 'dreamt'),
    status: fc.constantFrom('success', 'success', 'success', 'error', 'crashed', 'canceled', 'running', 'vanished'),
    startedAt: moment,
    ms: fc.option(fc.oneof(fc.nat(3_000), fc.constantFrom(0, 999, 1_000, 1_001)), { freq: 5 }),
    testIndicator: fc.constantFrom(null, null, null, 'error text says [test]', 'custom data env is dev'),
  }),
  { minLength: 1, maxLength: 150 },
);

const time = fc.constantFrom('00:00', '01:30', '02:30', '07:15', '12:00', '22:00', '23:45');

/** JSON as people may write it. */
export const ruleSets: fc.Arbitrary<object> = fc
  .record(
    {
      preset: fc.constantFrom('default', 'default', 'default', 'n8n_insights'),
      exclude_manual: fc.boolean(),
      exclude_test_workflows: fc.boolean(),
      exclude_non_production_tags: fc.boolean(),
      exclude_workflow_patterns: fc.subarray(['.*test.*', '.*dev.*', '^mail', 'テスト']),
      include_workflow_patterns: fc.subarray(['.*prod.*', '^orders$', 'latest']),
      include_only: fc.constantFrom(false, false, false, true),
      count_sub_workflows: fc.boolean(),
      name_match: fc.constantFrom('word', 'substring'),
      match_execution_data: fc.boolean(),
      min_duration_ms: fc.constantFrom(0, 0, 1_000, 60_000),
      quiet_hours: fc.array(
        fc
          .record({ from: time, to: time, days: fc.subarray(['sun', 'mon', 'wed', 'sat'], { minLength: 1 }) })
          .filter(({ from, to }) => from !== to),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .filter((rules) => rules.include_only !== true || (rules.include_workflow_patterns ?? []).length > 0);
