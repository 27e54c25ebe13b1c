// `npm run verify:n8n`: registers a real n8n with the service, syncs, and holds what the API serves against the truth.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Api, type Job } from './support/api.js';
import { compareExecutions, compareFigures, type Comparison, countErrorTexts } from './support/compare.js';
import { parseTruth, type TruthRow } from './support/truth.js';
import { type ServiceChoice, withService } from './support/verified-service.js';

const HELP = `Compares what the service serves with what an n8n instance really did.

  npm run verify:n8n -- --base-url http://127.0.0.1:5678 --api-key KEY --truth truth.json

  --base-url URL              address of the n8n instance
  --api-key KEY               key of its public API
  --truth FILE                JSON array of groups: workflow, workflow_id, time_saved_minutes, tags, mode, status, day (UTC), executions,
                              duration_ms
  --service URL               a running service; left out: one is started for this run, with a database of its own
  --service-key KEY           admin key of that service
  --requests-per-minute N     budget for this instance (default 6000: it is yours and on this machine)
  --timeout-minutes N         for syncing, and again for the failures' details (default 15)
  --keep                      leave the client registered
  --help                      this text

Prints "equal", or every difference, and exits with 0 or 1; 2 means that the comparison could not be made.`;

const SHOWN = 100;
const say = (text: string): void => {
  console.error(`[verify] ${text}`);
};

interface Options {
  baseUrl: string;
  apiKey: string;
  truth: TruthRow[];
  service: ServiceChoice;
  requestsPerMinute: number;
  timeoutMs: number;
  keep: boolean;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      'base-url': { type: 'string' },
      'api-key': { type: 'string' },
      truth: { type: 'string' },
      service: { type: 'string' },
      'service-key': { type: 'string' },
      'requests-per-minute': { type: 'string', default: '6000' },
      'timeout-minutes': { type: 'string', default: '15' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { 'base-url': baseUrl, 'api-key': apiKey, truth } = values;
  if (baseUrl === undefined || apiKey === undefined || truth === undefined)
    throw new Error('--base-url, --api-key and --truth are needed; see --help');
  return {
    baseUrl,
    apiKey,
    truth: parseTruth(readFileSync(truth, 'utf8')),
    service: { url: values.service, key: values['service-key'] },
    requestsPerMinute: Number(values['requests-per-minute']),
    timeoutMs: Number(values['timeout-minutes']) * 60_000,
    keep: values.keep,
  };
}

async function verify(api: Api, options: Options): Promise<string[]> {
  const { truth } = options;
  const executions = truth.reduce((sum, row) => sum + row.executions, 0);
  say(`the truth holds ${executions} executions in ${truth.length} groups`);
  const { id } = await api.post<{ id: number }>('/clients', {
    name: `verify ${new Date().toISOString()}`,
    n8n_base_url: options.baseUrl,
    n8n_api_key: options.apiKey,
    timezone: 'UTC',
    requests_per_minute: options.requestsPerMinute,
  });
  try {
    const startedAt = Date.now();
    await api.syncCompletely(id, options.timeoutMs, (text) => {
      say(`first sync: ${text}`);
    });
    say(`first sync done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    const differences = report('lists, right after the first sync', await compareExecutions(api, id, truth, false));
    differences.push(...report('figures per workflow and day', await compareFigures(api, id, truth)));
    const second = await api.syncCompletely(id, options.timeoutMs, () => undefined);
    differences.push(...unchanged(second));
    const left = await drainDetails(api, id, options.timeoutMs);
    if (left > 0) say(`${left} failures still lack their detail: error and crashed are compared together`);
    differences.push(...report("lists, with the failures' details", await compareExecutions(api, id, truth, left === 0)));
    differences.push(...report('figures, once more', await compareFigures(api, id, truth)));
    const texts = await countErrorTexts(api, id, truth);
    say(`${texts.withText} of ${texts.failures} failures with status error have an error text`);
    return [...new Set(differences)];
  } finally {
    if (!options.keep) await api.delete(`/clients/${id}`);
  }
}

/** A second sync of the same executions must find nothing new and change nothing. */
function unchanged(job: Job): string[] {
  const { executions_new: created, executions_changed: changed } = (job.result ?? {}) as Record<string, number | undefined>;
  say(`second sync: ${created ?? '?'} new, ${changed ?? '?'} changed`);
  return created === 0 && changed === 0
    ? []
    : [`second sync: ${created ?? '?'} new and ${changed ?? '?'} changed, expected none`];
}

/** Syncs until every failure has its detail or time is up. @returns how many are left */
async function drainDetails(api: Api, clientId: number, timeoutMs: number): Promise<number> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const { details_pending: left } = await api.freshness(clientId);
    if (left === 0 || Date.now() > until) return left;
    say(`${left} failures wait for their detail ...`);
    await api.syncCompletely(clientId, timeoutMs, () => undefined);
  }
}

function report(what: string, comparison: Comparison): string[] {
  const { checked, differences } = comparison;
  say(`${what}: ${checked} figures, ${differences.length === 0 ? 'all equal' : `${differences.length} different`}`);
  return differences;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) {
    console.log(HELP);
    return 0;
  }
  const differences = await withService(options.service, say, (api) => verify(api, options));
  if (differences.length === 0) {
    console.log('equal');
    return 0;
  }
  for (const difference of differences.slice(0, SHOWN)) console.log(difference);
  console.log(`${differences.length} differences${differences.length > SHOWN ? `, the first ${SHOWN} are shown` : ''}`);
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`[verify] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
