import { type CompiledRules } from './compile-rules.js';
import { DEFAULT_RULES, type ExecutionFacts, INSIGHTS_RULES, type RuleTrial, type Verdict, type WorkflowFacts } from './rules.js';

const UNKNOWN_WORKFLOW: WorkflowFacts = { name: '', tags: [] };

/**
 * Whether an execution counts as production, and why. Pure and total: the same facts and rules always give the same verdict.
 * @param workflow `undefined`: not known (yet); rules about names and tags then see an empty name and no tags
 */
export function classify(execution: ExecutionFacts, workflow: WorkflowFacts | undefined, rules: CompiledRules): Verdict {
  return explain(execution, workflow, rules).verdict;
}

/** The verdict of {@link classify} with every rule that was tried, in order; the last of them decided. */
export function explain(
  execution: ExecutionFacts,
  workflow: WorkflowFacts | undefined,
  rules: CompiledRules,
): { verdict: Verdict; tried: RuleTrial[] } {
  const subject = { execution, workflow: workflow ?? UNKNOWN_WORKFLOW, compiled: rules };
  const tried: RuleTrial[] = [];
  for (const rule of rules.rules.preset === 'n8n_insights' ? INSIGHTS_RULES : DEFAULT_RULES) {
    const trial = rule(subject);
    tried.push(trial);
    if (trial.verdict !== undefined) return { verdict: trial.verdict, tried };
  }
  throw new Error('The last rule decides everything: the list of rules is incomplete');
}
