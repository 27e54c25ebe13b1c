import { type CompiledRules } from './compile-rules.js';
import { type Answer, type ExecutionFacts, type Rule, type RuleTrial, type Verdict, type WorkflowFacts } from './rule.js';
import { DEFAULT_RULES, INSIGHTS_RULES } from './rules.js';

const UNKNOWN_WORKFLOW: WorkflowFacts = { name: '', tags: [] };

/**
 * Whether an execution counts as production, and why. Pure and total: the same facts and rules always give the same verdict.
 * @param workflow `undefined`: not known (yet); rules about names and tags then see an empty name and no tags
 */
export function classify(execution: ExecutionFacts, workflow: WorkflowFacts | undefined, rules: CompiledRules): Verdict {
  return decide(execution, workflow, rules, () => undefined);
}

/** A verdict and, in the order of the table, every rule behind it: exactly one decided. */
export interface Explanation {
  verdict: Verdict;
  rules: RuleTrial[];
}

/** The verdict of {@link classify} with what every rule saw. The very same rules are asked, so the two cannot disagree. */
export function explain(execution: ExecutionFacts, workflow: WorkflowFacts | undefined, rules: CompiledRules): Explanation {
  const tried: RuleTrial[] = [];
  const verdict = decide(execution, workflow, rules, (rule, { outcome, saw }) => {
    tried.push({ rule: rule.name, outcome, saw: saw() });
  });
  const notReached = rulesOf(rules).slice(tried.length);
  return {
    verdict,
    rules: [...tried, ...notReached.map(({ name }): RuleTrial => ({ rule: name, outcome: 'not_reached', saw: null }))],
  };
}

function rulesOf({ rules }: CompiledRules): readonly Rule[] {
  return rules.preset === 'n8n_insights' ? INSIGHTS_RULES : DEFAULT_RULES;
}

function decide(
  execution: ExecutionFacts,
  workflow: WorkflowFacts | undefined,
  compiled: CompiledRules,
  onTried: (rule: Rule, answer: Answer) => void,
): Verdict {
  const subject = { execution, workflow: workflow ?? UNKNOWN_WORKFLOW, compiled };
  for (const rule of rulesOf(compiled)) {
    const answer = rule.ask(subject);
    onTried(rule, answer);
    if (answer.verdict !== undefined) return answer.verdict;
  }
  throw new Error('The last rule decides everything: the list of rules is incomplete');
}
