import { rollupsKeptFrom } from '../aggregator/index.js';
import { type LocalDay } from '../common/index.js';

const DAY_MS = 24 * 60 * 60_000;

/** What is older than these is let go. */
export interface CutOffs {
  /** Raw executions that started before. */
  raw: Date;
  /** Rollups whose period begins before. */
  rollups: LocalDay;
}

/** `rawDays` before now, and the first day of the month `months` months before now. */
export function cutOffs(now: Date, rawDays: number, months: number): CutOffs {
  return { raw: new Date(now.getTime() - rawDays * DAY_MS), rollups: rollupsKeptFrom(now, months) };
}
