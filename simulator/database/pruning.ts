import { type Status } from '../vocabulary.js';
import { type Database } from './database.js';

/** Both limits apply together; a missing one does not limit. */
export interface PruningLimits {
  maxCount?: number;
  maxAgeHours?: number;
}

/** Out of the box n8n keeps 14 days and 10,000 executions of the whole instance, checked hourly. */
export const defaultPruning = { maxCount: 10_000, maxAgeHours: 336 } as const satisfies PruningLimits;

const unfinished: ReadonlySet<Status> = new Set<Status>(['new', 'running', 'waiting']);

/** Removes what is beyond the newest `maxCount` or stopped longer ago than `maxAgeHours`; returns how many rows went. */
export function prune({ executions }: Database, limits: PruningLimits, now: number): number {
  const oldest = limits.maxAgeHours === undefined ? -Infinity : now - limits.maxAgeHours * 3_600_000;
  const maxCount = limits.maxCount ?? Infinity;
  let live = 0;
  let removed = 0;
  for (let id = executions.lastId, lowest = executions.lowestLiveId; id >= lowest; id--) {
    if (!executions.isLive(id)) continue;
    live++;
    if (unfinished.has(executions.statusOf(id))) continue;
    if (live <= maxCount && !(executions.stoppedAt(id) < oldest)) continue;
    executions.remove(id, 'pruned', now);
    removed++;
  }
  return removed;
}
