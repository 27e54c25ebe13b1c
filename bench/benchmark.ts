import { type Cleanup } from './cleanup.js';
import { type Measurement } from './figure.js';
import { type BenchOptions } from './options.js';

/** What a benchmark gets to work with. */
export interface BenchContext {
  options: BenchOptions;
  /** Everything that a benchmark starts is registered here at once. */
  cleanup: Cleanup;
  /** A progress line for people. */
  say: (text: string) => void;
}

/** One named benchmark. */
export interface Benchmark {
  name: string;
  /** One line: what is compared with what. */
  summary: string;
  /** What it cannot do without; `null`: nothing, so it runs also when no name is given. */
  needs: { what: string; given: (options: BenchOptions) => boolean } | null;
  /** @throws Error when it could not measure; figures of a run that went wrong are never given */
  run: (context: BenchContext) => Promise<Measurement[]>;
}
