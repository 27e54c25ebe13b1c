export { classify, explain } from './classify.js';
export { type CompiledRules, compileRules } from './compile-rules.js';
export { FilterRuleSetEntity } from './filter-rule-set.entity.js';
export { FilterRulesService, type StoredRuleSet } from './filter-rules.service.js';
export {
  isKnownMode,
  isKnownStatus,
  N8N_MODES,
  N8N_STATUSES,
  type N8nMode,
  type N8nStatus,
  type StatusGroup,
} from './n8n-vocabulary.js';
export { parseRuleSet } from './parse-rule-set.js';
export { ProductionFilterModule } from './production-filter.module.js';
export { type QuietHours, type RuleDefaults, type RuleSet } from './rule-set.js';
export { type ExecutionFacts, type RuleTrial, type Verdict, type WorkflowFacts } from './rules.js';
export { findTestIndicator, type RunData } from './test-indicator.js';
