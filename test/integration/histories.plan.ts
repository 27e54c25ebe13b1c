import fc from 'fast-check';
import { zones } from './aggregator.histories.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Days that raw executions are kept in the histories: few, so that retention has something to do. */
export const KEPT_DAYS = 20;

/** Where histories begin. Zones change their clocks around each; in 2011 Samoa left out a day, in 2026 Ramadan moves Morocco's clocks. */
const eras = ['2011-12-28T09:00:00Z', '2024-03-22T15:00:00Z', '2026-03-12T12:00:00Z', '2026-10-20T00:00:00Z'];

/** How n8n shows an execution: still open, open with another start, over, over and marked by a retry that succeeded. */
const faces = ['open', 'moved', 'over', 'recovered'] as const;
export type Face = (typeof faces)[number];

/** Everything that an execution will ever be; what is shown of it depends on the face. Starts are milliseconds from the era. */
export interface Life {
  id: string;
  workflow: number;
  mode: string;
  startedAt: number;
  /** Where it is shown to have started while it is `open`, when that differs. */
  firstStartedAt: number;
  /** n8n shows no start at all of what was canceled in its queue. */
  hasStart: boolean;
  openStatus: string;
  status: string;
  ms: number;
  retryOf: string | null;
}

/** What one participant does. Those of a round act at the same time. */
export type Act =
  | { act: 'page'; shown: { life: number; face: Face }[] }
  | { act: 'vanish'; lives: number[] }
  | { act: 'details'; message: string }
  | { act: 'listing'; workflow: number; name: string; tags: string[]; minutes: number | null }
  | { act: 'rules'; rules: object }
  | { act: 'zone'; zone: string }
  | { act: 'weeks'; weekStartsOn: number }
  | { act: 'byHand'; workflow: number; applyFrom: number | null; minutes: number | null }
  | { act: 'apply' }
  | { act: 'expire' }
  | { act: 'recompute'; maxDays: number }
  | { act: 'recomputeAll' };

/** `after` milliseconds these begin side by side, each doing its acts in order. */
export interface Round {
  after: number;
  sync: Act[];
  people: Act[];
  aggregators: [Act[], Act[]];
}

/** One random history of a client. */
export interface History {
  era: string;
  zone: string;
  weekStartsOn: number;
  lives: Life[];
  rounds: Round[];
}

export const WORKFLOWS = 3;
const LIVES = 40;
const PAGE = 15;

const workflow = fc.nat(WORKFLOWS - 1);
const minutes = fc.option(
  fc.nat(1_000_000).map((n) => n / 10_000),
  { freq: 5 },
);

/** Any moment from what is just kept when the history begins, and often one on a full hour: midnight somewhere, or the end of a summer time. */
const moment = fc.oneof(
  fc.integer({ min: -KEPT_DAYS * DAY, max: 20 * DAY }),
  fc.integer({ min: -KEPT_DAYS * 24, max: 20 * 24 }).map((hours) => hours * HOUR),
);

const life = fc.record({
  workflow,
  mode: fc.constantFrom('trigger', 'webhook', 'error', 'manual', 'integrated', 'retry'),
  startedAt: moment,
  moves: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -2 * DAY, max: 2 * DAY }) },
  ),
  hasStart: fc.constantFrom(true, true, true, true, true, true, true, false),
  openStatus: fc.constantFrom('running', 'waiting', 'new', 'dreaming'),
  status: fc.constantFrom('success', 'success', 'success', 'error', 'error', 'crashed', 'canceled'),
  ms: fc.oneof(fc.integer({ min: -20, max: 120 }), fc.nat(90 * MINUTE), fc.nat(3 * DAY)),
  retryOf: fc.option(fc.nat(LIVES - 1).map(idOf), { freq: 3 }),
});

const lives: fc.Arbitrary<Life[]> = fc
  .array(life, { minLength: LIVES, maxLength: LIVES })
  .map((list) => list.map(({ moves, ...rest }, n) => ({ ...rest, id: idOf(n), firstStartedAt: rest.startedAt + moves })));

function idOf(n: number): string {
  return String(100 + n);
}

const names = fc.constantFrom('Orders', 'Invoices', 'Orders test', 'Nightly prod run');
const ruleSets = fc.constantFrom<object>(
  {},
  { exclude_manual: false },
  { exclude_test_workflows: false, count_sub_workflows: true },
  { exclude_workflow_patterns: ['^orders'] },
  { min_duration_ms: 60 },
  { quiet_hours: [{ from: '22:00', to: '06:30' }] },
  { preset: 'n8n_insights' },
);

const page = fc
  .uniqueArray(fc.record({ life: fc.nat(LIVES - 1), face: fc.constantFrom(...faces) }), {
    selector: (shown) => shown.life,
    minLength: 1,
    maxLength: PAGE,
  })
  .map((shown): Act => ({ act: 'page', shown }));
const vanish = fc.uniqueArray(fc.nat(LIVES - 1), { maxLength: 5 }).map((gone): Act => ({ act: 'vanish', lives: gone }));
const details = fc.constantFrom('connection refused', 'this was a [test]').map((message): Act => ({ act: 'details', message }));
const listing = fc
  .record({ workflow, name: names, tags: fc.subarray(['prod', 'test', 'blue']), minutes })
  .map((seen): Act => ({ act: 'listing', ...seen }));

const rules = ruleSets.map((set): Act => ({ act: 'rules', rules: set }));
const zone = zones.map((name): Act => ({ act: 'zone', zone: name }));
const weeks = fc.nat(6).map((weekStartsOn): Act => ({ act: 'weeks', weekStartsOn }));
const byHand = fc
  .record({ workflow, applyFrom: fc.option(moment, { freq: 3 }), minutes })
  .map((value): Act => ({ act: 'byHand', ...value }));
const apply = fc.constant<Act>({ act: 'apply' });
const expire = fc.constant<Act>({ act: 'expire' });

const once = (arbitrary: fc.Arbitrary<Act>) => ({ weight: 1, arbitrary });

const recompute = fc.integer({ min: 1, max: 5 }).map((maxDays): Act => ({ act: 'recompute', maxDays }));
const recomputeAll = fc.constant<Act>({ act: 'recomputeAll' });
const aggregator = (maxLength: number) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: recompute }, { weight: 1, arbitrary: recomputeAll }), { maxLength });

const round: fc.Arbitrary<Round> = fc.record({
  after: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: MINUTE, max: 6 * HOUR }) },
    { weight: 1, arbitrary: fc.integer({ min: 6 * HOUR, max: 12 * DAY }) },
  ),
  sync: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: page },
      { weight: 1, arbitrary: vanish },
      { weight: 1, arbitrary: details },
      { weight: 1, arbitrary: listing },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  people: fc.array(fc.oneof({ weight: 4, arbitrary: expire }, ...[rules, zone, weeks, byHand, apply].map(once)), {
    maxLength: 2,
  }),
  aggregators: fc.tuple(aggregator(2), aggregator(1)),
});

export const history: fc.Arbitrary<History> = fc.record({
  era: fc.constantFrom(...eras),
  zone: zones,
  weekStartsOn: fc.nat(6),
  lives,
  rounds: fc.array(round, { minLength: 2, maxLength: 6, size: 'max' }),
});
