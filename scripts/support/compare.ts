import { type Api } from './api.js';
import { type DayFigures, expectedFigures, expectedProduction, type TruthRow } from './truth.js';

/** An execution as the API lists it; what the comparison looks at. */
interface ListedExecution {
  n8n_workflow_id: string | null;
  workflow_id: number;
  status: string;
  mode: string;
  started_at: string;
  execution_time_ms: number | null;
  is_production: boolean;
  error_message: string | null;
}

interface Point {
  period_start: string;
  successful_executions: number;
  failed_executions: number;
  canceled_executions: number;
  open_executions: number;
  excluded_executions: number;
  total_execution_time_ms: number;
  time_saved_hours: number | null;
}

/** Outcome of a comparison: how many figures were held against the truth, and every one that differs. */
export interface Comparison {
  checked: number;
  differences: string[];
}

interface Group {
  executions: number;
  durationMs: number;
  production: number;
}

const FAILURES = new Set(['error', 'crashed']);
const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/**
 * Holds the list of executions against the truth: counts, durations and production split by workflow, mode, status and UTC day.
 * @param exactFailures false while details are pending: some versions' lists cannot tell error from crashed, so they count together
 */
export async function compareExecutions(
  api: Api,
  clientId: number,
  truth: readonly TruthRow[],
  exactFailures: boolean,
): Promise<Comparison> {
  const listed = await api.all<ListedExecution>(`/metrics/client/${clientId}/executions?${range(truth)}`);
  const status = (text: string): string => (!exactFailures && FAILURES.has(text) ? 'error or crashed' : text);
  const served = new Map<string, Group>();
  for (const row of listed) {
    const key = [
      row.n8n_workflow_id ?? '?',
      row.mode,
      status(row.status),
      new Date(row.started_at).toISOString().slice(0, 10),
    ].join(' | ');
    add(served, key, { executions: 1, durationMs: row.execution_time_ms ?? 0, production: row.is_production ? 1 : 0 });
  }
  const expected = new Map<string, Group>();
  for (const row of truth) {
    const key = [row.workflow_id, row.mode, status(row.status), row.day].join(' | ');
    const production = expectedProduction(row) ? row.executions : 0;
    add(expected, key, {
      executions: row.executions,
      durationMs: ENDED.has(row.status) ? (row.duration_ms ?? 0) : 0,
      production,
    });
  }
  return compareGroups(expected, served);
}

/** Holds the daily figures of every workflow against the truth. */
export async function compareFigures(api: Api, clientId: number, truth: readonly TruthRow[]): Promise<Comparison> {
  const expected = expectedFigures(truth);
  const differences: string[] = [];
  let checked = 0;
  const { items } = await workflowsOf(api, clientId, truth);
  for (const n8nId of new Set(truth.map((row) => row.workflow_id))) {
    const workflow = items.find((item) => item.n8n_workflow_id === n8nId);
    if (workflow === undefined) {
      differences.push(`workflow ${n8nId}: not served`);
      continue;
    }
    const path = `/metrics/client/${clientId}/historical?period_type=daily&workflow_id=${workflow.workflow_id}&${range(truth)}`;
    const { metrics_data } = await api.get<{ metrics_data: Point[] }>(path);
    for (const point of metrics_data) {
      const want = expected.get(`${n8nId}/${point.period_start}`) ?? NOTHING;
      const got = figuresOf(point);
      for (const name of Object.keys(want) as (keyof DayFigures)[]) {
        checked += 1;
        const tolerance = name === 'timeSavedMinutes' ? 0.001 : 0; // hours are served with 6 decimals
        if (Math.abs(got[name] - want[name]) > tolerance) {
          differences.push(`${workflow.workflow_name} ${point.period_start} ${name}: truth ${want[name]}, served ${got[name]}`);
        }
      }
    }
  }
  return { checked, differences };
}

/** Failures that have an error text, and all failures. */
export async function countErrorTexts(
  api: Api,
  clientId: number,
  truth: readonly TruthRow[],
): Promise<{ withText: number; failures: number }> {
  const failures = await api.all<ListedExecution>(`/metrics/client/${clientId}/executions?status=error&${range(truth)}`);
  return { withText: failures.filter((row) => row.error_message !== null).length, failures: failures.length };
}

interface WorkflowItem {
  workflow_id: number;
  n8n_workflow_id: string;
  workflow_name: string;
}

async function workflowsOf(api: Api, clientId: number, truth: readonly TruthRow[]): Promise<{ items: WorkflowItem[] }> {
  const items: WorkflowItem[] = [];
  let cursor: string | null = null;
  do {
    const path = `/metrics/client/${clientId}/workflows?limit=500&${range(truth)}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { workflows: WorkflowItem[]; next_cursor: string | null } = await api.get(path);
    items.push(...page.workflows);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return { items };
}

const NOTHING: DayFigures = { successful: 0, failed: 0, canceled: 0, open: 0, excluded: 0, durationMs: 0, timeSavedMinutes: 0 };

function figuresOf(point: Point): DayFigures {
  return {
    successful: point.successful_executions,
    failed: point.failed_executions,
    canceled: point.canceled_executions,
    open: point.open_executions,
    excluded: point.excluded_executions,
    durationMs: point.total_execution_time_ms,
    timeSavedMinutes: (point.time_saved_hours ?? 0) * 60,
  };
}

function compareGroups(expected: ReadonlyMap<string, Group>, served: ReadonlyMap<string, Group>): Comparison {
  const differences: string[] = [];
  let checked = 0;
  for (const key of new Set([...expected.keys(), ...served.keys()])) {
    const want = expected.get(key) ?? { executions: 0, durationMs: 0, production: 0 };
    const got = served.get(key) ?? { executions: 0, durationMs: 0, production: 0 };
    for (const name of ['executions', 'durationMs', 'production'] as const) {
      checked += 1;
      if (want[name] !== got[name]) differences.push(`${key} ${name}: truth ${want[name]}, served ${got[name]}`);
    }
  }
  return { checked, differences };
}

function add(groups: Map<string, Group>, key: string, more: Group): void {
  const group = groups.get(key) ?? { executions: 0, durationMs: 0, production: 0 };
  group.executions += more.executions;
  group.durationMs += more.durationMs;
  group.production += more.production;
  groups.set(key, group);
}

/** The days of the truth, as a query. */
function range(truth: readonly TruthRow[]): string {
  const days = truth.map((row) => row.day).sort();
  return `start_date=${days[0] ?? ''}&end_date=${days.at(-1) ?? ''}`;
}
