import { type CompiledRules } from './compile-rules.js';
import { isKnownMode, N8N_MODES } from './n8n-vocabulary.js';

/** What is known of one execution. */
export interface ExecutionFacts {
  /** As n8n wrote it; may be unknown to this service. */
  mode: string;
  /** As n8n wrote it. No rule looks at it: open, failed and canceled executions are production or not like any other. */
  status: string;
  startedAt: Date;
  /** `null` while open or when it cannot be told; the minimum duration then says nothing. */
  durationMs: number | null;
  /** What `findTestIndicator` found in error text or custom data; `null`: nothing known. */
  testIndicator: string | null;
}

/** What is known of the workflow at the moment. */
export interface WorkflowFacts {
  name: string;
  tags: readonly string[];
}

/** Stored with the execution. */
export interface Verdict {
  production: boolean;
  /** The execution's `filter_reason`. */
  reason: string;
}

/** One rule that was tried. `saw` is for people; `verdict` is there when it matched. */
export interface RuleTrial {
  rule: string;
  saw: string;
  matched: boolean;
  verdict?: Verdict;
}

/** One execution in front of the rules. */
export interface Subject {
  execution: ExecutionFacts;
  workflow: WorkflowFacts;
  compiled: CompiledRules;
}

/** One row of the table of rules. */
export type Rule = (subject: Subject) => RuleTrial;

const yes = (rule: string, saw: string, reason = rule): RuleTrial => ({
  rule,
  saw,
  matched: true,
  verdict: { production: true, reason },
});

const no = (rule: string, saw: string, reason = rule): RuleTrial => ({
  rule,
  saw,
  matched: true,
  verdict: { production: false, reason },
});

const pass = (rule: string, saw: string): RuleTrial => ({ rule, saw, matched: false });

const quoted = (text: string): string => JSON.stringify(text);

const manualMode: Rule = ({ execution, compiled }) => {
  const rule = 'manual_mode';
  if (!compiled.rules.exclude_manual) return pass(rule, 'exclude_manual is off');
  return execution.mode === 'manual' ? no(rule, 'mode manual') : pass(rule, `mode ${execution.mode}`);
};

const customExclude: Rule = ({ workflow, compiled }) => {
  const { excludedBy } = compiled.inName(workflow.name);
  const saw = `name ${quoted(workflow.name)}`;
  return excludedBy === null ? pass('custom_exclude', saw) : no('custom_exclude', `${saw} matches ${quoted(excludedBy)}`);
};

const customInclude: Rule = ({ workflow, compiled }) => {
  const { includedBy } = compiled.inName(workflow.name);
  const saw = `name ${quoted(workflow.name)}`;
  return includedBy === null ? pass('custom_include', saw) : yes('custom_include', `${saw} matches ${quoted(includedBy)}`);
};

const notIncluded: Rule = ({ compiled }) =>
  compiled.rules.include_only ? no('not_included', 'include_only is on') : pass('not_included', 'include_only is off');

const modeNeverCounted: Rule = ({ execution: { mode }, compiled }) => {
  const rule = 'mode_not_counted';
  if (!isKnownMode(mode) || N8N_MODES[mode].production) return pass(rule, `mode ${mode}`);
  if (mode === 'integrated' && compiled.rules.count_sub_workflows)
    return pass(rule, 'mode integrated, count_sub_workflows is on');
  return no(rule, `mode ${mode}`, `mode_${mode}`);
};

const productionTag: Rule = ({ workflow, compiled }) => {
  for (const tag of workflow.tags) {
    const { production } = compiled.inTag(tag);
    if (production !== null) return yes('production_tag', `tag ${quoted(tag)} says ${production}`);
  }
  return pass('production_tag', tagsSeen(workflow));
};

const nonProductionTag: Rule = ({ workflow, compiled }) => {
  const rule = 'non_production_tag';
  if (!compiled.rules.exclude_non_production_tags) return pass(rule, 'exclude_non_production_tags is off');
  for (const tag of workflow.tags) {
    const { nonProduction } = compiled.inTag(tag);
    if (nonProduction !== null) return no(rule, `tag ${quoted(tag)} says ${nonProduction}`);
  }
  return pass(rule, tagsSeen(workflow));
};

const testName: Rule = ({ workflow, compiled }) => {
  const rule = 'test_name';
  if (!compiled.rules.exclude_test_workflows) return pass(rule, 'exclude_test_workflows is off');
  const { testWord } = compiled.inName(workflow.name);
  const saw = `name ${quoted(workflow.name)}`;
  return testWord === null ? pass(rule, saw) : no(rule, `${saw} holds ${quoted(testWord)}`);
};

const testIndicator: Rule = ({ execution, compiled }) => {
  const rule = 'test_indicator';
  if (!compiled.rules.match_execution_data) return pass(rule, 'match_execution_data is off');
  return execution.testIndicator === null ? pass(rule, 'no test indicator known') : no(rule, execution.testIndicator);
};

const timing: Rule = ({ execution: { durationMs, startedAt }, compiled }) => {
  const { min_duration_ms: minimum } = compiled.rules;
  if (durationMs !== null && durationMs < minimum) return no('timing', `took ${durationMs} ms, the minimum is ${minimum} ms`);
  const quiet = compiled.quietHours(startedAt);
  if (quiet !== null) return no('timing', `started in the quiet hours ${quiet.from} to ${quiet.to}`);
  return pass(
    'timing',
    durationMs === null ? 'no duration known, outside quiet hours' : `took ${durationMs} ms, outside quiet hours`,
  );
};

const productionName: Rule = ({ workflow, compiled }) => {
  const { productionWord } = compiled.inName(workflow.name);
  const saw = `name ${quoted(workflow.name)}`;
  return productionWord === null
    ? pass('production_name', saw)
    : yes('production_name', `${saw} holds ${quoted(productionWord)}`);
};

const anyOtherMode: Rule = ({ execution: { mode } }) =>
  yes('other_mode', `${isKnownMode(mode) ? '' : 'unknown '}mode ${mode}`, `mode_${mode}`);

const insightsMode: Rule = ({ execution: { mode } }) => {
  const counted = isKnownMode(mode) && N8N_MODES[mode].insights;
  return (counted ? yes : no)('n8n_insights', `mode ${mode}`, `mode_${mode}`);
};

const tagsSeen = ({ tags }: WorkflowFacts): string => (tags.length === 0 ? 'no tags' : `tags ${tags.map(quoted).join(', ')}`);

/** The rules in the order in which they are tried; the first that matches decides, the last always does. */
export const DEFAULT_RULES: readonly Rule[] = [
  manualMode,
  customExclude,
  customInclude,
  notIncluded,
  modeNeverCounted,
  productionTag,
  nonProductionTag,
  testName,
  testIndicator,
  timing,
  productionName,
  anyOtherMode,
];

/** What n8n's Insights counts: the mode alone decides. */
export const INSIGHTS_RULES: readonly Rule[] = [insightsMode];
