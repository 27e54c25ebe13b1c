import { parseArgs } from 'node:util';
import { type SimulatedVersion, versions } from './dialect.js';

export const help = `A simulated n8n, as its public API shows it.

  npm run simulator -- [options]

  --version V      ${versions.join(', ')} (default 2.40)
  --port N         0 takes a free one (default 5680)
  --executions N   how many lie in the past (default 20000)
  --days N         over how many days (default 60)
  --seed N         another number, another history (default 1)
  --live           goes on starting executions until stopped
  --per-minute N   how many with --live, 1 to 6000 (default 30)
  --help           this text
`;

export interface CliOptions {
  version: SimulatedVersion;
  port: number;
  executions: number;
  days: number;
  seed: number;
  live: boolean;
  perMinute: number;
}

/** Null when help is asked for; throws an Error that says which option is wrong. */
export function readOptions(args: string[]): CliOptions | null {
  const text = (fallback: string) => ({ type: 'string' as const, default: fallback });
  const { values } = parseArgs({
    args,
    options: {
      version: text('2.40'),
      port: text('5680'),
      executions: text('20000'),
      days: text('60'),
      seed: text('1'),
      'per-minute': text('30'),
      live: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const version = versions.find((known) => known === values.version);
  if (version === undefined) throw new Error(`--version must be one of ${versions.join(', ')}, not '${values.version}'`);
  return {
    version,
    port: integer('port', values.port, 0, 65_535),
    executions: integer('executions', values.executions, 0, 5_000_000),
    days: integer('days', values.days, 1, 3650),
    seed: integer('seed', values.seed, 0, 4_294_967_295),
    live: values.live,
    perMinute: integer('per-minute', values['per-minute'], 1, 6000),
  };
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a whole number from ${least} to ${most}, not '${text}'`);
}
