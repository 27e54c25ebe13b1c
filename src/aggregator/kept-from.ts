import { type LocalDay } from '../common/index.js';

/**
 * The first day of the month `months` months before now: what begins earlier is let go, and not served although it may still be
 * there.
 */
export function rollupsKeptFrom(now: Date, months: number): LocalDay {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 10);
}
