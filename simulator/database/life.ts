import { type Mode, type Outcome, type Status } from '../vocabulary.js';
import { type Database, type Plan } from './database.js';
import { likelyFailures } from './failures.js';
import { type Workflow } from './workflow.js';

/** Carries out every plan that is due by `now` (milliseconds), in the order of time. */
export function settle(database: Database, now: number, rewritesStartedAt: boolean): void {
  for (;;) {
    const due = [...database.plans.values()].filter((plan) => plan.due <= now).sort((a, b) => a.due - b.due || a.id - b.id);
    if (due.length === 0) return;
    for (const plan of due) carryOut(database, plan, rewritesStartedAt);
  }
}

function carryOut(database: Database, plan: Plan, rewritesStartedAt: boolean): void {
  const { executions, plans } = database;
  const at = plan.due;
  switch (plan.step) {
    case 'begin':
      executions.change(plan.id, { status: 'running', startedAt: at });
      plans.set(plan.id, { ...plan, step: Number.isNaN(plan.waitTill) ? 'end' : 'wait', due: ending(plan, at) });
      return;
    case 'wait':
      executions.change(plan.id, { status: 'waiting', stoppedAt: at, waitTill: plan.waitTill });
      plans.set(plan.id, { ...plan, step: 'resume', due: Math.max(plan.waitTill, at) });
      return;
    case 'resume':
      executions.change(plan.id, { status: 'running', stoppedAt: Number.NaN, waitTill: Number.NaN });
      if (rewritesStartedAt) executions.change(plan.id, { startedAt: at });
      plans.set(plan.id, { ...plan, step: 'end', due: plan.outcome === 'never' ? Infinity : at + plan.lastLegMs });
      return;
    case 'end':
      if (plan.outcome !== 'never') finish(database, plan.id, plan.outcome, at);
      return;
  }
}

function ending(plan: Plan, startedAt: number): number {
  const endsByItself = plan.outcome !== 'never' || !Number.isNaN(plan.waitTill);
  return endsByItself ? startedAt + plan.durationMs : Infinity;
}

/** Ends an execution now; it leaves no row when its workflow does not save such executions. */
export function finish(database: Database, id: number, outcome: Exclude<Outcome, 'never'>, at: number): void {
  const { executions, workflows, plans } = database;
  plans.delete(id);
  executions.change(id, { status: outcome, stoppedAt: at, waitTill: Number.NaN });
  const row = executions.read(id);
  const workflow = workflows.at(row.workflow);
  if (outcome === 'error') {
    const failures = likelyFailures(workflow);
    executions.change(id, { failure: failures[id % failures.length] ?? 1 });
  }
  if (!isSaved(workflow, row.mode, outcome)) {
    executions.remove(id, 'unsaved', at);
    return;
  }
  if (outcome === 'success' && row.retryOf !== 0) executions.change(row.retryOf, { retrySuccessId: id });
}

/** A crash is found after the fact, when the settings are not asked any more. */
export function isSaved({ settings }: Workflow, mode: Mode, status: Status): boolean {
  if (status === 'crashed') return true;
  if (mode === 'manual' && settings.saveManualExecutions === false) return false;
  return (status === 'success' ? settings.saveDataSuccessExecution : settings.saveDataErrorExecution) !== 'none';
}
