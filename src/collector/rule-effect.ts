import { type Verdict } from '../production-filter/index.js';
import { differs, type ExecutionGroup } from './execution-group.js';
import { isFailure, VANISHED } from './statuses.js';

/** A group and what other rules would say of it. */
export interface JudgedGroup {
  group: ExecutionGroup;
  verdict: Verdict;
}

/** Figures of the same executions by one set of verdicts, counted as rollups count them. */
export interface ExecutionTotals {
  /** Production executions that succeeded or failed. */
  total: number;
  successful: number;
  failed: number;
  canceled: number;
  open: number;
  /** Not production, whatever their status. */
  excluded: number;
}

/** Executions whose verdict or reason would be another one. */
export interface ReasonChange {
  fromReason: string;
  fromProduction: boolean;
  toReason: string;
  toProduction: boolean;
  executions: number;
}

/** What would change for one workflow. */
export interface WorkflowEffect {
  workflowId: number;
  /** `null`: the workflow is not known. */
  name: string | null;
  totalBefore: number;
  totalAfter: number;
  movedIn: number;
  movedOut: number;
  /** Not production before and after, or production before and after, but for another reason. */
  reasonChanged: number;
}

/** The difference that other rules would make. */
export interface RuleEffect {
  executions: number;
  before: ExecutionTotals;
  after: ExecutionTotals;
  /** Executions of any status that would become production, or cease to be. */
  movedIn: number;
  movedOut: number;
  reasonChanged: number;
  /** Most executions first. */
  reasons: ReasonChange[];
  /** Those with any change, most moved executions first. */
  workflows: WorkflowEffect[];
}

/** Adds groups up. Pure: the order of the groups does not matter but for equal counts. */
export function effectOf(judged: readonly JudgedGroup[]): RuleEffect {
  const before = emptyTotals();
  const after = emptyTotals();
  const reasons = new Map<string, ReasonChange>();
  const workflows = new Map<number, WorkflowEffect>();
  for (const one of judged) {
    const { group, verdict } = one;
    count(before, group, group.isProduction);
    count(after, group, verdict.production);
    addToWorkflow(workflows, one);
    if (differs(group, verdict)) addReason(reasons, one);
  }
  const changed = [...workflows.values()].filter(
    ({ movedIn, movedOut, reasonChanged }) => movedIn + movedOut + reasonChanged > 0,
  );
  const sum = (of: (effect: WorkflowEffect) => number): number => changed.reduce((total, effect) => total + of(effect), 0);
  return {
    executions: judged.reduce((total, { group }) => total + group.executions, 0),
    before,
    after,
    movedIn: sum((effect) => effect.movedIn),
    movedOut: sum((effect) => effect.movedOut),
    reasonChanged: sum((effect) => effect.reasonChanged),
    reasons: [...reasons.values()].sort((a, b) => b.executions - a.executions),
    workflows: changed.sort(
      (a, b) =>
        b.movedIn + b.movedOut - a.movedIn - a.movedOut || b.reasonChanged - a.reasonChanged || a.workflowId - b.workflowId,
    ),
  };
}

/** Which way the executions of a group would move; `null`: they stay. */
export function directionOf({ group, verdict }: JudgedGroup): 'in' | 'out' | null {
  if (group.isProduction === verdict.production) return null;
  return verdict.production ? 'in' : 'out';
}

function emptyTotals(): ExecutionTotals {
  return { total: 0, successful: 0, failed: 0, canceled: 0, open: 0, excluded: 0 };
}

function count(totals: ExecutionTotals, { status, executions }: ExecutionGroup, production: boolean): void {
  if (!production) totals.excluded += executions;
  else if (status === 'success') totals.successful += executions;
  else if (isFailure(status)) totals.failed += executions;
  else if (status === 'canceled') totals.canceled += executions;
  else if (status !== VANISHED) totals.open += executions;
  totals.total = totals.successful + totals.failed;
}

function addToWorkflow(workflows: Map<number, WorkflowEffect>, one: JudgedGroup): void {
  const { group, verdict } = one;
  const { workflowId, executions, status } = group;
  const effect = workflows.get(workflowId) ?? {
    workflowId,
    name: group.workflow?.name ?? null,
    totalBefore: 0,
    totalAfter: 0,
    movedIn: 0,
    movedOut: 0,
    reasonChanged: 0,
  };
  workflows.set(workflowId, effect);
  const inTotal = status === 'success' || isFailure(status) ? executions : 0;
  if (group.isProduction) effect.totalBefore += inTotal;
  if (verdict.production) effect.totalAfter += inTotal;
  const direction = directionOf(one);
  if (direction === 'in') effect.movedIn += executions;
  else if (direction === 'out') effect.movedOut += executions;
  else if (differs(group, verdict)) effect.reasonChanged += executions;
}

function addReason(reasons: Map<string, ReasonChange>, { group, verdict }: JudgedGroup): void {
  const key = JSON.stringify([group.filterReason, group.isProduction, verdict.reason, verdict.production]);
  const known = reasons.get(key);
  if (known !== undefined) known.executions += group.executions;
  else
    reasons.set(key, {
      fromReason: group.filterReason,
      fromProduction: group.isProduction,
      toReason: verdict.reason,
      toProduction: verdict.production,
      executions: group.executions,
    });
}
