import { type AggregationReadModel, derive, firstLiveDay, mergeFigures } from '../../src/aggregator/index.js';
import { type LocalDay, localDayOf } from '../../src/common/index.js';
import { grouped } from './aggregator.oracle.js';
import { type StoredRun, type Snapshot } from './histories.snapshot.js';

const percents = { p50_execution_time_seconds: 50, p95_execution_time_seconds: 95, p99_execution_time_seconds: 99 } as const;
/** The promise, and half a microsecond for the six decimals. */
const RELATIVE = 0.01;
const ROUNDED = 0.000_000_5;

/** Days with executions that raw still covers, rising, and what ran in them. */
function liveDays({ runs, zone, floor }: Snapshot): Map<LocalDay, StoredRun[]> {
  const first = firstLiveDay(zone, floor);
  const days = grouped(runs, (run) => localDayOf(run.startedAt, zone));
  return new Map([...days].filter(([day]) => day >= first).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Percentiles of merged ranges (everything, and each half of it) are at most 1 % off those of raw. */
export async function expectPercentiles(model: AggregationReadModel, clientId: number, end: Snapshot): Promise<void> {
  const days = liveDays(end);
  const list = [...days.keys()];
  const half = Math.ceil(list.length / 2);
  for (const part of [list, list.slice(0, half), list.slice(half)]) {
    const [from, to] = [part[0], part.at(-1)];
    if (from === undefined || to === undefined) continue;
    const runs = part.flatMap((day) => days.get(day) ?? []);
    const rows = await model.rows(clientId, { stretches: [{ type: 'daily', from, to }], scope: 'all', detail: 'histogram' });
    for (const [workflowId, ofWorkflow] of grouped(rows, (row) => row.workflowId)) {
      const durations = runs.filter((run) => workflowId === 0 || run.workflowId === workflowId).flatMap(timedMs);
      durations.sort((a, b) => a - b);
      const served = derive(mergeFigures(ofWorkflow.map(({ figures }) => figures)));
      for (const [name, percent] of Object.entries(percents) as [keyof typeof percents, number][]) {
        const exact = durations[Math.ceil((percent * durations.length) / 100) - 1];
        expectClose({ from, to, workflowId, name }, served[name], exact === undefined ? null : exact / 1000);
      }
    }
  }
}

function timedMs({ isProduction, status, ms }: StoredRun): number[] {
  return isProduction && ['success', 'error', 'crashed'].includes(status) && ms !== null && ms >= 0 ? [ms] : [];
}

function expectClose(what: object, served: number | null, exact: number | null): void {
  const off = served === null || exact === null ? 0 : Math.abs(served - exact);
  const within = (served === null) === (exact === null) && off <= RELATIVE * (exact ?? 0) + ROUNDED;
  if (!within) expect({ ...what, served }).toEqual({ ...what, served: exact });
}
