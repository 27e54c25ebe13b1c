import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from './classify.js';
import { compileRules } from './compile-rules.js';
import { parseRuleSet } from './parse-rule-set.js';

interface NamedWorkflow {
  name: string;
  /** What somebody who knows the business would say. */
  label: 'production' | 'test';
  why: string;
}

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): NamedWorkflow[] =>
  JSON.parse(readFileSync(join(ROOT, 'test/fixtures', file), 'utf8')) as NamedWorkflow[];
const corpus = read('workflow-names.json');
/** Labelled before it was measured; the default words and phrases were not changed for it, and must not be. */
const heldOut = read('workflow-names.held-out.json');
const page = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8');

/** Those of the product's description, before forms and other languages. */
const DOCUMENTED_WORDS = ['test', 'dev', 'debug', 'sample', 'demo', 'staging'];

/** The names that the default rules, with the given changes, judge otherwise than their label says. */
function misjudged(names: readonly NamedWorkflow[], rules: object): NamedWorkflow[] {
  const compiled = compileRules(parseRuleSet(rules, { excludeManual: true, excludeTestWorkflows: true }), 'UTC');
  const execution = { mode: 'trigger', status: 'success', startedAt: new Date(0), durationMs: 1, testIndicator: null };
  return names.filter(
    ({ name, label }) => classify(execution, { name, tags: [] }, compiled).production !== (label === 'production'),
  );
}

/** A row of the table on the page: how many production names are excluded, how many tests are counted, the share of both. */
function row(title: string, names: readonly NamedWorkflow[], rules: object): string {
  const wrong = misjudged(names, rules);
  const excluded = wrong.filter(({ label }) => label === 'production').length;
  const percent = ((100 * wrong.length) / names.length).toFixed(2);
  return `| ${title} | ${excluded} | ${wrong.length - excluded} | ${wrong.length} | ${percent} % |`;
}

describe('the corpus of workflow names', () => {
  it('has at least 300 different names, most of them production, each with a reason for its label', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(300);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
    expect(corpus.filter(({ label, why }) => !['production', 'test'].includes(label) || why === '')).toEqual([]);
    const tests = corpus.filter(({ label }) => label === 'test').length;
    expect(tests).toBeGreaterThan(50);
    expect(tests).toBeLessThan(corpus.length / 4);
  });

  it('is misjudged at most 2 % by the default words', () => {
    expect(misjudged(corpus, {}).length / corpus.length).toBeLessThanOrEqual(0.02);
  });

  it('is misjudged more often by the same words as substrings', () => {
    expect(misjudged(corpus, { name_match: 'substring' }).length).toBeGreaterThan(misjudged(corpus, {}).length);
  });

  it.each([
    { list: corpus, title: 'workflow names' },
    { list: heldOut, title: 'further names' },
  ])('is described on the page as it was measured: $title', ({ list, title }) => {
    const tests = list.filter(({ label }) => label === 'test').length;
    const six = { test_words: DOCUMENTED_WORDS };
    expect(page).toContain(`${list.length} ${title}, ${tests} of them tests`);
    expect(page).toContain(row('`word`, default words', list, {}));
    expect(page).toContain(row('`substring`, default words', list, { name_match: 'substring' }));
    expect(page).toContain(row('`word`, the six documented words', list, six));
    expect(page).toContain(row('`substring`, the six documented words', list, { ...six, name_match: 'substring' }));
  });

  it('has every name that the default words misjudge listed on the page', () => {
    const listed = misjudged(corpus, {}).map(({ name, label, why }) => `| ${name} | ${label} | ${why} |`);
    expect(listed.filter((line) => !page.includes(line))).toEqual([]);
  });
});
