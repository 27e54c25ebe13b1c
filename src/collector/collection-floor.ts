import { addDays, dayRange, localDayOf } from '../common/index.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Executions that started before this instant are not collected: the start of the first local day that lies wholly within the
 * retention time and above the raw floor. Whole days only, so that no rollup is made from a part of its day.
 */
export function collectionFloor(now: Date, rawRetentionDays: number, rawFloor: Date, zone: string): Date {
  const limit = Math.max(now.getTime() - rawRetentionDays * DAY_MS, rawFloor.getTime());
  const day = localDayOf(new Date(limit), zone);
  const start = dayRange(day, zone).start;
  return start.getTime() >= limit ? start : dayRange(addDays(day, 1), zone).start;
}
