import { type z } from 'zod';
import { type FieldError, InvalidInputError } from '../common/index.js';
import { type RuleDefaults, type RuleSet } from './rule-set.js';
import { ruleSetSchema } from './rule-set.schema.js';

// A body of nonsense is not worth a longer answer.
const MAX_ERRORS = 50;

/**
 * A rule set that was accepted when it was stored, with the defaults of keys that did not exist then.
 * @throws InvalidInputError `invalid_filter_rules` when it has not even the form of one
 */
export function readStoredRuleSet(json: unknown, defaults: RuleDefaults): RuleSet {
  return accepted(ruleSetSchema(defaults, true).safeParse(json));
}

/**
 * Checks a rule set that people wrote and fills in what it leaves open; what it returns is accepted again unchanged.
 * @throws InvalidInputError `invalid_filter_rules`, with every bad field (`exclude_workflow_patterns[1]`) and, for a pattern,
 * the position (characters, from 1) of the mistake
 */
export function parseRuleSet(json: unknown, defaults: RuleDefaults): RuleSet {
  return accepted(ruleSetSchema(defaults).safeParse(json));
}

function accepted(parsed: z.ZodSafeParseResult<RuleSet>): RuleSet {
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(fieldErrors).slice(0, MAX_ERRORS);
  const fields = [...new Set(errors.map((error) => error.field))].join(', ');
  throw new InvalidInputError('invalid_filter_rules', `These filter rules cannot be used; please correct: ${fields}`, errors);
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const at = fieldName(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ field: at || '$', message: issue.message }];
  return issue.keys.map((key) => ({ field: fieldName([...issue.path, key]), message: 'is not a key of the filter rules' }));
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}
