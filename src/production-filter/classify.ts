import { type CompiledRules } from './compile-rules.js';
import {
  DEFAULT_RULES,
  type ExecutionFacts,
  INSIGHTS_RULES,
  type Outcome,
  type RuleTrial,
  type Verdict,
  type WorkflowFacts,
} from './rules.js';

const UNKNOWN_WORKFLOW: WorkflowFacts = { name: '', tags: [] };

/**
 * Whether an execution counts as production, and why. Pure and total: the same facts and rules always give the same verdict.
 * @param workflow `undefined`: not known (yet); rules about names and tags then see an empty name and no tags
 */
export function classify(execution: ExecutionFacts, workflow: WorkflowFacts | undefined, rules: CompiledRules): Verdict {
  return decide(execution, workflow, rules, () => undefined);
}

/** The verdict of {@link classify} with every rule that was tried, in order; the last of them decided. */
export function explain(
  execution: ExecutionFacts,
  workflow: WorkflowFacts | undefined,
  rules: CompiledRules,
): { verdict: Verdict; tried: RuleTrial[] } {
  const tried: RuleTrial[] = [];
  const verdict = decide(execution, workflow, rules, (outcome) => {
    tried.push({ ...outcome, saw: outcome.saw(), matched: outcome.verdict !== undefined });
  });
  return { verdict, tried };
}

function decide(
  execution: ExecutionFacts,
  workflow: WorkflowFacts | undefined,
  compiled: CompiledRules,
  onTried: (outcome: Outcome) => void,
): Verdict {
  const subject = { execution, workflow: workflow ?? UNKNOWN_WORKFLOW, compiled };
  for (const rule of compiled.rules.preset === 'n8n_insights' ? INSIGHTS_RULES : DEFAULT_RULES) {
    const outcome = rule(subject);
    onTried(outcome);
    if (outcome.verdict !== undefined) return outcome.verdict;
  }
  throw new Error('The last rule decides everything: the list of rules is incomplete');
}
