import { type RuleSet } from './rule-set.js';

/** Facts of a single execution, beside its workflow, mode and status, that may change a verdict. */
export interface Dependence {
  startedAt: boolean;
  duration: boolean;
  testIndicator: boolean;
}

/**
 * What a verdict under these rules may depend on beside the workflow, the mode and the status. Where all are false, executions
 * of one workflow, mode and status share one verdict: a million of them are classified by looking at one.
 * A duration only matters as being below `min_duration_ms` or not, a test indicator only as being there (not `null`) or not.
 */
export function verdictDependsOn(rules: RuleSet): Dependence {
  // The mode decides alone, or the name does before any other rule is asked.
  if (rules.preset === 'n8n_insights' || rules.include_only) return { startedAt: false, duration: false, testIndicator: false };
  return {
    startedAt: rules.quiet_hours.length > 0,
    duration: rules.min_duration_ms > 0,
    testIndicator: rules.match_execution_data,
  };
}
