/** What the execution's payload is needed for here. */
export interface TimedExecution {
  stoppedAt: string | null;
  data?: { resultData?: { runData?: Record<string, { startTime?: number | null }[]> } };
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
  const first = starts.reduce<number>((least, start) => (typeof start === 'number' && start < least ? start : least), Infinity);
  return stoppedAt === null || first === Infinity ? null : Math.max(0, Date.parse(stoppedAt) - first);
}

/** The average over executions with payload. Those that do not tell are left out. */
export function firstNodeAverage(executions: readonly TimedExecution[]): FirstNodeAverage {
  const known = executions.map(fromFirstNodeMs).filter((ms) => ms !== null);
  const sum = known.reduce((total, ms) => total + ms, 0);
  return { runs: known.length, averageMs: known.length === 0 ? 0 : Math.round((sum / known.length) * 100) / 100 };
}
