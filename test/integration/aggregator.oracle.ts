import { type LocalDay, periodStartOf, type PeriodType, periodTypes } from '../../src/common/index.js';
import { bucketOf } from '../../src/aggregator/histogram.js';

/** An execution as the table holds it, as far as figures go. */
export interface Run {
  id: string;
  workflowId: number;
  startedAt: Date;
  status: string;
  mode: string;
  ms: number | null;
  isProduction: boolean;
  retryOf: string | null;
  retrySuccessId: string | null;
}

export interface TimeSavedValue {
  workflowId: number;
  validFrom: Date;
  source: 'n8n' | 'manual';
  /** In ten-thousandths of a minute, to stay in integers. */
  tenThousandths: number | null;
}

/** A row of `metrics_aggregations` as text, so that two of them can be compared with `toEqual`. */
export type PlainRow = Record<string, string | null>;

/** Every rollup that a history must give, recomputed the plain way: one execution at a time, periods straight from raw. */
export function plainRollups(
  runs: Iterable<Run>,
  values: readonly TimeSavedValue[],
  zone: string,
  weekStartsOn: number,
): Map<string, PlainRow> {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const day = wallDate(run.startedAt, zone);
    for (const type of periodTypes) {
      for (const workflow of [0, run.workflowId]) {
        const key = rowKey(type, periodStartOf(type, day, weekStartsOn), workflow);
        groups.set(key, [...(groups.get(key) ?? []), run]);
      }
    }
  }
  const rows = [...groups].map(([key, group]) => [key, plainRow(group, values, zone)] as const);
  return new Map(rows.filter(([, row]) => counted.some((column) => row[column] !== '0')));
}

/** What has the same key, together and in order. */
export function grouped<T, K>(all: Iterable<T>, keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

export function rowKey(type: PeriodType, start: LocalDay, workflowId: number | string): string {
  return `${type} ${start} ${workflowId}`;
}

const counted = ['total_executions', 'canceled_executions', 'open_executions', 'excluded_executions'];
const final = new Set(['success', 'error', 'crashed', 'canceled', 'vanished']);

function wallDate(at: Date, zone: string): LocalDay {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}

function plainRow(group: readonly Run[], values: readonly TimeSavedValue[], zone: string): PlainRow {
  const production = group.filter((run) => run.isProduction);
  const successes = production.filter((run) => run.status === 'success');
  const failures = production.filter((run) => run.status === 'error' || run.status === 'crashed');
  const durations = [...successes, ...failures].flatMap(({ ms }) => (ms === null || ms < 0 ? [] : [ms])).sort((a, b) => a - b);
  const saved = successes.map((run) => savedBy(run, values)).filter((value) => value !== null);
  const totalMs = durations.reduce((sum, ms) => sum + ms, 0);
  const savedMs = saved.reduce((sum, value) => sum + value * 6, 0);
  const total = successes.length + failures.length;
  const sums = { total, successful: successes.length, timed: durations.length, totalMs, valued: saved.length, savedMs };
  const buckets = [...new Set(durations.map(bucketOf))];
  const count = (list: readonly unknown[]): string => String(list.length);
  return {
    total_executions: String(total),
    successful_executions: count(successes),
    failed_executions: count(failures),
    canceled_executions: count(production.filter((run) => run.status === 'canceled')),
    open_executions: count(production.filter((run) => !final.has(run.status))),
    excluded_executions: count(group.filter((run) => !run.isProduction)),
    original_successes: count(successes.filter((run) => run.retryOf === null)),
    original_failures: count(failures.filter((run) => run.retryOf === null)),
    recovered_failures: count(failures.filter((run) => run.retryOf === null && run.retrySuccessId !== null)),
    timed_executions: count(durations),
    duration_anomalies: String(total - durations.length),
    total_execution_time_ms: String(totalMs),
    min_execution_time_ms: durations.length === 0 ? null : String(durations[0]),
    max_execution_time_ms: durations.length === 0 ? null : String(durations.at(-1)),
    duration_buckets: `{${buckets.join(',')}}`,
    duration_counts: `{${buckets.map((bucket) => durations.filter((ms) => bucketOf(ms) === bucket).length).join(',')}}`,
    duration_percentiles: `{${percentilesOf(durations).map(bucketOf).join(',')}}`,
    successes_with_value: count(saved),
    time_saved_ms: String(savedMs),
    ...quotients(sums),
    timezone: zone,
    mixed_zone: 'false',
  };
}

/** At nearest rank; `rising` may be empty. */
export function percentilesOf(rising: readonly number[]): number[] {
  return [50, 95, 99].flatMap((percent) => rising[Math.ceil((percent * rising.length) / 100) - 1] ?? []);
}

/** What is stored beside the sums. */
export function quotients(sums: {
  total: number;
  successful: number;
  timed: number;
  totalMs: number;
  valued: number;
  savedMs: number;
}): PlainRow {
  const { total, successful, timed, totalMs, valued, savedMs } = sums;
  return {
    success_rate: total === 0 ? null : ((100 * successful) / total).toFixed(4),
    avg_execution_time_seconds: timed === 0 ? null : fixed6(totalMs, 1000 * timed),
    time_saved_hours: valued === 0 ? null : fixed6(savedMs, 3_600_000),
  };
}

/** The value that counts: the latest set by hand before the start, else the latest of n8n. An empty one by hand ends the override. */
function savedBy(run: Run, values: readonly TimeSavedValue[]): number | null {
  if (run.mode === 'error') return null;
  const latest = (source: 'n8n' | 'manual'): number | null => {
    const effective = values.filter(
      (v) => v.source === source && v.workflowId === run.workflowId && v.validFrom <= run.startedAt,
    );
    return effective.sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime())[0]?.tenThousandths ?? null;
  };
  return latest('manual') ?? latest('n8n');
}

/** Long division by hand: half up, exact. */
function fixed6(dividend: number, divisor: number): string {
  const millionths = (BigInt(dividend) * 2_000_000n + BigInt(divisor)) / (2n * BigInt(divisor));
  const digits = millionths.toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
