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
interface Subject {
  execution: ExecutionFacts;
  workflow: WorkflowFacts;
  compiled: CompiledRules;
}

/** What one rule says. `saw` is put into words only for those who ask: classifying history asks a million times. */
export interface Outcome {
  rule: string;
  saw: () => string;
  verdict?: Verdict;
}

/** One row of the table of rules. */
export type Rule = (subject: Subject) => Outcome;

const yes = (rule: string, saw: () => string, reason = rule): Outcome => ({ rule, saw, verdict: { production: true, reason } });

const no = (rule: string, saw: () => string, reason = rule): Outcome => ({ rule, saw, verdict: { production: false, reason } });

const pass = (rule: string, saw: () => string): Outcome => ({ rule, saw });

const quoted = (text: string): string => JSON.stringify(text);

const manualMode: Rule = ({ execution: { mode }, compiled }) => {
  const rule = 'manual_mode';
  if (!compiled.rules.exclude_manual) return pass(rule, () => 'exclude_manual is off');
  return (mode === 'manual' ? no : pass)(rule, () => `mode ${mode}`);
};

const customExclude: Rule = ({ workflow, compiled }) => {
  const { excludedBy } = compiled.inName(workflow.name);
  return (excludedBy === null ? pass : no)('custom_exclude', nameSeen(workflow, 'matches', excludedBy));
};

const customInclude: Rule = ({ workflow, compiled }) => {
  const { includedBy } = compiled.inName(workflow.name);
  return (includedBy === null ? pass : yes)('custom_include', nameSeen(workflow, 'matches', includedBy));
};

const notIncluded: Rule = ({ compiled: { rules } }) =>
  (rules.include_only ? no : pass)('not_included', () => `include_only is ${rules.include_only ? 'on' : 'off'}`);

const modeNeverCounted: Rule = ({ execution: { mode }, compiled }) => {
  const rule = 'mode_not_counted';
  if (!isKnownMode(mode) || N8N_MODES[mode].production) return pass(rule, () => `mode ${mode}`);
  if (mode === 'integrated' && compiled.rules.count_sub_workflows) {
    return pass(rule, () => 'mode integrated, count_sub_workflows is on');
  }
  return no(rule, () => `mode ${mode}`, `mode_${mode}`);
};

const productionTag: Rule = ({ workflow, compiled }) => {
  for (const tag of workflow.tags) {
    const { production } = compiled.inTag(tag);
    if (production !== null) return yes('production_tag', () => `tag ${quoted(tag)} says ${production}`);
  }
  return pass('production_tag', tagsSeen(workflow));
};

const nonProductionTag: Rule = ({ workflow, compiled }) => {
  const rule = 'non_production_tag';
  if (!compiled.rules.exclude_non_production_tags) return pass(rule, () => 'exclude_non_production_tags is off');
  for (const tag of workflow.tags) {
    const { nonProduction } = compiled.inTag(tag);
    if (nonProduction !== null) return no(rule, () => `tag ${quoted(tag)} says ${nonProduction}`);
  }
  return pass(rule, tagsSeen(workflow));
};

const testName: Rule = ({ workflow, compiled }) => {
  const rule = 'test_name';
  if (!compiled.rules.exclude_test_workflows) return pass(rule, () => 'exclude_test_workflows is off');
  const { testWord } = compiled.inName(workflow.name);
  return (testWord === null ? pass : no)(rule, nameSeen(workflow, 'holds', testWord));
};

const testIndicator: Rule = ({ execution: { testIndicator: found }, compiled }) => {
  const rule = 'test_indicator';
  if (!compiled.rules.match_execution_data) return pass(rule, () => 'match_execution_data is off');
  return (found === null ? pass : no)(rule, () => found ?? 'no test indicator known');
};

const timing: Rule = ({ execution: { durationMs, startedAt }, compiled }) => {
  const rule = 'timing';
  const { min_duration_ms: minimum } = compiled.rules;
  if (durationMs !== null && durationMs < minimum) return no(rule, () => `took ${durationMs} ms, the minimum is ${minimum} ms`);
  const quiet = compiled.quietHours(startedAt);
  if (quiet !== null) return no(rule, () => `started in the quiet hours ${quiet.from} to ${quiet.to}`);
  return pass(rule, () => `${durationMs === null ? 'no duration known' : `took ${durationMs} ms`}, outside quiet hours`);
};

const productionName: Rule = ({ workflow, compiled }) => {
  const { productionWord } = compiled.inName(workflow.name);
  return (productionWord === null ? pass : yes)('production_name', nameSeen(workflow, 'holds', productionWord));
};

const anyOtherMode: Rule = ({ execution: { mode } }) =>
  yes('other_mode', () => `${isKnownMode(mode) ? '' : 'unknown '}mode ${mode}`, `mode_${mode}`);

const insightsMode: Rule = ({ execution: { mode } }) => {
  const counted = isKnownMode(mode) && N8N_MODES[mode].insights;
  return (counted ? yes : no)('n8n_insights', () => `mode ${mode}`, `mode_${mode}`);
};

function nameSeen({ name }: WorkflowFacts, verb: string, found: string | null): () => string {
  return () => `name ${quoted(name)}${found === null ? '' : ` ${verb} ${quoted(found)}`}`;
}

function tagsSeen({ tags }: WorkflowFacts): () => string {
  return () => (tags.length === 0 ? 'no tags' : `tags ${tags.map(quoted).join(', ')}`);
}

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
