import { compileRules } from './compile-rules.js';
import { parseRuleSet } from './parse-rule-set.js';
import { findTestIndicator } from './test-indicator.js';

const rulesOf = (json: object) => compileRules(parseRuleSet(json, { excludeManual: true, excludeTestWorkflows: true }), 'UTC');
const rules = rulesOf({});
const inText = (message: string): string | null => findTestIndicator({ message, customData: null }, rules);
const inData = (customData: Record<string, unknown>): string | null => findTestIndicator({ message: null, customData }, rules);

describe('findTestIndicator in error texts', () => {
  it.each([
    ['[TEST] order refused', 'error text says [test]'],
    ['Stripe is in test mode', 'error text says test mode'],
    ['testMode is on', 'error text says test mode'],
    ['This was a test-run', 'error text says test run'],
    ['dry_run: nothing written', 'error text says dry run'],
    ['isDryRun', 'error text says dry run'],
    ['Sandbox mode only', 'error text says sandbox mode'],
  ])('finds a marker in %s', (message, indicator) => {
    expect(inText(message)).toBe(indicator);
  });

  it.each([
    'connection test failed',
    'test',
    'Latest mode',
    'Contest running',
    'The test. Run the setup first',
    'testing mode',
    'No such customer; a similar object exists in test mode, but a live mode key was used to make this request.',
    '',
  ])('finds none in %s', (message) => {
    expect(inText(message)).toBeNull();
  });
});

describe('findTestIndicator in custom data', () => {
  it.each([
    [{ env: 'test' }, 'custom data env is test'],
    [{ Environment: ' Staging ' }, 'custom data environment is staging'],
    [{ stage: 'dev-2' }, 'custom data stage is dev'],
    [{ env: 'development' }, 'custom data env is development'],
    [{ test: true }, 'custom data test is true'],
    [{ isTest: 'TRUE' }, 'custom data is_test is true'],
    [{ 'dry-run': 'true' }, 'custom data dry_run is true'],
  ])('finds it in %j', (data, indicator) => {
    expect(inData(data)).toBe(indicator);
  });

  it.each([
    { env: 'production' },
    { stage: 'Demo scheduled' },
    { test: false },
    { test: 'passed' },
    { test: 1 },
    { env: null },
    { env: { name: 'test' } },
    { customer: 'test' },
    {},
  ])('finds none in %j', (data) => {
    expect(inData(data)).toBeNull();
  });

  it('takes the words of the rules', () => {
    const own = rulesOf({ test_words: ['qa'], test_tags: [] });
    expect(findTestIndicator({ message: null, customData: { env: 'qa' } }, own)).toBe('custom data env is qa');
    expect(findTestIndicator({ message: null, customData: { env: 'test' } }, own)).toBeNull();
  });

  it('does not look through what is no custom data of n8n', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`key ${n}`, 'dev']));
    many.env = 'test';
    const long = { env: 'aB'.repeat(2_000_000), ['aB'.repeat(2_000_000)]: 'true' };
    const began = performance.now();
    expect([inData(many), inData(long)]).toEqual([null, null]);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('does not depend on the order of the keys', () => {
    expect(inData({ test: true, env: 'dev' })).toBe(inData({ env: 'dev', test: true }));
  });

  it('knows nothing of a run without data', () => {
    expect(findTestIndicator({ message: null, customData: null }, rules)).toBeNull();
  });
});
