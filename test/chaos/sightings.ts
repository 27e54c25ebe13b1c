import { type SimulatedInstance, type TruthRow } from '../../simulator/index.js';
import { isUnreadable } from './executions.js';

/** What n8n says of an execution at one moment, as far as it is stored. */
export interface Face {
  workflowId: string;
  status: string;
  mode: string;
  startedAt: string | null;
  stoppedAt: string | null;
  retryOf: string | null;
  retrySuccessId: string | null;
}

/** One execution and what could be seen of it. */
export interface Sighting {
  readonly key: string;
  readonly id: string;
  /** Number of the database in which it was first seen, from 0. */
  readonly database: number;
  /** Every face that could be read while some sync ran, oldest first. */
  readonly faces: Face[];
  /** Index in `faces`: the store must hold this face or a later one. -1: it may have been missed. */
  certain: number;
  /** Since when (ms) it has been listed without a break; `null`: it is not listed now. */
  listedSince: number | null;
  /** It was above everything listed before when it was first listed at the start of a sync: the walk must come by. */
  isHead: boolean;
}

/** A sync under way and what has been listed, unchanged, since it began: row key to index of the face. */
export type Watch = Map<string, number>;

const FINAL: ReadonlySet<string> = new Set(['success', 'error', 'crashed', 'canceled']);
/** An id below the watermark is looked for at growing intervals, up to 6 hours; more than a few take turns. */
const LATE_MS = 13 * 3_600_000;

export const isFinal = (status: string): boolean => FINAL.has(status);

/** The same execution in every database that holds it: a restored backup keeps the time of creation, a new database does not. */
export const keyOf = ({ id, createdAt }: Pick<TruthRow, 'id' | 'createdAt'>): string => `${id}@${createdAt}`;

export function faceOf(row: TruthRow): Face {
  const { workflowId, status, mode, startedAt, stoppedAt, retryOf, retrySuccessId } = row;
  return { workflowId, status, mode, startedAt, stoppedAt, retryOf, retrySuccessId };
}

const sameFace = (a: Face, b: Face): boolean => (Object.keys(a) as (keyof Face)[]).every((name) => a[name] === b[name]);

/** Follows what an instance shows while it is synced, and says what no sync that came through can have missed. */
export class Sightings {
  readonly byKey = new Map<string, Sighting>();
  private readonly watches = new Set<Watch>();
  /** Highest id that any sync can have seen listed in this database. */
  private top = 0;
  private database = 0;

  constructor(private readonly instance: SimulatedInstance) {}

  /** A sync begins. */
  open(): Watch {
    const shown = this.look();
    for (const sighting of shown) {
      if (sighting.listedSince !== null && sighting.faces.length === 1) sighting.isHead ||= Number(sighting.id) > this.top;
    }
    this.raiseTop(shown);
    const watch: Watch = new Map(shown.map((sighting) => [sighting.key, sighting.faces.length - 1]));
    this.watches.add(watch);
    return watch;
  }

  /** Call it before and after everything that changes the instance while a sync runs. */
  note(): void {
    this.raiseTop(this.look());
  }

  /** The sync has ended. */
  close(watch: Watch, cameThrough: boolean): void {
    this.note();
    this.watches.delete(watch);
    if (!cameThrough) return;
    for (const [key, face] of watch) {
      const sighting = this.byKey.get(key);
      if (sighting !== undefined && this.mustBeRead(sighting)) sighting.certain = Math.max(sighting.certain, face);
    }
  }

  /** Another database: what comes with the same ids is something else. `kept`: highest id that is still the same. */
  replaced(kept: number): void {
    this.top = Math.min(this.top, kept);
    this.database += 1;
  }

  /** Everything that a list shows now; what has changed is not watched any more. */
  private look(): Sighting[] {
    const shown = new Map<string, Sighting>();
    for (const row of this.instance.truthRows()) {
      if (row.gone !== null || isUnreadable(row)) continue;
      const sighting = this.see(row);
      if (row.visible) sighting.listedSince ??= this.instance.clock.now();
      else Object.assign(sighting, { listedSince: null, isHead: false });
      if (row.visible || isInRunningList(row, this.instance)) shown.set(sighting.key, sighting);
    }
    for (const watch of this.watches) {
      for (const [key, face] of watch) if (shown.get(key)?.faces.length !== face + 1) watch.delete(key);
    }
    return [...shown.values()];
  }

  private see(row: TruthRow): Sighting {
    const key = keyOf(row);
    const face = faceOf(row);
    const known = this.byKey.get(key) ?? newSighting(key, row.id, this.database);
    const last = known.faces.at(-1);
    if (last === undefined || !sameFace(last, face)) known.faces.push(face);
    this.byKey.set(key, known);
    return known;
  }

  private raiseTop(shown: readonly Sighting[]): void {
    for (const { id } of shown) if (Number(id) > this.top) this.top = Number(id);
  }

  /** New ones are on the way of the walk, open ones that are stored are looked at every time, others when their turn comes. */
  private mustBeRead({ isHead, certain, faces, listedSince }: Sighting): boolean {
    const face = faces[certain];
    if (face !== undefined) return !isFinal(face.status);
    if (faces.at(-1)?.status === 'running') return true;
    return isHead || (listedSince !== null && this.instance.clock.now() - listedSince >= LATE_MS);
  }
}

/** Running ones are listed apart, where they are listed at all. */
function isInRunningList({ status }: TruthRow, { version }: SimulatedInstance): boolean {
  return status === 'running' && version !== '1.100';
}

function newSighting(key: string, id: string, database: number): Sighting {
  return { key, id, database, faces: [], certain: -1, listedSince: null, isHead: false };
}
