import fc from 'fast-check';
import { classify, explain } from './classify.js';
import { compileRules } from './compile-rules.js';
import { parseRuleSet } from './parse-rule-set.js';
import { PRESETS, type RuleSet } from './rule-set.js';
import { verdictDependsOn } from './verdict-depends-on.js';

const defaults = { excludeManual: true, excludeTestWorkflows: true };

const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('test', 'Dev', 'prod', 'LIVE', 'Latest', 'orders', '2', '-', ' ', '🧪', 'テスト'), { maxLength: 5 })
    .map((parts) => parts.join('')),
);

const execution = fc.record({
  mode: fc.oneof(fc.constantFrom('manual', 'trigger', 'webhook', 'integrated', 'chat', 'retry', 'error'), fc.string()),
  status: fc.constantFrom('success', 'error', 'running', 'odd'),
  startedAt: fc.date({ noInvalidDate: false }),
  durationMs: fc.option(fc.nat()),
  testIndicator: fc.option(fc.string()),
});

const workflow = fc.option(fc.record({ name, tags: fc.array(name, { maxLength: 4 }) }), { nil: undefined });

const patterns = fc.array(
  fc.constantFrom('.*test.*', '.*dev.*', '.*prod.*', '^$', 'orders?', '[a-f]', '\\d', 'live', '^L', 'テスト'),
  { maxLength: 6 },
);

const time = fc.constantFrom('00:00', '06:30', '12:00', '23:59');

const ruleSet = fc
  .record(
    {
      preset: fc.constantFrom(...PRESETS),
      exclude_manual: fc.boolean(),
      exclude_test_workflows: fc.boolean(),
      exclude_non_production_tags: fc.boolean(),
      exclude_workflow_patterns: patterns,
      include_workflow_patterns: patterns,
      include_only: fc.boolean(),
      count_sub_workflows: fc.boolean(),
      name_match: fc.constantFrom('word', 'substring'),
      match_execution_data: fc.boolean(),
      min_duration_ms: fc.nat(86_400_000),
      quiet_hours: fc.array(
        fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  .filter(({ preset, include_only: only, exclude_workflow_patterns: exclude = [], include_workflow_patterns: include = [] }) => {
    const contradictory = (only === true && include.length === 0) || include.some((pattern) => exclude.includes(pattern));
    return preset === 'n8n_insights' || !contradictory;
  })
  .map((json) => parseRuleSet(json, defaults));

const compile = (rules: RuleSet) => compileRules(rules, 'America/St_Johns');

describe('classify, whatever it is given', () => {
  it('is total and deterministic, with a memory or without', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, (run, flow, rules) => {
        const compiled = compile(rules);
        const first = classify(run, flow, compiled);
        expect(first.reason).not.toBe('');
        expect(classify(run, flow, compiled)).toEqual(first);
        expect(classify(run, flow, compile(rules))).toEqual(first);
      }),
    );
  });

  it('explains its own verdict: one rule decided, none before it, and none after it was reached', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, (run, flow, rules) => {
        const compiled = compile(rules);
        const { verdict, rules: trials } = explain(run, flow, compiled);
        expect(verdict).toEqual(classify(run, flow, compiled));
        expect(trials.map(({ outcome }) => (outcome === 'not_applicable' ? 'not_matched' : outcome)).join(' ')).toMatch(
          /^(not_matched )*decided( not_reached)*$/u,
        );
        expect(trials.every(({ outcome, saw }) => (outcome === 'not_reached') === (saw === null))).toBe(true);
        expect(JSON.parse(JSON.stringify(trials))).toEqual(trials);
      }),
    );
  });

  it('does not depend on the order of the entries of a list', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, (run, flow, rules) => {
        const reversed = Object.fromEntries(
          Object.entries(rules).map(([key, value]) => [
            key,
            Array.isArray(value) ? [...(value as unknown[])].reverse() : (value as unknown),
          ]),
        );
        expect(classify(run, flow, compile(parseRuleSet(reversed, defaults)))).toEqual(classify(run, flow, compile(rules)));
      }),
    );
  });

  it('never gains production executions by another exclude pattern, nor loses any by another include pattern', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, patterns, (run, flow, rules, more) => {
        const before = classify(run, flow, compile(rules)).production;
        const excluding = { ...rules, exclude_workflow_patterns: [...rules.exclude_workflow_patterns, ...more] };
        const including = { ...rules, include_workflow_patterns: [...rules.include_workflow_patterns, ...more] };
        if (!before) expect(classify(run, flow, compile(excluding)).production).toBe(false);
        if (before) expect(classify(run, flow, compile(including)).production).toBe(true);
      }),
    );
  });

  it('gives the same verdict after the rules went through JSON', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, (run, flow, rules) => {
        const stored = parseRuleSet(JSON.parse(JSON.stringify(rules)), { excludeManual: false, excludeTestWorkflows: false });
        expect(stored).toStrictEqual(rules);
        expect(classify(run, flow, compile(stored))).toEqual(classify(run, flow, compile(rules)));
      }),
    );
  });

  it('is the same for all executions of a workflow, mode and status that agree in what the rules are said to depend on', () => {
    fc.assert(
      fc.property(execution, execution, workflow, ruleSet, (run, other, flow, rules) => {
        const { startedAt, duration, testIndicator } = verdictDependsOn(rules);
        const sibling = {
          ...run,
          startedAt: startedAt ? run.startedAt : other.startedAt,
          durationMs: duration ? run.durationMs : other.durationMs,
          testIndicator: testIndicator ? run.testIndicator : other.testIndicator,
        };
        expect(classify(sibling, flow, compile(rules))).toEqual(classify(run, flow, compile(rules)));
      }),
    );
  });

  it('takes from a duration only whether it is too short, and from a test indicator only whether there is one', () => {
    fc.assert(
      fc.property(execution, workflow, ruleSet, (run, flow, rules) => {
        const tooShort = run.durationMs !== null && run.durationMs < rules.min_duration_ms;
        const group = { ...run, durationMs: tooShort ? 0 : null, testIndicator: run.testIndicator === null ? null : 'found' };
        expect(classify(group, flow, compile(rules))).toEqual(classify(run, flow, compile(rules)));
      }),
    );
  });
});
