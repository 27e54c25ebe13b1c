import { type NameMatch } from './word-list.js';

/** `default`: every rule of this folder. `n8n_insights`: exactly what n8n's Insights counts, whatever the other keys say. */
export const PRESETS = ['default', 'n8n_insights'] as const;

/** Days as the rules write them, Sunday first like `Date.getDay`. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of local time that is never production. Half-open; `to` before `from` runs past midnight. */
export interface QuietHours {
  /** `HH:MM`, 00:00 to 23:59. */
  from: string;
  /** `HH:MM`, 00:00 to 24:00. */
  to: string;
  /** Days on which the stretch begins; every day when not given. */
  days: readonly Weekday[];
}

/** A client's rules with nothing left open, under the names of their JSON. */
export interface RuleSet {
  preset: (typeof PRESETS)[number];
  exclude_manual: boolean;
  exclude_test_workflows: boolean;
  /** When not given: the value of `exclude_test_workflows`. */
  exclude_non_production_tags: boolean;
  /** RE2, unanchored, case-insensitive. */
  exclude_workflow_patterns: readonly string[];
  /** RE2, unanchored, case-insensitive. */
  include_workflow_patterns: readonly string[];
  /** Nothing but what `include_workflow_patterns` names is production. */
  include_only: boolean;
  /** Counts executions of mode `integrated` too. */
  count_sub_workflows: boolean;
  /** How `test_words` and `production_words` are looked for in names. */
  name_match: NameMatch;
  /** Replaces the default words, as the three lists below do; an empty list switches its rule off. */
  test_words: readonly string[];
  production_words: readonly string[];
  test_tags: readonly string[];
  production_tags: readonly string[];
  /** Whether a test indicator found in error texts or custom data decides. */
  match_execution_data: boolean;
  /** Milliseconds; shorter executions are not production. 0: no minimum. */
  min_duration_ms: number;
  /** In the client's time zone. */
  quiet_hours: readonly QuietHours[];
}

/** The two rules whose default comes from the environment. */
export interface RuleDefaults {
  /** `EXCLUDE_MANUAL_EXECUTIONS` */
  excludeManual: boolean;
  /** `EXCLUDE_TEST_WORKFLOWS` */
  excludeTestWorkflows: boolean;
}

export const DEFAULT_TEST_WORDS: readonly string[] = [
  ...['test', 'dev', 'debug', 'sample', 'demo', 'staging'],
  // Forms and compounds of these. Not "development", "samples", "demos": those are what businesses deal in.
  ...['tests', 'testing', 'tester', 'debugging', 'testrun', 'testlauf', 'testflow', 'testworkflow'],
  // Other words for a place or a state that is not in earnest.
  ...['sandbox', 'playground', 'wip', 'poc', 'uat'],
  // "Test" where people write another word for it.
  ...['prueba', 'pruebas', 'teste', 'testi', 'teszt', 'deneme', 'тест', 'тестовый', '测试', '測試', 'テスト', '테스트'],
];

export const DEFAULT_PRODUCTION_WORDS: readonly string[] = ['prod', 'production', 'live', 'main'];

export const DEFAULT_TEST_TAGS: readonly string[] = [
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
];

export const DEFAULT_PRODUCTION_TAGS: readonly string[] = ['prod', 'production', 'live', 'main', 'stable', 'release'];
