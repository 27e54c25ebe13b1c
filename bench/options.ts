import { parseArgs } from 'node:util';

/** What the command line asks for. `null`: each benchmark's own default. */
export interface BenchOptions {
  /** In the order given; empty: all that need nothing from outside. */
  names: string[];
  executions: number | null;
  rounds: number | null;
  clients: number;
  databaseUrl: string | null;
  n8nUrl: string | null;
  n8nKey: string | null;
  reportOnly: boolean;
  strict: boolean;
}

/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {}

export const optionsHelp = `  --executions N       size of ingest (default 100000), ingest-memory (1000000), aggregate, retention and api (5000000)
  --rounds N           how often value and reference are measured in turn (default 3, aggregate and walk 5, api 25, retention 2 at most)
  --clients N          simulated clients of isolation, a fifth of them faulty (default 100)
  --database-url URL   a PostgreSQL server to use; every benchmark makes databases of its own there and drops them
                       (left out: an embedded PostgreSQL, as durable as in production)
  --n8n-url URL        address of the n8n that walk reads
  --n8n-key KEY        key of its public API
  --report-only        promise nothing: every bar is null
  --strict             exit with 1 when a bar is missed
  --help               this text`;

/** `null` when help is asked for. @throws UsageError that says which argument is wrong */
export function readOptions(args: string[], known: readonly string[]): BenchOptions | null {
  const { values, positionals } = parsed(args);
  if (values.help) return null;
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageError(`there is no benchmark ${unknown.join(', ')}; known are ${known.join(', ')}`);
  return {
    names: [...new Set(positionals)],
    executions: values.executions === undefined ? null : whole('executions', values.executions, 1_000, 5_000_000),
    rounds: values.rounds === undefined ? null : whole('rounds', values.rounds, 1, 99),
    clients: whole('clients', values.clients, 10, 500),
    databaseUrl: values['database-url'] ?? null,
    n8nUrl: values['n8n-url']?.replace(/\/+$/, '') ?? null,
    n8nKey: values['n8n-key'] ?? null,
    reportOnly: values['report-only'],
    strict: values.strict,
  };
}

function parsed(args: string[]) {
  const flag = { type: 'boolean' as const, default: false };
  const text = { type: 'string' as const };
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        executions: text,
        rounds: text,
        clients: { ...text, default: '100' },
        'database-url': text,
        'n8n-url': text,
        'n8n-key': text,
        'report-only': flag,
        strict: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not '${text}'`);
}
