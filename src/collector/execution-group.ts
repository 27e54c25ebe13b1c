import { classify, type CompiledRules, type Verdict, verdictDependsOn, type WorkflowFacts } from '../production-filter/index.js';

/** Stored executions that no rule can tell apart, and that carry the same verdict now. */
export interface ExecutionGroup {
  workflowId: number;
  /** As it is now; `null`: not known. */
  workflow: WorkflowFacts | null;
  mode: string;
  status: string;
  /** Of one of them; `null`: none has any. */
  testIndicator: string | null;
  isShort: boolean;
  inQuietHours: boolean;
  isProduction: boolean;
  filterReason: string;
  executions: number;
  firstStart: Date;
  lastStart: Date;
  /** The shortest known duration; `null`: none is known. */
  shortestMs: number | null;
}

/** Where the rules cut durations and time; everything else they look at is a column of its own. */
export interface Cuts {
  /** Shorter executions are told apart; 0: none is. */
  minDurationMs: number;
  /** Rising: an instant lies in quiet hours when an odd number of them is at or before it. */
  quietBounds: readonly Date[];
}

const MINUTE_MS = 60_000;

/** The cuts of a rule set between two instants. Reading the clock on the wall of every minute costs a second for a year: ask for weeks. */
export function cutsOf(compiled: CompiledRules, from: Date, to: Date): Cuts {
  const { duration, startedAt } = verdictDependsOn(compiled.rules);
  return {
    minDurationMs: duration ? compiled.rules.min_duration_ms : 0,
    quietBounds: startedAt ? quietBounds(compiled, from, to) : [],
  };
}

/** Quiet hours begin and end on full minutes, and so do changes of the clocks: a minute is quiet as a whole or not at all. */
function quietBounds({ quietHours }: CompiledRules, from: Date, to: Date): Date[] {
  const bounds: Date[] = [];
  let quiet = false;
  for (let ms = Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS; ms <= to.getTime(); ms += MINUTE_MS) {
    const now = quietHours(new Date(ms)) !== null;
    if (now !== quiet) bounds.push(new Date(ms));
    quiet = now;
  }
  return bounds;
}

/** The verdict on every execution of a group, by one of them: they differ in nothing that a verdict depends on. */
export function judgeGroup(group: ExecutionGroup, rules: CompiledRules): Verdict {
  const { mode, status, testIndicator, firstStart: startedAt, shortestMs: durationMs } = group;
  return classify({ mode, status, testIndicator, startedAt, durationMs }, group.workflow ?? undefined, rules);
}

/** True when the verdict differs from the stored one. */
export function differs(group: Pick<ExecutionGroup, 'isProduction' | 'filterReason'>, verdict: Verdict): boolean {
  return group.isProduction !== verdict.production || group.filterReason !== verdict.reason;
}
