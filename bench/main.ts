// `npm run bench -- [names] [options]`: measures what the project promises. A table for people on stderr, one JSON line per figure on stdout.
import { aggregate } from './aggregate/aggregate.bench.js';
import { api } from './api/api.bench.js';
import { type Benchmark } from './benchmark.js';
import { Cleanup } from './cleanup.js';
import { type Figure, isMissed, toFigure, toLine } from './figure.js';
import { ingest } from './ingest/ingest.bench.js';
import { ingestMemory } from './memory/ingest-memory.bench.js';
import { isolation } from './isolation/isolation.bench.js';
import { type BenchOptions, optionsHelp, readOptions, UsageError } from './options.js';
import { retention } from './retention/retention.bench.js';
import { scale } from './scale/scale.bench.js';
import { toTable } from './table.js';
import { walk } from './walk/walk.bench.js';

const EXIT = { measured: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const benchmarks: readonly Benchmark[] = [ingest, ingestMemory, isolation, aggregate, retention, api, scale, walk];

/** npm passes on a Ctrl-C that the terminal has sent already. */
const SAME_KEYSTROKE_MS = 1_000;

const startedAt = Date.now();
const interrupted = new AbortController();
const isStopping = (): boolean => interrupted.signal.aborted;
const say = (text: string): void => {
  console.error(`[bench ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${text}`);
};
const cleanup = new Cleanup(say);

function listed(): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  return benchmarks
    .map(({ name, summary, needs }) => `  ${name.padEnd(width)}  ${summary}${needs === null ? '' : ` (needs ${needs.what})`}`)
    .join('\n');
}

function help(): string {
  return `Measures what the project promises.\n\n  npm run bench -- [names] [options]\n\n${listed()}\n\n${optionsHelp}\n`;
}

/** Ctrl-C stops everything that was started; a second one does not wait for it. */
function stopOnSignals(): void {
  let stoppingSince = 0;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping()) {
      if (Date.now() - stoppingSince >= SAME_KEYSTROKE_MS) process.exit(EXIT.interrupted);
      return;
    }
    stoppingSince = Date.now();
    interrupted.abort();
    say(`${signal}: stopping everything ...`);
    void cleanup.run().finally(() => process.exit(EXIT.interrupted));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.on('uncaughtException', (error) => {
    console.error(error);
    void cleanup.run().finally(() => process.exit(EXIT.failed));
  });
}

async function measure({ name, run }: Benchmark, options: BenchOptions): Promise<Figure[]> {
  const progress = (text: string): void => {
    if (!isStopping()) say(`${name}: ${text}`);
  };
  try {
    const measurements = await run({ options, cleanup, say: progress });
    return measurements.map((one) => toFigure(options.reportOnly ? { ...one, bar: null } : one));
  } finally {
    await cleanup.run();
  }
}

/** @throws UsageError when a benchmark that was asked for lacks what it needs */
function chosenBy(options: BenchOptions): Benchmark[] {
  if (options.names.length === 0) return benchmarks.filter(({ needs }) => needs === null);
  const chosen = benchmarks.filter(({ name }) => options.names.includes(name));
  for (const { name, needs } of chosen) {
    if (needs !== null && !needs.given(options)) throw new UsageError(`${name} needs ${needs.what}`);
  }
  return chosen;
}

/** One after the other; one that fails does not cost the others their figures. @returns the figures, and how many failed */
async function measureAll(chosen: readonly Benchmark[], options: BenchOptions): Promise<{ figures: Figure[]; failures: number }> {
  const figures: Figure[] = [];
  let failures = 0;
  for (const benchmark of chosen) {
    if (isStopping()) break;
    try {
      const measured = await measure(benchmark, options);
      for (const figure of measured) process.stdout.write(`${toLine(figure)}\n`);
      figures.push(...measured);
    } catch (error) {
      failures += 1;
      if (!isStopping()) console.error(`${benchmark.name} could not be measured:`, error);
    }
  }
  return { figures, failures };
}

async function main(): Promise<number> {
  const options = readOptions(
    process.argv.slice(2),
    benchmarks.map(({ name }) => name),
  );
  if (options === null) {
    process.stdout.write(help());
    return EXIT.measured;
  }
  const chosen = chosenBy(options);
  if (options.names.length === 0) console.error(`${listed()}\n`);
  stopOnSignals();
  const { figures, failures } = await measureAll(chosen, options);
  if (figures.length > 0) console.error(`\n${toTable(figures, process.stderr.isTTY)}\n`);
  const missed = figures.filter(isMissed);
  if (missed.length > 0) console.error(`${missed.length} of ${figures.length} figures missed their bar`);
  return failures > 0 || (options.strict && missed.length > 0) ? EXIT.failed : EXIT.measured;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n'npm run bench -- --help' lists what there is.`);
  else if (!isStopping()) console.error(error);
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
}
