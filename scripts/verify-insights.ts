// `npm run verify:insights`: holds what the API serves with the preset `n8n_insights` against n8n's own Insights.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Api } from './support/api.js';
import { askN8n } from './support/ask-n8n.js';
import { firstNodeAverage } from './support/first-node.js';
import { timedRuns } from './support/timed-runs.js';
import { type ServiceChoice, withService } from './support/verified-service.js';

/** More runs than this are not looked at one by one. */
const MAX_PAYLOADS = 1_000;

const HELP = `Compares the summary that the service serves with the preset n8n_insights with n8n's own /insights/summary.

  npm run verify:insights -- --base-url http://127.0.0.1:5678 --api-key KEY

  --base-url URL         address of an n8n instance that has insights (2.17 or newer)
  --api-key KEY          key of its public API
  --days N               whole UTC days up to today (default 2; n8n tells 7 without a licence)
  --service URL          a running service; left out: one is started for this run, with a database of its own
  --service-key KEY      admin key of that service
  --timeout-minutes N    for the sync, and again for n8n to bring its insights up to date (default 10)
  --help                 this text

The average run is some milliseconds longer here: n8n's API tells when an execution was taken up, its Insights time the run itself,
which begins between that moment and the first node, and neither the list nor the payload says when. When the averages differ, the
payloads of the runs (at most ${MAX_PAYLOADS}) are asked for: an average between the two ways to time them counts as explained.
Let the instance rest meanwhile: n8n files an execution under the moment it ended, this service under the one it started.
It brings its insights up to date sooner with N8N_INSIGHTS_COMPACTION_INTERVAL_MINUTES=1 and N8N_INSIGHTS_FLUSH_INTERVAL_SECONDS=1.
Prints both, then "equal", "equal but for the explained average" or "different", and exits with 0, 0 or 1; 2 means that the comparison could not be made.`;

const POLL_MS = 3_000;
const STABLE_POLLS = 5;
const DAY_MS = 86_400_000;

const say = (text: string): void => {
  console.error(`[verify] ${text}`);
};

interface Options {
  baseUrl: string;
  apiKey: string;
  days: number;
  timeoutMs: number;
  service: ServiceChoice;
}

/** What both know: counts, minutes, and milliseconds of an average run. */
interface Totals {
  total: number;
  failed: number;
  timeSavedMinutes: number;
  averageMs: number;
}

/** By how much they may differ: n8n rounds minutes to whole ones and milliseconds to hundredths in places. */
const TOLERANCES: Totals = { total: 0, failed: 0, timeSavedMinutes: 0.5, averageMs: 0.5 };

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      'base-url': { type: 'string' },
      'api-key': { type: 'string' },
      days: { type: 'string', default: '2' },
      service: { type: 'string' },
      'service-key': { type: 'string' },
      'timeout-minutes': { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { 'base-url': baseUrl, 'api-key': apiKey } = values;
  if (baseUrl === undefined || apiKey === undefined) throw new Error('--base-url and --api-key are needed; see --help');
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new Error('--days is a whole number from 1 to 365');
  const service = { url: values.service, key: values['service-key'] };
  return { baseUrl: baseUrl.replace(/\/+$/, ''), apiKey, days, timeoutMs: Number(values['timeout-minutes']) * 60_000, service };
}

async function served(api: Api, { baseUrl, apiKey, days, timeoutMs }: Options): Promise<Totals> {
  const { id } = await api.post<{ id: number }>('/clients', {
    name: `verify ${new Date().toISOString()}`,
    n8n_base_url: baseUrl,
    n8n_api_key: apiKey,
    timezone: 'UTC',
    requests_per_minute: 6000,
  });
  try {
    await api.put(`/clients/${id}/filter-rules`, { preset: 'n8n_insights' });
    await api.syncCompletely(id, timeoutMs, (text) => {
      say(`sync: ${text}`);
    });
    const { from, to } = range(days);
    const summary = await api.get<Summary>(`/metrics/client/${id}?start_date=${from}&end_date=${to}`);
    return {
      total: summary.total_executions,
      failed: summary.failed_executions,
      timeSavedMinutes: (summary.time_saved_hours ?? 0) * 60,
      averageMs: (summary.avg_execution_time_seconds ?? 0) * 1000,
    };
  } finally {
    await api.delete(`/clients/${id}`);
  }
}

