import { type Baseline } from './baseline.js';
import { few } from './complaints.js';
import { type Gone } from './past.js';
import { countsLosses } from './plan.js';
import { isFinal, type Sighting } from './sightings.js';
import { type Stage } from './stage.js';
import { type StoredGap } from './store.js';

/** What was lost must lie in the gaps that are told; where every loss leaves a hole, their number must be exact. */
export async function judgeLosses(stage: Stage, baseline: Baseline | null, stored: ReadonlySet<string>): Promise<string[]> {
  if (baseline === null) return [];
  const { past, plan, sightings, store } = stage;
  const provable = provenReplacements(past.replacements, [...sightings.byKey.values()]);
  const lost = past
    .gone()
    .filter((gone) => !stored.has(gone.key) && isAbove(baseline.lowest, baseline, gone))
    .filter(({ last }) => last === past.replacements || provable.has(last));
  const known = lost.filter((gone) => isAbove(baseline.lowestListed, baseline, gone));
  const gaps = await store.gaps();
  const outside = known.filter((gone) => !gaps.some((gap) => holds(gap, gone)));
  const complaints = few('lost outside of every gap', outside.map(describe));
  if (outside.length > 0) complaints.push(...few('told are', gaps.map(describeGap)));
  if (!countsLosses(plan)) return complaints;
  const told = gaps.reduce((sum, gap) => sum + Number(gap.missing_ids ?? 0), 0);
  if (told < known.length || told > lost.length) {
    complaints.push(...few(`${told} missing ids are told, and lost were`, lost.map(describe)));
  }
  const { missing } = await store.unrest();
  if (missing > 0) complaints.push(`${missing} ids are still looked for`);
  return complaints;
}

/** Of the first database, the oldest executions may have been forgotten before the first look. */
function isAbove(lowest: number, { replacements }: Baseline, { id, first }: Gone): boolean {
  return first > replacements || Number(id) >= lowest;
}

/**
 * Another database shows by contradiction only: an id that was stored as final and comes again as something else. It has to come from
 * the next one that was read at all; what a later one contradicts says nothing of the change before.
 */
function provenReplacements(count: number, sightings: readonly Sighting[]): ReadonlySet<number> {
  const seen = sightings.filter(({ certain }) => certain >= 0);
  const read = seen.filter(({ faces, certain }) => isFinal(faces[certain]?.status ?? ''));
  const proven = Array.from({ length: count }, (_, database) => database).filter((database) => {
    const before = new Set(read.filter((sighting) => sighting.database <= database).map(({ id }) => id));
    const next = Math.min(...seen.map((sighting) => sighting.database).filter((other) => other > database));
    return read.some((sighting) => sighting.database === next && before.has(sighting.id));
  });
  return new Set(proven);
}

/** By the time of its creation or of its start: a queue, and n8n itself, may put days between them. */
function holds({ from_at: from, to_at: to }: StoredGap, { times }: Gone): boolean {
  return times.some((at) => from.getTime() <= at && (to === null || at <= to.getTime()));
}

function describe({ id, times, reason, last }: Gone): string {
  return `${id} of database ${last}, ${reason}, ${times.map((at) => new Date(at).toISOString()).join(' ')}`;
}

function describeGap({ from_at: from, to_at: to, reason, missing_ids: missing, ids }: StoredGap): string {
  return `${reason}, ${missing ?? 'unknown'} ids ${ids ?? ''}, ${from.toISOString()} to ${to?.toISOString() ?? 'now'}`;
}
