import { type DayCounts, rawDays, rolledUpDays } from '../support/daily-figures.js';
import { differences, isSighting, type Retries } from './agreement.js';
import { type Baseline } from './baseline.js';
import { few } from './complaints.js';
import { judgeLosses } from './losses.js';
import { faceOf, isFinal, keyOf, type Sighting } from './sightings.js';
import { type Stage } from './stage.js';
import { type StoredRow } from './store.js';

/** Compares what is stored with what really happened. @returns what must not be; empty when everything is right */
export async function judge(stage: Stage, baseline: Baseline | null): Promise<string[]> {
  const rows = await stage.store.executions();
  const found = match(stage, rows);
  return [
    ...few('stored though it was never shown so', found.strangers),
    ...few('stored twice', found.doubles),
    ...few('seen by a sync that came through, and not stored', missed(stage, found.byKey)),
    ...few('still in n8n, and not stored as n8n shows it', unequal(stage, found.byKey, baseline)),
    ...(await judgeLosses(stage, baseline, new Set(found.byKey.keys()))),
    ...(await judgeRollups(stage)),
    ...(await judgeWorkflows(stage)),
  ];
}

interface Matches {
  byKey: Map<string, StoredRow>;
  strangers: string[];
  doubles: string[];
}

/** Finds the execution that each stored row is. */
function match({ plan, sightings }: Stage, rows: readonly StoredRow[]): Matches {
  const matches: Matches = { byKey: new Map(), strangers: [], doubles: [] };
  const byId = new Map<string, Sighting[]>();
  for (const sighting of sightings.byKey.values()) byId.set(sighting.id, [...(byId.get(sighting.id) ?? []), sighting]);
  const retries = retriesOf(sightings.byKey.values());
  const places = new Set<string>();
  for (const row of rows) {
    if (places.has(nameOf(row))) matches.doubles.push(nameOf(row));
    places.add(nameOf(row));
    const candidates = byId.get(row.id) ?? [];
    const same = candidates.filter((sighting) => isSighting(row, sighting, retries, plan.version !== '1.100'));
    const free = same.find(({ key }) => !matches.byKey.has(key));
    if (free !== undefined) matches.byKey.set(free.key, row);
    else if (same.length > 0) matches.doubles.push(nameOf(row));
    else matches.strangers.push(`${nameOf(row)}: ${explain(row, candidates, retries)}`);
  }
  return matches;
}

function retriesOf(sightings: Iterable<Sighting>): Retries {
  const retries = new Map<string, Set<string>>();
  for (const { id, faces } of sightings) {
    const original = faces.at(-1)?.retryOf ?? null;
    if (original === null || faces.every(({ status }) => status !== 'success')) continue;
    retries.set(original, (retries.get(original) ?? new Set()).add(id));
  }
  return retries;
}

function explain(row: StoredRow, candidates: readonly Sighting[], retries: Retries): string {
  if (candidates.length === 0) return `${row.status}, no such execution`;
  const last = candidates.map(({ faces, certain }) => {
    const face = faces.at(-1);
    const texts = face === undefined ? [] : differences(row, face, retries);
    return `${texts.length === 0 ? 'as it was once' : texts.join(', ')} (${faces.length} faces, certain ${certain})`;
  });
  return last.join('; or ');
}

/** What must have been read, and is not there. */
function missed({ sightings }: Stage, stored: ReadonlyMap<string, StoredRow>): string[] {
  const all = [...sightings.byKey.values()];
  const takenOver = (sighting: Sighting): boolean =>
    !isFinal(sighting.faces[sighting.certain]?.status ?? '') &&
    all.some(({ id, key }) => id === sighting.id && key !== sighting.key);
  return (
    all
      .filter((sighting) => sighting.certain >= 0 && !stored.has(sighting.key))
      // An open one contradicts nothing that comes with the same id from another database.
      .filter((sighting) => !takenOver(sighting))
      .map(({ id, faces, certain }) => `${id} ${faces.map(({ status }) => status).join(' > ')} (certain from ${certain})`)
  );
}

/** What n8n has now must be stored as it is now, with the exception of what it never showed. */
function unequal(stage: Stage, stored: ReadonlyMap<string, StoredRow>, baseline: Baseline | null): string[] {
  const { past, plan, sightings } = stage;
  // A restored backup may have forgotten a retry that is stored.
  const retries = plan.anotherDatabase ? retriesOf(sightings.byKey.values()) : undefined;
  return past.live().flatMap((row) => {
    const found = stored.get(keyOf(row));
    if (found !== undefined) return differences(found, faceOf(row), retries).map((text) => `${row.id}: ${text}`);
    const isHidden = !row.visible && baseline !== null && Number(row.id) < baseline.lowestListed;
    return isHidden ? [] : [`${row.id}: ${row.status}, not there`];
  });
}

async function judgeRollups({ store }: Stage): Promise<string[]> {
  const [raw, rolledUp] = [await store.query<DayCounts>(rawDays), await store.query<DayCounts>(rolledUpDays)];
  const texts = [raw, rolledUp].map((days) => days.map((day) => JSON.stringify(day)));
  const [of = [], kept = []] = texts;
  return few('days whose rollup is not what the stored executions give', [
    ...of.filter((day) => !kept.includes(day)),
    ...kept.filter((day) => !of.includes(day)).map((day) => `rolled up: ${day}`),
  ]);
}

async function judgeWorkflows({ instance, store }: Stage): Promise<string[]> {
  const names = await store.workflowNames();
  const wrong = instance.database.workflows.list().filter(({ id, name }) => names.get(id) !== name);
  return few(
    'workflows with another name',
    wrong.map(({ id, name }) => `${name}, stored as ${String(names.get(id))}`),
  );
}

function nameOf({ id, epoch }: StoredRow): string {
  return `${id} of epoch ${epoch}`;
}