interface Summary {
  total_executions: number;
  failed_executions: number;
  time_saved_hours: number | null;
  avg_execution_time_seconds: number | null;
}

/** n8n's own figures, asked for until they agree with `wanted` or have not moved for a while. */
async function insights(options: Options, wanted: Totals): Promise<Totals> {
  const until = Date.now() + options.timeoutMs;
  let last = await askInsights(options);
  for (let same = 1; differences(wanted, last).length > 0 && (same < STABLE_POLLS || last.total < wanted.total);) {
    if (Date.now() > until) break;
    await sleep(POLL_MS);
    const next = await askInsights(options);
    same = JSON.stringify(next) === JSON.stringify(last) ? same + 1 : 1;
    if (same === 1) say(`n8n says ${JSON.stringify(next)}`);
    last = next;
  }
  return last;
}

async function askInsights({ baseUrl, apiKey, days }: Options): Promise<Totals> {
  const { from } = range(days);
  const end = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  const query = new URLSearchParams({ startDate: `${from}T00:00:00.000Z`, endDate: `${end}T00:00:00.000Z` });
  type Answer = Record<'total' | 'failed' | 'timeSaved' | 'averageRunTime', { value: number }>;
  const body = await askN8n<Answer>({ baseUrl, apiKey }, `insights/summary?${query.toString()}`);
  if (body === null) throw new Error('this n8n has no insights: they came with 2.17');
  return {
    total: body.total.value,
    failed: body.failed.value,
    timeSavedMinutes: body.timeSaved.value,
    averageMs: body.averageRunTime.value,
  };
}

/** Whole UTC days up to today. */
function range(days: number): { from: string; to: string } {
  const day = (back: number): string => new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
  return { from: day(days - 1), to: day(0) };
}

function differences(here: Totals, there: Totals): string[] {
  const names = Object.keys(TOLERANCES) as (keyof Totals)[];
  return names.filter((name) => Math.abs(here[name] - there[name]) > TOLERANCES[name]);
}

/** Whether the average of Insights lies between that of the same runs from when they were taken up and from their first nodes. */
async function explainsAverage({ baseUrl, apiKey, days }: Options, here: Totals, there: Totals): Promise<boolean> {
  say(`the averages differ: reading the payloads of at most ${MAX_PAYLOADS} runs ...`);
  const { runs, averageMs } = firstNodeAverage(await timedRuns({ baseUrl, apiKey }, range(days).from, MAX_PAYLOADS));
  console.log(`payloads  ${JSON.stringify({ runs, averageMs })} from the first node of each run on`);
  if (runs !== here.total) {
    say(`${here.total} runs are counted, ${runs} tell when their first node began: too few to explain the average`);
    return false;
  }
  const rounding = TOLERANCES.averageMs;
  return averageMs - rounding <= there.averageMs && there.averageMs <= here.averageMs + rounding;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) {
    console.log(HELP);
    return 0;
  }
  const here = await withService(options.service, say, (api) => served(api, options));
  const there = await insights(options, here);
  console.log(`served    ${JSON.stringify(here)}`);
  console.log(`insights  ${JSON.stringify(there)}`);
  const found = differences(here, there);
  const different = found.filter((name) => name !== 'averageMs');
  // Where counts differ, payloads can explain nothing.
  const isExplained = found.length === 1 && different.length === 0 && (await explainsAverage(options, here, there));
  if (found.includes('averageMs') && !isExplained) different.push('averageMs');
  const equal = isExplained ? 'equal but for the explained average' : 'equal';
  console.log(different.length === 0 ? equal : `different: ${different.join(', ')}`);
  return different.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`[verify] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
