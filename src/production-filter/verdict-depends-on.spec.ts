import { parseRuleSet } from './parse-rule-set.js';
import { verdictDependsOn } from './verdict-depends-on.js';

const dependsOn = (rules: object): string[] =>
  Object.entries(verdictDependsOn(parseRuleSet(rules, { excludeManual: true, excludeTestWorkflows: true })))
    .filter(([, depends]) => depends as boolean)
    .map(([fact]) => fact);

describe('verdictDependsOn', () => {
  it.each([
    [{}, ['testIndicator']],
    [{ match_execution_data: false }, []],
    [{ match_execution_data: false, min_duration_ms: 1 }, ['duration']],
    [{ match_execution_data: false, quiet_hours: [{ from: '22:00', to: '06:00' }] }, ['startedAt']],
    [{ preset: 'n8n_insights', min_duration_ms: 1 }, []],
    [{ include_only: true, include_workflow_patterns: ['a'], min_duration_ms: 1 }, []],
  ])('tells what verdicts under %j depend on beside workflow, mode and status: %j', (rules, facts) => {
    expect(dependsOn(rules)).toEqual(facts);
  });
});
