import { type ClientFreshness } from '../collector/index.js';

export const FRESHNESS_STATUSES = ['fresh', 'late', 'stale', 'never', 'failing'] as const;

export type FreshnessStatus = (typeof FRESHNESS_STATUSES)[number];

/** How old a client's data is and what that means. */
export interface Freshness {
  status: FreshnessStatus;
  /** Since the last execution sync that came through, `null` when there was none. */
  ageSeconds: number | null;
}

type Facts = Pick<ClientFreshness, 'executionsSyncedAt' | 'consecutiveFailures' | 'syncIntervalMinutes'>;

const LATE_AFTER_INTERVALS = 1.5;
const STALE_AFTER_INTERVALS = 4;

/**
 * `failing` while the newest attempts fail, `never` before the first sync, then by age: `fresh` up to 1.5 intervals, `late` up
 * to 4, `stale` beyond.
 * @param defaultInterval minutes, for clients without an interval of their own
 */
export function freshnessOf(facts: Facts, defaultInterval: number, now: Date): Freshness {
  if (facts.executionsSyncedAt === null) return { status: facts.consecutiveFailures > 0 ? 'failing' : 'never', ageSeconds: null };
  const ageSeconds = Math.max(0, Math.floor((now.getTime() - facts.executionsSyncedAt.getTime()) / 1_000));
  if (facts.consecutiveFailures > 0) return { status: 'failing', ageSeconds };
  const intervals = ageSeconds / 60 / (facts.syncIntervalMinutes ?? defaultInterval);
  if (intervals <= LATE_AFTER_INTERVALS) return { status: 'fresh', ageSeconds };
  return { status: intervals <= STALE_AFTER_INTERVALS ? 'late' : 'stale', ageSeconds };
}
