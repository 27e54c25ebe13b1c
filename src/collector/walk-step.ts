import { type ExecutionPage } from '../n8n-client/index.js';
import { type LostId } from './coverage-gaps.repository.js';
import { areNeighbours, compareIds, countBetween, idsBetween } from './ids.js';
import { type KnownExecution } from './known-execution.js';
import { MAX_IN_GAP } from './pending.repository.js';

/** An id of a walk and when its execution started. */
export interface Mark {
  id: string;
  at: Date;
}

/** A page of the walk with everything that storing it needs. */
export interface WalkStep {
  page: ExecutionPage;
  rows: KnownExecution[];
  /** The lowest execution stored before this page; `null` at the top. */
  previous: Mark | null;
  /** Ids at or below it are stored already; `null`: nothing is. */
  floor: string | null;
  /** Whatever has a higher id than the floor was made after this instant. */
  floorAt: Date | null;
  /** Nothing older is kept: where nothing else is known, something was made after it. */
  oldest: Date;
}

/** A hole too wide for the ledger: the ids strictly between are only counted. */
export interface WideHole {
  above: string;
  below: string;
  from: Date;
  to: Date;
}

/** Whether the page shows an id that is stored already. */
export function reached(page: ExecutionPage, floor: string | null): boolean {
  return floor !== null && page.rows.some((row) => compareIds(row.id, floor) <= 0);
}

/** So many ids below the end of the list are looked for. */
const MAX_UNREACHED = 250;

/** Ids between the floor and the end of a list that ends above it, newest first. @param step the last one of a walk */
export function unreachedIds({ page, rows, previous, floor, floorAt }: WalkStep, now: Date): LostId[] {
  const last = rows.at(-1);
  const lowest = last === undefined ? previous : markOf(last, now);
  if (floor === null || lowest === null || reached(page, floor)) return [];
  const from = floorAt !== null && floorAt < lowest.at ? floorAt : lowest.at;
  return idsBetween(lowest.id, floor, MAX_UNREACHED).map((id) => ({ id, from, to: lowest.at }));
}

/** When an execution started, as far as n8n says. */
export function markOf(row: KnownExecution, now: Date): Mark {
  return { id: row.id, at: row.startedAt ?? row.stoppedAt ?? now };
}

/** So many older neighbours are asked when something was made: one of them may have started long after its id was taken. */
const NEIGHBOURS = 5;

/**
 * Whatever has a higher id than these executions, newest first, was made after this instant. Fewer than five at the end of the list say
 * nothing: n8n keeps executions that wait when it prunes all around them, and old versions rewrite their start.
 */
export function madeAfter(marks: readonly Mark[], atTheEnd: boolean, otherwise: Date): Date {
  if (marks.length === 0 || (atTheEnd && marks.length < NEIGHBOURS)) return otherwise;
  return new Date(Math.min(...marks.slice(0, NEIGHBOURS).map(({ at }) => at.getTime())));
}

/**
 * Ids between neighbours above the floor that the list does not show: running or waiting out of sight, or gone.
 * @param ended the walk ends with this page: the stretch down to the floor counts too
 */
export function missingIds(step: WalkStep, ended: boolean, now: Date): { missing: LostId[]; wide: WideHole[] } {
  const { floor } = step;
  const marks = step.rows.map((row) => markOf(row, now));
  const missing: LostId[] = [];
  const wide: WideHole[] = [];
  let newer = step.previous;
  for (const [at, older] of marks.entries()) {
    // What is known ends the walk: the hole above it reaches down to the floor, whether or not that one is still shown.
    const known = floor !== null && compareIds(older.id, floor) <= 0 ? floor : null;
    if (newer !== null && (known === null ? !areNeighbours(newer.id, older.id) : ended)) {
      const made = madeAfter(marks.slice(at, at + NEIGHBOURS), step.page.nextCursor === null, step.oldest);
      pass(newer, known === null ? { id: older.id, at: made } : { id: known, at: step.floorAt ?? made });
    }
    if (known !== null) break;
    newer = older;
  }
  return { missing, wide };

  function pass(from: Mark, down: Mark): void {
    const around = { from: down.at < from.at ? down.at : from.at, to: from.at };
    const ids = idsBetween(from.id, down.id, MAX_IN_GAP);
    missing.push(...ids.map((id) => ({ id, ...around })));
    const lowest = ids.at(-1);
    if (lowest !== undefined && (countBetween(lowest, down.id) ?? 0) > 0) wide.push({ above: down.id, below: lowest, ...around });
  }
}
