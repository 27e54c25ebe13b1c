/** What the execution's payload is needed for here. */
export interface TimedExecution {
  id: string;
  mode: string;
  startedAt: string | null;
  stoppedAt: string | null;
  data?: { resultData?: { runData?: Record<string, { startTime?: number }[]> } };
}

/** Runs that were timed, and their average from the first node on, milliseconds. */
export interface FirstNodeAverage {
  runs: number;
  averageMs: number;
}

/**
 * Milliseconds from the start of an execution's first node to its end: the shortest time that anybody can give the run. `null` when
 * the payload does not tell.
 */
export function fromFirstNodeMs({ stoppedAt, data }: TimedExecution): number | null {
  const starts = Object.values(data?.resultData?.runData ?? {}).flatMap((runs) => runs.map(({ startTime }) => startTime));
  const known = starts.filter((start) => start !== undefined);
  if (stoppedAt === null || known.length === 0) return null;
  return Math.max(0, Date.parse(stoppedAt) - Math.min(...known));
}

/** The average over executions with payload. Those that do not tell are left out. */
export function firstNodeAverage(executions: readonly TimedExecution[]): FirstNodeAverage {
  const known = executions.map(fromFirstNodeMs).filter((ms) => ms !== null);
  const sum = known.reduce((total, ms) => total + ms, 0);
  return { runs: known.length, averageMs: known.length === 0 ? 0 : Math.round((sum / known.length) * 100) / 100 };
}
