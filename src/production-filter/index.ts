export { classify } from './classify.js';
export { type CompiledRules, compileRules } from './compile-rules.js';
export { FilterRulesService, type StoredRuleSet } from './filter-rules.service.js';
export { type N8nMode, type N8nStatus, type StatusGroup } from './n8n-vocabulary.js';
export { ProductionFilterModule } from './production-filter.module.js';
export { type QuietHours, type RuleDefaults, type RuleSet } from './rule-set.js';
export { type ExecutionFacts, type RuleTrial, type Verdict, type WorkflowFacts } from './rules.js';
export { findTestIndicator, type RunData } from './test-indicator.js';
export { isKnownMode, isKnownStatus } from './n8n-vocabulary.js';
