import { isKnownMode, N8N_MODES } from './n8n-vocabulary.js';
import { type Answer, type Rule, type WorkflowFacts } from './rule.js';

const yes = (reason: string, saw: () => string): Answer => ({ outcome: 'decided', saw, verdict: { production: true, reason } });

const no = (reason: string, saw: () => string): Answer => ({ outcome: 'decided', saw, verdict: { production: false, reason } });

const pass = (saw: () => string): Answer => ({ outcome: 'not_matched', saw });

const off = (why: string): Answer => ({ outcome: 'not_applicable', saw: () => why });

const quoted = (text: string): string => JSON.stringify(text);

const manualMode: Rule = {
  name: 'manual_mode',
  ask: ({ execution: { mode }, compiled }) => {
    if (!compiled.rules.exclude_manual) return off('exclude_manual is off');
    const saw = (): string => `mode ${mode}`;
    return mode === 'manual' ? no('manual_mode', saw) : pass(saw);
  },
};

const customExclude: Rule = {
  name: 'custom_exclude',
  ask: ({ workflow, compiled }) => {
    if (compiled.rules.exclude_workflow_patterns.length === 0) return off('no exclude_workflow_patterns');
    const { excludedBy } = compiled.inName(workflow.name);
    const saw = nameSeen(workflow, 'matches', excludedBy);
    return excludedBy === null ? pass(saw) : no('custom_exclude', saw);
  },
};

const customInclude: Rule = {
  name: 'custom_include',
  ask: ({ workflow, compiled }) => {
    if (compiled.rules.include_workflow_patterns.length === 0) return off('no include_workflow_patterns');
    const { includedBy } = compiled.inName(workflow.name);
    const saw = nameSeen(workflow, 'matches', includedBy);
    return includedBy === null ? pass(saw) : yes('custom_include', saw);
  },
};

const notIncluded: Rule = {
  name: 'not_included',
  ask: ({ compiled: { rules } }) =>
    rules.include_only ? no('not_included', () => 'include_only is on') : off('include_only is off'),
};

const modeNeverCounted: Rule = {
  name: 'mode_not_counted',
  ask: ({ execution: { mode }, compiled }) => {
    const saw = (): string => `mode ${mode}`;
    if (!isKnownMode(mode) || N8N_MODES[mode].production) return pass(saw);
    if (mode === 'integrated' && compiled.rules.count_sub_workflows) {
      return pass(() => 'mode integrated, count_sub_workflows is on');
    }
    return no(`mode_${mode}`, saw);
  },
};

const productionTag: Rule = {
  name: 'production_tag',
  ask: ({ workflow, compiled }) => {
    if (compiled.rules.production_tags.length === 0) return off('no production_tags');
    for (const tag of workflow.tags) {
      const { production } = compiled.inTag(tag);
      if (production !== null) return yes('production_tag', () => `tag ${quoted(tag)} says ${production}`);
    }
    return pass(tagsSeen(workflow));
  },
};

const nonProductionTag: Rule = {
  name: 'non_production_tag',
  ask: ({ workflow, compiled }) => {
    if (!compiled.rules.exclude_non_production_tags) return off('exclude_non_production_tags is off');
    if (compiled.rules.test_tags.length === 0) return off('no test_tags');
    for (const tag of workflow.tags) {
      const { nonProduction } = compiled.inTag(tag);
      if (nonProduction !== null) return no('non_production_tag', () => `tag ${quoted(tag)} says ${nonProduction}`);
    }
    return pass(tagsSeen(workflow));
  },
};

const testName: Rule = {
  name: 'test_name',
  ask: ({ workflow, compiled }) => {
    if (!compiled.rules.exclude_test_workflows) return off('exclude_test_workflows is off');
    if (compiled.rules.test_words.length === 0) return off('no test_words');
    const { testWord } = compiled.inName(workflow.name);
    const saw = nameSeen(workflow, 'holds', testWord);
    return testWord === null ? pass(saw) : no('test_name', saw);
  },
};

const testIndicator: Rule = {
  name: 'test_indicator',
  ask: ({ execution: { testIndicator: found }, compiled }) => {
    if (!compiled.rules.match_execution_data) return off('match_execution_data is off');
    return found === null ? pass(() => 'no test indicator known') : no('test_indicator', () => found);
  },
};

const timing: Rule = {
  name: 'timing',
  ask: ({ execution: { durationMs, startedAt }, compiled }) => {
    const { min_duration_ms: minimum, quiet_hours: quietHours } = compiled.rules;
    if (minimum === 0 && quietHours.length === 0) return off('no min_duration_ms and no quiet_hours');
    const took = durationMs === null ? 'no duration known' : `took ${durationMs} ms`;
    if (durationMs !== null && durationMs < minimum) return no('timing', () => `${took}, the minimum is ${minimum} ms`);
    const quiet = compiled.quietHours(startedAt);
    if (quiet !== null) return no('timing', () => `started in the quiet hours ${quiet.from} to ${quiet.to}`);
    return pass(() => `${took}, outside quiet hours`);
  },
};

const productionName: Rule = {
  name: 'production_name',
  ask: ({ workflow, compiled }) => {
    if (compiled.rules.production_words.length === 0) return off('no production_words');
    const { productionWord } = compiled.inName(workflow.name);
    const saw = nameSeen(workflow, 'holds', productionWord);
    return productionWord === null ? pass(saw) : yes('production_name', saw);
  },
};

const anyOtherMode: Rule = {
  name: 'other_mode',
  ask: ({ execution: { mode } }) => yes(`mode_${mode}`, () => `${isKnownMode(mode) ? '' : 'unknown '}mode ${mode}`),
};

const insightsMode: Rule = {
  name: 'n8n_insights',
  ask: ({ execution: { mode } }) => {
    const counted = isKnownMode(mode) && N8N_MODES[mode].insights;
    return (counted ? yes : no)(`mode_${mode}`, () => `mode ${mode}`);
  },
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
