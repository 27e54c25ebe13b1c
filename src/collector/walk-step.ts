import { type ExecutionPage } from '../n8n-client/index.js';
import { type LostId } from './coverage-gaps.repository.js';
import { compareIds, countBetween, idsBetween } from './ids.js';
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

/** When an execution started, as far as n8n says. */
export function markOf(row: KnownExecution, now: Date): Mark {
  return { id: row.id, at: row.startedAt ?? row.stoppedAt ?? now };
}

/**
 * Ids between neighbours above the floor that the list does not show: running or waiting out of sight, or gone.
 * @param ended the walk ends with this page: the stretch down to the floor counts too
 */
export function missingIds(step: WalkStep, ended: boolean, now: Date): { missing: LostId[]; wide: WideHole[] } {
  const { floor } = step;
  const marks = step.rows.filter((row) => floor === null || compareIds(row.id, floor) > 0).map((row) => markOf(row, now));
  const missing: LostId[] = [];
  const wide: WideHole[] = [];
  let newer = step.previous;
  const pass = (older: Mark): void => {
    if (newer === null) return;
    const [from, to] = older.at < newer.at ? [older.at, newer.at] : [newer.at, older.at];
    const ids = idsBetween(newer.id, older.id, MAX_IN_GAP);
    missing.push(...ids.map((id) => ({ id, from, to })));
    const lowest = ids.at(-1);
    if (lowest !== undefined && (countBetween(lowest, older.id) ?? 0) > 0)
      wide.push({ above: older.id, below: lowest, from, to });
  };
  for (const mark of marks) {
    pass(mark);
    newer = mark;
  }
  if (ended && floor !== null && reached(step.page, floor)) pass({ id: floor, at: floorStart(step, floor) ?? newer?.at ?? now });
  return { missing, wide };
}

function floorStart(step: WalkStep, floor: string): Date | null {
  const row = step.rows.find(({ id }) => compareIds(id, floor) <= 0);
  return row?.startedAt ?? row?.stoppedAt ?? null;
}
