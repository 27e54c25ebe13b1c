import fc from 'fast-check';
import { type Run, type TimeSavedValue } from './aggregator.oracle.js';

/** Both changes of the clocks of spring 2024 in the zones below lie in reach of the histories. */
export const BEGIN = Date.parse('2024-03-01T00:00:00Z');
const DAYS = 45;

/** A moment in each week that a history may touch: partitions are made for these. */
export const WEEKS = Array.from({ length: 10 }, (_, i) => new Date(BEGIN + (i - 1) * 7 * 86_400_000));

export const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Apia',
  'Africa/Casablanca',
);

/** Any moment, and often one that is midnight somewhere or that something else happens at too. */
const moment = fc
  .oneof(
    fc.nat(DAYS * 86_400_000),
    fc.nat(DAYS * 96).map((quarter) => quarter * 900_000),
    fc.nat(DAYS).map((day) => day * 86_400_000),
  )
  .map((ms) => new Date(BEGIN + ms));

const anyRun: fc.Arbitrary<Run> = fc.record({
  id: fc.nat(60).map(String),
  workflowId: fc.constantFrom(1, 2, 3),
  startedAt: moment,
  status: fc.constantFrom(
    'success',
    'success',
    'success',
    'error',
    'crashed',
    'canceled',
    'running',
    'waiting',
    'vanished',
    'dreaming',
  ),
  mode: fc.constantFrom('trigger', 'webhook', 'error'),
  ms: fc.option(fc.oneof(fc.integer({ min: -20, max: 100 }), fc.nat(100_000_000)), { freq: 8 }),
  isProduction: fc.constantFrom(true, true, true, false),
  retryOf: fc.constantFrom(null, null, '7'),
  retrySuccessId: fc.constantFrom(null, null, '8'),
});

/** A page of executions. Ids come back on other pages: then the execution has changed, perhaps moved to another day. */
export const page = (minLength: number, maxLength: number): fc.Arbitrary<Run[]> =>
  fc.uniqueArray(anyRun, { selector: (run) => run.id, minLength, maxLength });

export const someIds = fc.array(fc.nat(60).map(String), { maxLength: 5 });

export const anyValue: fc.Arbitrary<TimeSavedValue> = fc.record({
  workflowId: fc.constantFrom(1, 2, 3),
  validFrom: moment,
  source: fc.constantFrom('n8n', 'manual'),
  tenThousandths: fc.option(fc.nat(1_000_000), { freq: 6 }),
});
