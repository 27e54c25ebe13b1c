// `npm run audit`: asks a running service whether a client's rollups are what its raw executions give, and prints what is not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from './support/api.js';
import { type Audit, auditLines } from './support/audit-report.js';

const HELP = `Compares the rollups of a client with its raw executions, on a running service.

  npm run audit -- --client 1 --start 2026-02-01 --end 2026-02-28

  --client ID       the client
  --start DATE      first day, in the client's time zone (default: everything that raw executions cover)
  --end DATE        last day
  --base-url URL    the service (default http://127.0.0.1:3000)
  --api-key KEY     its admin key (default: ADMIN_API_KEY, else keys.json in DATA_DIR)
  --help            this text

Prints what was compared and every difference (the first 200). Exits with 0 when all is equal, 1 when something differs, 2 when the
comparison could not be made.`;

interface Options {
  client: string;
  start: string | undefined;
  end: string | undefined;
  baseUrl: string;
  apiKey: string;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      client: { type: 'string' },
      start: { type: 'string' },
      end: { type: 'string' },
      'base-url': { type: 'string', default: 'http://127.0.0.1:3000' },
      'api-key': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values.client === undefined) throw new Error('--client is needed; see --help');
  const { client, start, end } = values;
  return { client, start, end, baseUrl: values['base-url'].replace(/\/+$/, ''), apiKey: values['api-key'] ?? knownKey() };
}

/** The key that the service itself uses. */
function knownKey(): string {
  const given = process.env.ADMIN_API_KEY;
  if (given !== undefined && given !== '') return given;
  const file = join(process.env.DATA_DIR ?? './data', 'keys.json');
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { admin_api_key: string }).admin_api_key;
  } catch {
    throw new Error(`no admin key: give --api-key or ADMIN_API_KEY (${file} cannot be read)`);
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) {
    console.log(HELP);
    return 0;
  }
  const { client, start, end } = options;
  const range = new URLSearchParams({
    ...(start === undefined ? {} : { start_date: start }),
    ...(end === undefined ? {} : { end_date: end }),
  }).toString();
  const api = new Api(options.baseUrl, options.apiKey);
  const audit = await api.post<Audit>(`/metrics/admin/audit/${encodeURIComponent(client)}${range === '' ? '' : `?${range}`}`);
  for (const line of auditLines(audit)) console.log(line);
  return audit.equal ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`[audit] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
