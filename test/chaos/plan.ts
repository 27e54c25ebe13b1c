import { Random, type SimulatedVersion, versions } from '../../simulator/index.js';

/**
 * What may happen to an instance beside the everyday life. In `plain` and `pruning` n8n saves everything, its ids are one
 * sequence and its database stays the same, so every loss can be counted.
 */
const kinds = ['plain', 'pruning', 'unsaved', 'another-database', 'odd-rows', 'all-at-once'] as const;
export type Kind = (typeof kinds)[number];

/** Everything a seed decides before its history begins. */
export interface Plan {
  seed: number;
  version: SimulatedVersion;
  kind: Kind;
  /** Prunes by itself every hour, as n8n does. */
  prunesItself: boolean;
  savesEverything: boolean;
  anotherDatabase: boolean;
  oddRows: boolean;
  steps: number;
  /** The step in which the syncing replica is killed; `null`: all live on. */
  killAt: number | null;
}

/** The versions in turn, and the kinds in turn: any 18 seeds in a row have every pair once. */
export function planOf(seed: number): Plan {
  const random = new Random(`chaos ${seed}`);
  const version = versions[seed % versions.length] ?? '2.40';
  const kind = kinds[Math.floor(seed / versions.length) % kinds.length] ?? 'plain';
  const all = kind === 'all-at-once';
  const steps = 10 + random.below(12);
  // A successor takes seconds to come up, so not every seed kills. A kill is worth most in the first backfill.
  const killAt = random.chance(0.5) ? random.below(random.chance(0.4) ? 3 : steps) : null;
  return {
    seed,
    version,
    kind,
    prunesItself: kind === 'pruning' || all,
    savesEverything: kind !== 'unsaved' && !all,
    anotherDatabase: kind === 'another-database' || all,
    oddRows: kind === 'odd-rows' || all,
    steps,
    killAt,
  };
}

/** Whether each lost execution leaves a hole that can be counted. */
export function countsLosses(plan: Plan): boolean {
  return plan.savesEverything && !plan.anotherDatabase && !plan.oddRows;
}

/** `CHAOS_SEED=17`: that one. `CHAOS_SEEDS=200`: 1 to 200, `CHAOS_SEEDS=201-400`: those. Left out: 1 to 20. */
export function seedsOf(env: NodeJS.ProcessEnv): number[] {
  const one = env.CHAOS_SEED;
  if (one !== undefined) return [Number(one)];
  const [first, last] = /^(\d+)-(\d+)$/
    .exec(env.CHAOS_SEEDS ?? '')
    ?.slice(1)
    .map(Number) ?? [1, Number(env.CHAOS_SEEDS ?? 20)];
  return Array.from({ length: (last ?? 0) - (first ?? 1) + 1 }, (_, n) => (first ?? 1) + n);
}
