import { classify } from './classify.js';
import { compileRules } from './compile-rules.js';
import { N8N_MODES } from './n8n-vocabulary.js';
import { parseRuleSet } from './parse-rule-set.js';
import { type ExecutionFacts, type WorkflowFacts } from './rule.js';

const STARTED = new Date('2026-03-04T12:00:00Z');

interface Given {
  rules?: object;
  execution?: Partial<ExecutionFacts>;
  workflow?: Partial<WorkflowFacts> | undefined;
  zone?: string;
}

function verdictOf({ rules = {}, execution = {}, workflow = {}, zone = 'UTC' }: Given): string {
  const facts = { mode: 'trigger', status: 'success', startedAt: STARTED, durationMs: 1_000, testIndicator: null, ...execution };
  const compiled = compileRules(parseRuleSet(rules, { excludeManual: true, excludeTestWorkflows: true }), zone);
  const { production, reason } = classify(facts, { name: 'Orders', tags: [], ...workflow }, compiled);
  return `${production ? 'yes' : 'no'} ${reason}`;
}

const named = (name: string, rules: object = {}): string => verdictOf({ workflow: { name }, rules });
const tagged = (tags: string[], rules: object = {}): string => verdictOf({ workflow: { tags }, rules });
const mode = (text: string, rules: object = {}): string => verdictOf({ execution: { mode: text }, rules });

describe('the table of rules, row by row', () => {
  it('1: a manual execution', () => {
    expect(mode('manual')).toBe('no manual_mode');
    expect(mode('manual', { include_workflow_patterns: ['Orders'] })).toBe('no manual_mode');
    expect(mode('manual', { exclude_manual: false })).toBe('yes mode_manual');
  });

  it('2: a name that matches an exclude pattern, before any include pattern', () => {
    expect(named('Orders', { exclude_workflow_patterns: ['ord.r'], include_workflow_patterns: ['orders'] })).toBe(
      'no custom_exclude',
    );
  });

  it('3: a name that matches an include pattern, before mode, tags, names, data and timing', () => {
    const rules = { include_workflow_patterns: ['^Test'], min_duration_ms: 5_000 };
    const workflow = { name: 'Test', tags: ['test'] };
    expect(verdictOf({ rules, workflow, execution: { mode: 'integrated', testIndicator: 'x' } })).toBe('yes custom_include');
  });

  it('4: nothing else when include_only is on', () => {
    const rules = { include_only: true, include_workflow_patterns: ['invoice'] };
    expect(named('Invoices', rules)).toBe('yes custom_include');
    expect(named('Orders', rules)).toBe('no not_included');
  });

  it('5: modes that are never counted, sub-workflows unless asked for', () => {
    expect(['integrated', 'internal', 'chat', 'agent'].map((text) => mode(text))).toEqual([
      'no mode_integrated',
      'no mode_internal',
      'no mode_chat',
      'no mode_agent',
    ]);
    expect(mode('integrated', { count_sub_workflows: true })).toBe('yes mode_integrated');
    expect(mode('chat', { count_sub_workflows: true })).toBe('no mode_chat');
    expect(verdictOf({ execution: { mode: 'integrated' }, workflow: { tags: ['prod'] } })).toBe('no mode_integrated');
  });

  it.each(['prod', 'production', 'live', 'main', 'stable', 'release', ' PROD ', 'env:prod'])(
    '6: the production tag %s',
    (tag) => {
      expect(tagged([tag])).toBe('yes production_tag');
      expect(tagged(['test', tag])).toBe('yes production_tag');
      expect(verdictOf({ workflow: { name: 'Test', tags: [tag] }, execution: { testIndicator: 'x' } })).toBe(
        'yes production_tag',
      );
    },
  );

  it.each(['test', 'testing', 'dev', 'development', 'debug', 'staging', 'demo', 'sample', 'experimental', 'temp', 'temporary'])(
    '7: the non-production tag %s',
    (tag) => {
      expect(tagged([tag])).toBe('no non_production_tag');
      expect(tagged([`env:${tag.toUpperCase()}`])).toBe('no non_production_tag');
      expect(tagged([tag], { exclude_test_workflows: false })).toBe('yes mode_trigger');
      expect(tagged([tag], { exclude_non_production_tags: false })).toBe('yes mode_trigger');
      expect(tagged([tag], { exclude_test_workflows: false, exclude_non_production_tags: true })).toBe('no non_production_tag');
    },
  );

  it.each(['non-production', 'Not Live', 'pre-prod', 'preprod', 'NonProd', 'unstable', 'pre-release'])(
    '7: the denying tag %s',
    (tag) => {
      expect(tagged([tag])).toBe('no non_production_tag');
      expect(tagged([tag], { production_tags: [] })).toBe('no non_production_tag');
      expect(tagged([tag], { test_tags: [] })).toBe('yes mode_trigger');
    },
  );

  it.each(['non-test', 'delivery', 'customer'])('7: not the tag %s', (tag) => {
    expect(tagged([tag])).toBe('yes mode_trigger');
  });

  it.each(['test', 'dev', 'debug', 'sample', 'demo', 'staging'])('8: the test word %s in the name', (word) => {
    expect(named(`Orders ${word.toUpperCase()}`)).toBe('no test_name');
    expect(named(`orders_${word}2`)).toBe('no test_name');
    expect(named(`Orders ${word}`, { exclude_test_workflows: false })).toBe('yes mode_trigger');
    expect(named(`Production ${word}`)).toBe('no test_name');
  });

  it('9: a test indicator in the data of the run', () => {
    const execution = { testIndicator: 'error text says dry run' };
    expect(verdictOf({ execution })).toBe('no test_indicator');
    expect(verdictOf({ execution, workflow: { name: 'Prod' } })).toBe('no test_indicator');
    expect(verdictOf({ execution, rules: { match_execution_data: false } })).toBe('yes mode_trigger');
  });

  it('10: shorter than the minimum duration', () => {
    const rules = { min_duration_ms: 1_000 };
    expect([999, 1_000, null].map((durationMs) => verdictOf({ rules, execution: { durationMs } }))).toEqual([
      'no timing',
      'yes mode_trigger',
      'yes mode_trigger',
    ]);
  });

  it('10: started in quiet hours of the client', () => {
    const rules = { quiet_hours: [{ from: '12:30', to: '13:30', days: ['wed'] }] };
    expect(verdictOf({ rules, zone: 'Europe/Berlin' })).toBe('no timing');
    expect(verdictOf({ rules, zone: 'UTC' })).toBe('yes mode_trigger');
  });

  it.each(['prod', 'production', 'live', 'main'])('11: the production word %s in the name', (word) => {
    expect(named(`Orders (${word})`)).toBe('yes production_name');
    expect(named(`Non-${word} orders`)).toBe('yes mode_trigger');
    expect(named(`Orders ${word}`, { min_duration_ms: 2_000 })).toBe('no timing');
  });

  it.each(['trigger', 'webhook', 'retry', 'error', 'cli', 'evaluation', 'something_new'])(
    '12: any other mode, such as %s',
    (text) => {
      expect(mode(text)).toBe(`yes mode_${text}`);
    },
  );
});

