/** What is known of how fast executions come and how long the instance shows them. */
export interface PaceFacts {
  /** New executions an hour. */
  arrivalPerHour: number | null;
  /** Executions that the instance showed when its window was measured, and the age of the oldest in hours. */
  visibleRows: number | null;
  visibleHours: number | null;
  /** Whether something that was shown before is gone: only then the window is known to have an end. */
  prunes: boolean;
}

/** The interval chosen for a client. */
export interface Pace {
  /** Hours from an execution's start until the instance stops showing it, at the present rate. */
  windowHours: number;
  intervalMinutes: number;
  /** Even one minute is too long: executions are going to be lost. */
  tooSlow: boolean;
}

/** n8n's own limits when nothing is known better: two weeks, and the smallest number of executions that any plan keeps. */
const DEFAULT_HOURS = 336;
const SMALLEST_WINDOW_ROWS = 2_500;
const FALL_HOURS = 2;

/** The arrival rate after one more sample (executions an hour): follows a rise at once and a fall within hours. */
export function smoothedRate(previous: number | null, sample: number, elapsedHours: number): number {
  if (previous === null || sample >= previous) return sample;
  return previous + (sample - previous) * (1 - Math.exp(-elapsedHours / FALL_HOURS));
}

/** Hours until a new execution is pruned, if the instance goes on like this. */
export function windowHoursOf(facts: PaceFacts): number {
  const rows = facts.prunes
    ? (facts.visibleRows ?? SMALLEST_WINDOW_ROWS)
    : Math.max(facts.visibleRows ?? 0, SMALLEST_WINDOW_ROWS);
  const hours = facts.prunes ? (facts.visibleHours ?? DEFAULT_HOURS) : DEFAULT_HOURS;
  const rate = facts.arrivalPerHour ?? 0;
  const byCount = rate > 0 ? rows / rate : Infinity;
  // A window that was measured in a quiet time lasts shorter in a busy one; one that was measured in a busy time may last longer.
  return Math.min(DEFAULT_HOURS, Number.isFinite(byCount) ? byCount : Math.max(hours, 1));
}

/** Sync before half of the window is used up: at most every `configured` minutes, at least every minute. */
export function paceOf(facts: PaceFacts, configured: number): Pace {
  const windowHours = windowHoursOf(facts);
  const half = (windowHours * 60) / 2;
  return { windowHours, intervalMinutes: Math.max(1, Math.min(configured, Math.floor(half))), tooSlow: half < 1 };
}

/** An irrational share spreads any set of client ids evenly. */
const GOLDEN = 0.618_033_988_749_895;

/**
 * When the next sync is due: at most one interval from now, at a point of the interval that is the client's own, so that clients
 * registered together are not synced together for ever.
 */
export function nextSyncAt(now: Date, intervalMinutes: number, clientId: number): Date {
  const period = intervalMinutes * 60_000;
  if (intervalMinutes <= 1) return new Date(now.getTime() + period);
  const phase = ((clientId * GOLDEN) % 1) * period;
  return new Date(Math.floor((Math.floor((now.getTime() - phase) / period) + 1) * period + phase));
}
