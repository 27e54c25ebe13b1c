const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
/** 1970-01-05, the first Monday of Unix time: partitions begin on Mondays, 00:00 UTC. */
const FIRST_MONDAY_MS = 4 * 24 * 60 * 60 * 1000;

/** One weekly partition of `workflow_executions`: its table name and its half-open range. */
export interface WeeklyPartition {
  name: string;
  from: Date;
  to: Date;
}

/** The partition that holds executions started at this instant. */
export function partitionOf(startedAt: Date): WeeklyPartition {
  const from = new Date(weekOf(startedAt) * WEEK_MS + FIRST_MONDAY_MS);
  const name = `workflow_executions_w${from.toISOString().slice(0, 10).replaceAll('-', '')}`;
  return { name, from, to: new Date(from.getTime() + WEEK_MS) };
}

function weekOf(at: Date): number {
  return Math.floor((at.getTime() - FIRST_MONDAY_MS) / WEEK_MS);
}

/** The partitions that a set of rows needs, each once. */
export function partitionsOf(instants: Iterable<Date>): WeeklyPartition[] {
  const found = new Map<string, WeeklyPartition>();
  let week: number | null = null;
  for (const at of instants) {
    // Neighbours mostly share their week.
    if (week === weekOf(at)) continue;
    week = weekOf(at);
    const partition = partitionOf(at);
    found.set(partition.name, partition);
  }
  return [...found.values()];
}
