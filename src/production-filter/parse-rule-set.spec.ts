import { InvalidInputError } from '../common/index.js';
import { parseRuleSet } from './parse-rule-set.js';
import { DEFAULT_TEST_WORDS } from './rule-set.js';

const defaults = { excludeManual: true, excludeTestWorkflows: true };

function problemsOf(json: unknown): Record<string, string> {
  try {
    parseRuleSet(json, defaults);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    expect(error.code).toBe('invalid_filter_rules');
    return Object.fromEntries(error.errors.map(({ field, message }) => [field, message]));
  }
  return {};
}

describe('parseRuleSet', () => {
  it('fills in every key', () => {
    expect(parseRuleSet({}, defaults)).toEqual({
      preset: 'default',
      exclude_manual: true,
      exclude_test_workflows: true,
      exclude_non_production_tags: true,
      exclude_workflow_patterns: [],
      include_workflow_patterns: [],
      include_only: false,
      count_sub_workflows: false,
      name_match: 'word',
      test_words: DEFAULT_TEST_WORDS,
      production_words: ['prod', 'production', 'live', 'main'],
      test_tags: [
        'test',
        'testing',
        'dev',
        'development',
        'debug',
        'staging',
        'demo',
        'sample',
        'experimental',
        'temp',
        'temporary',
      ],
      production_tags: ['prod', 'production', 'live', 'main', 'stable', 'release'],
      match_execution_data: true,
      min_duration_ms: 0,
      quiet_hours: [],
    });
  });

  it('takes the defaults of the environment', () => {
    const rules = parseRuleSet({}, { excludeManual: false, excludeTestWorkflows: false });
    expect([rules.exclude_manual, rules.exclude_test_workflows, rules.exclude_non_production_tags]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('lets exclude_non_production_tags follow exclude_test_workflows unless it is given', () => {
    expect(parseRuleSet({ exclude_test_workflows: false }, defaults).exclude_non_production_tags).toBe(false);
    const rules = parseRuleSet({ exclude_test_workflows: false, exclude_non_production_tags: true }, defaults);
    expect(rules.exclude_non_production_tags).toBe(true);
  });

  it('replaces default words by the given ones', () => {
    expect(parseRuleSet({ test_words: ['qa'], production_tags: [] }, defaults)).toMatchObject({
      test_words: ['qa'],
      production_tags: [],
    });
  });

  it('accepts what it returned, unchanged, also after a round trip through JSON', () => {
    const rules = parseRuleSet(
      {
        exclude_test_workflows: false,
        min_duration_ms: -0,
        quiet_hours: [
          { from: '22:00', to: '06:00', days: ['sun', 'fri', 'fri'] },
          { from: '00:00', to: '24:00' },
        ],
      },
      defaults,
    );
    expect(rules.quiet_hours[0]?.days).toEqual(['sun', 'fri']);
    expect(rules.quiet_hours[1]?.days).toHaveLength(7);
    expect(parseRuleSet(JSON.parse(JSON.stringify(rules)), { excludeManual: false, excludeTestWorkflows: true })).toStrictEqual(
      rules,
    );
  });

  it.each([null, [], 'rules', 5, undefined])('refuses %p, which is no object', (json) => {
    expect(problemsOf(json)).toEqual({ $: 'must be a JSON object' });
  });

  it('names every bad field', () => {
    expect(
      problemsOf({
        exclude_manuel: true,
        exclude_manual: 'yes',
        include_only: null,
        preset: 'all',
        name_match: 'regex',
        test_words: ['ok', 7, '--'],
        production_tags: 'prod',
        min_duration_ms: 1.5,
        exclude_workflow_patterns: ['.*test.*', 'a(', ''],
      }),
    ).toEqual({
      exclude_manuel: 'is not a key of the filter rules',
      exclude_manual: 'must be true or false',
      include_only: 'must be true or false',
      preset: 'must be one of default, n8n_insights',
      name_match: 'must be word or substring',
      'test_words[1]': 'must be a text',
      'test_words[2]': 'must hold a letter, a digit or a symbol',
      production_tags: 'must be a list',
      min_duration_ms: 'must be a whole number of milliseconds from 0 to 86400000',
      'exclude_workflow_patterns[1]': 'is not a valid RE2 pattern: missing closing ) at position 2',
      'exclude_workflow_patterns[2]': 'must not be empty',
    });
  });

  it('refuses keys that only the prototype has', () => {
    expect(Object.keys(problemsOf(JSON.parse('{"constructor": 1, "__proto__": {}}'))).sort()).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  it('bounds the number and length of patterns', () => {
    expect(problemsOf({ include_workflow_patterns: Array.from({ length: 51 }, () => 'a') })).toEqual({
      include_workflow_patterns: 'must have at most 50 entries',
    });
    expect(problemsOf({ include_workflow_patterns: Array.from({ length: 50 }, () => 'a'.repeat(200)) })).toEqual({});
    expect(problemsOf({ exclude_workflow_patterns: ['a'.repeat(201)] })).toEqual({
      'exclude_workflow_patterns[0]': 'must have at most 200 characters',
    });
  });

  it('refuses text that PostgreSQL cannot store', () => {
    expect(Object.keys(problemsOf({ test_words: ['a\0'], test_tags: ['\ud800'] }))).toEqual(['test_words[0]', 'test_tags[0]']);
  });

  it('refuses impossible quiet hours', () => {
    expect(
      problemsOf({
        quiet_hours: [
          { from: '24:00', to: '6:00' },
          { from: '08:00', to: '08:00' },
          { from: '22:00', to: '06:00', days: [] },
          { from: '22:00', to: '06:00', days: ['monday'] },
          { from: '22:00' },
          { from: '22:00', to: '23:00', zone: 'UTC' },
          'night',
        ],
      }),
    ).toEqual({
      'quiet_hours[0].from': 'must be a time from 00:00 to 23:59',
      'quiet_hours[0].to': 'must be a time from 00:00 to 24:00',
      'quiet_hours[1]': 'from and to must differ (a whole day is 00:00 to 24:00)',
      'quiet_hours[2].days': 'must name at least one day',
      'quiet_hours[3].days[0]': 'must be one of sun, mon, tue, wed, thu, fri, sat',
      'quiet_hours[4].to': 'must be a time from 00:00 to 24:00',
      'quiet_hours[5].zone': 'is not a key of the filter rules',
      'quiet_hours[6]': 'must be an object with from, to and days',
    });
  });

  it('refuses what cannot be meant', () => {
    expect(problemsOf({ include_only: true })).toEqual({
      include_only: 'needs include_workflow_patterns: without any, nothing would be production',
    });
    const both = { exclude_workflow_patterns: ['a', 'b'], include_workflow_patterns: ['c', 'b'] };
    expect(problemsOf(both)).toEqual({
      'include_workflow_patterns[1]': 'is among exclude_workflow_patterns too, and those are tried first',
    });
    expect(problemsOf({ ...both, include_only: true, preset: 'n8n_insights' })).toEqual({});
  });

  it('accepts the documented rules as they stand', () => {
    const documented = {
      exclude_manual: true,
      exclude_test_workflows: true,
      exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
      include_workflow_patterns: ['.*prod.*'],
    };
    expect(parseRuleSet(documented, defaults)).toMatchObject(documented);
  });

  it('keeps its answer short', () => {
    const nonsense = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index]));
    expect(Object.keys(problemsOf(nonsense))).toHaveLength(50);
  });
});
