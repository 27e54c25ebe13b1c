import { explain } from './classify.js';
import { compileRules } from './compile-rules.js';
import { parseRuleSet } from './parse-rule-set.js';
import { type ExecutionFacts, type WorkflowFacts } from './rule.js';

describe('explain', () => {
  const compiled = compileRules(parseRuleSet({}, { excludeManual: true, excludeTestWorkflows: true }), 'UTC');
  const execution = {
    mode: 'trigger',
    status: 'success',
    startedAt: new Date('2026-03-04T12:00:00Z'),
    durationMs: 5,
    testIndicator: null,
  };

  it('lists every rule of the table with what it saw, and which one decided', () => {
    expect(explain(execution, { name: 'Order test', tags: ['crm'] }, compiled)).toEqual({
      verdict: { production: false, reason: 'test_name' },
      rules: [
        { rule: 'manual_mode', outcome: 'not_matched', saw: 'mode trigger' },
        { rule: 'custom_exclude', outcome: 'not_applicable', saw: 'no exclude_workflow_patterns' },
        { rule: 'custom_include', outcome: 'not_applicable', saw: 'no include_workflow_patterns' },
        { rule: 'not_included', outcome: 'not_applicable', saw: 'include_only is off' },
        { rule: 'mode_not_counted', outcome: 'not_matched', saw: 'mode trigger' },
        { rule: 'production_tag', outcome: 'not_matched', saw: 'tags "crm"' },
        { rule: 'non_production_tag', outcome: 'not_matched', saw: 'tags "crm"' },
        { rule: 'test_name', outcome: 'decided', saw: 'name "Order test" holds "test"' },
        { rule: 'test_indicator', outcome: 'not_reached', saw: null },
        { rule: 'timing', outcome: 'not_reached', saw: null },
        { rule: 'production_name', outcome: 'not_reached', saw: null },
        { rule: 'other_mode', outcome: 'not_reached', saw: null },
      ],
    });
  });

  it('asks all twelve when none of the first eleven matches', () => {
    const { rules } = explain(execution, undefined, compiled);
    expect(rules).toHaveLength(12);
    expect(rules.at(-1)).toEqual({ rule: 'other_mode', outcome: 'decided', saw: 'mode trigger' });
  });

  it('names what it found as it was written: pattern, tag, indicator, duration', () => {
    const sawWith = (rules: object, facts: Partial<ExecutionFacts> = {}, workflow: Partial<WorkflowFacts> = {}): unknown => {
      const given = compileRules(parseRuleSet(rules, { excludeManual: true, excludeTestWorkflows: true }), 'UTC');
      const explained = explain({ ...execution, ...facts }, { name: 'Orders', tags: [], ...workflow }, given);
      return explained.rules.find(({ outcome }) => outcome === 'decided')?.saw;
    };
    expect(sawWith({ exclude_workflow_patterns: ['x', '.*ORD.*'] })).toBe('name "Orders" matches ".*ORD.*"');
    expect(sawWith({}, {}, { tags: ['crm', 'Env: Staging'] })).toBe('tag "Env: Staging" says staging');
    expect(sawWith({}, {}, { tags: ['pre-prod'] })).toBe('tag "pre-prod" says not prod');
    expect(sawWith({}, { testIndicator: 'error text says dry run' })).toBe('error text says dry run');
    expect(sawWith({ min_duration_ms: 10 })).toBe('took 5 ms, the minimum is 10 ms');
    expect(sawWith({ quiet_hours: [{ from: '11:00', to: '13:00' }] })).toBe('started in the quiet hours 11:00 to 13:00');
    expect(sawWith({}, { mode: 'odd' })).toBe('unknown mode odd');
    expect(sawWith({ preset: 'n8n_insights' })).toBe('mode trigger');
  });
});
