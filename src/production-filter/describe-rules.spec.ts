import { describeRules } from './describe-rules.js';
import { parseRuleSet } from './parse-rule-set.js';

const described = (rules: object): string[] =>
  describeRules(parseRuleSet(rules, { excludeManual: true, excludeTestWorkflows: true }));

describe('describeRules', () => {
  it('explains the documented example back, rule by rule in their order', () => {
    const example = {
      exclude_manual: true,
      exclude_test_workflows: true,
      exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
      include_workflow_patterns: ['.*prod.*'],
    };
    const lists = {
      test_words: ['test', 'dev'],
      test_tags: ['staging'],
      production_tags: ['live', 'main'],
      production_words: ['prod'],
    };
    expect(described({ ...example, ...lists })).toEqual([
      'The first rule that matches decides.',
      'Manual executions are not production (exclude_manual).',
      'A workflow whose name matches ".*test.*" or ".*dev.*" is not production (anywhere in the name, upper or lower case: "xtestx" matches too).',
      'A workflow whose name matches ".*prod.*" is production (anywhere in the name, upper or lower case: "xprodx" matches too).',
      'Executions of mode agent, chat, integrated or internal are not production.',
      'A workflow with a tag that says "live" or "main" is production.',
      'A workflow with a tag that says "staging", or denies a production tag ("non-production"), is not production.',
      'A workflow whose name holds the word "test" or "dev" is not production (exclude_test_workflows).',
      'A run whose custom data or error text says that it was a test is not production (match_execution_data).',
      'A workflow whose name holds "prod" is production.',
      'Everything else is production: mode cli, error, evaluation, retry, trigger or webhook, and modes that this service does not know.',
    ]);
  });

  it('leaves out what is switched off', () => {
    const sentences = described({
      exclude_manual: false,
      exclude_test_workflows: false,
      count_sub_workflows: true,
      production_tags: [],
      production_words: [],
      match_execution_data: false,
    });
    expect(sentences).toEqual([
      'The first rule that matches decides.',
      'Executions of mode agent, chat or internal are not production.',
      'Everything else is production: mode cli, error, evaluation, manual, retry, trigger or webhook, and modes that this service does not know.',
    ]);
  });

  it('tells durations, quiet hours and long lists in short', () => {
    const sentences = described({
      min_duration_ms: 1500,
      quiet_hours: [
        { from: '22:00', to: '06:00' },
        { from: '00:00', to: '24:00', days: ['sat', 'sun'] },
      ],
      exclude_workflow_patterns: Array.from({ length: 15 }, (_, n) => `^w${n}$`),
    });
    expect(sentences.join('\n')).toContain('shorter than 1500 ms');
    expect(sentences.join('\n')).toContain('between 22:00 and 06:00 (begun every day)');
    expect(sentences.join('\n')).toContain('between 00:00 and 24:00 (begun on sun or sat)');
    expect(sentences.join('\n')).toContain('"^w11$" or one of 3 more is not production.');
  });

  it('says that nothing else is looked at when only named workflows count', () => {
    expect(described({ include_only: true, include_workflow_patterns: ['^live'] })).toEqual([
      'The first rule that matches decides.',
      'Manual executions are not production (exclude_manual).',
      'A workflow whose name matches "^live" is production.',
      'Every other execution is not production (include_only).',
      'Nothing else is looked at.',
    ]);
  });

  it('says what the preset of n8n counts', () => {
    expect(described({ preset: 'n8n_insights', exclude_manual: false })).toEqual([
      "Only what n8n's Insights counts is production: mode cli, error, evaluation, retry, trigger or webhook.",
      'Everything else is not. Names, tags and all other keys have no say.',
    ]);
  });
});