describe('names', () => {
  it.each([
    'Latest orders',
    'Device sync',
    'Template mailer',
    'Domain check',
    'Delivery',
    'Livestream',
    'Demonstrate',
    'Testimonial',
    'Maintenance',
    'Developer digest',
    'Tést',
    'Contest',
  ])('%s holds no test or production word', (name) => {
    expect(named(name)).toBe('yes mode_trigger');
  });

  it.each(['orderSyncTest', 'TESTOrders', 'v2test', 'order-sync.dev', 'ＴＥＳＴ', 'demo🧪', 'Test'])(
    '%s holds a test word',
    (name) => {
      expect(named(name)).toBe('no test_name');
    },
  );

  it.each([
    'Testing gmail',
    'WIP lead scoring',
    'Sandbox: HubSpot',
    'prueba 2',
    'Тест вебхука',
    '测试流程',
    'Demo request form TEST',
  ])('%s holds another form of a test word, or one of another language', (name) => {
    expect(named(name)).toBe('no test_name');
  });

  it.each([
    'Book a demo → CRM',
    'DevOps alerts',
    'A/B test winner',
    'Test drive booking',
    'Home staging enquiries',
    'コンテスト応募',
  ])('%s holds a test word only as a part of what the business is about', (name) => {
    expect(named(name)).toBe('yes mode_trigger');
    expect(tagged([name])).toBe('yes mode_trigger');
    expect(named(name, { exclude_workflow_patterns: ['demo|dev|test|staging|テスト'] })).toBe('no custom_exclude');
  });

  it('are searched for the literal text with name_match substring', () => {
    expect(named('Latest orders', { name_match: 'substring' })).toBe('no test_name');
    expect(named('Domain check', { name_match: 'substring' })).toBe('yes production_name');
  });

  it('are searched for the words of the client instead of the defaults', () => {
    expect(named('Orders テスト中', { test_words: ['テスト'] })).toBe('no test_name');
    expect(named('Nightly smoke test', { test_words: ['smoke test'] })).toBe('no test_name');
    expect(named('A test', { test_words: ['smoke test'] })).toBe('yes mode_trigger');
    expect(named('A test', { test_words: [] })).toBe('yes mode_trigger');
  });

  it('are empty when the workflow is not known', () => {
    const rules = compileRules(
      parseRuleSet({ exclude_workflow_patterns: ['^$'] }, { excludeManual: true, excludeTestWorkflows: true }),
      'UTC',
    );
    const execution = { mode: 'webhook', status: 'success', startedAt: STARTED, durationMs: null, testIndicator: null };
    expect(classify(execution, undefined, rules)).toEqual({ production: false, reason: 'custom_exclude' });
  });
});

describe('the documented example', () => {
  const documented = {
    exclude_manual: true,
    exclude_test_workflows: true,
    exclude_workflow_patterns: ['.*test.*', '.*dev.*'],
    include_workflow_patterns: ['.*prod.*'],
  };

  it.each([
    ['Latest orders', 'no custom_exclude'],
    ['Device sync', 'no custom_exclude'],
    ['Product feed', 'yes custom_include'],
    ['Staging product feed', 'yes custom_include'],
    ['Staging feed', 'no test_name'],
    ['Orders', 'yes mode_trigger'],
  ])('behaves as written for %s', (name, verdict) => {
    expect(named(name, documented)).toBe(verdict);
  });
});

describe('the preset n8n_insights', () => {
  it('counts exactly the modes that n8n counts, whatever the rest says', () => {
    const rules = {
      preset: 'n8n_insights',
      exclude_workflow_patterns: ['.'],
      include_workflow_patterns: ['.'],
      include_only: true,
      count_sub_workflows: true,
      min_duration_ms: 86_400_000,
    };
    const verdicts = [...Object.keys(N8N_MODES), 'something_new'].map((text) =>
      verdictOf({ rules, execution: { mode: text, testIndicator: 'x' }, workflow: { name: 'Test', tags: ['test'] } }),
    );
    expect(verdicts.filter((verdict) => verdict.startsWith('yes')).sort()).toEqual(
      ['cli', 'error', 'evaluation', 'retry', 'trigger', 'webhook'].map((text) => `yes mode_${text}`),
    );
    expect(verdicts).toContain('no mode_integrated');
    expect(verdicts).toContain('no mode_something_new');
  });
});
