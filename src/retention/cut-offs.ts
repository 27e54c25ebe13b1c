const DAY_MS = 24 * 60 * 60_000;

/** What is older than these is let go. */
export interface CutOffs {
  /** Raw executions that started before. */
  raw: Date;
  /** Rollups whose period begins before, `YYYY-MM-DD`. */
  rollups: string;
}

/** `rawDays` before now, and the first day of the month `months` months before now. */
export function cutOffs(now: Date, rawDays: number, months: number): CutOffs {
  const firstOfMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  return { raw: new Date(now.getTime() - rawDays * DAY_MS), rollups: firstOfMonth.toISOString().slice(0, 10) };
}
