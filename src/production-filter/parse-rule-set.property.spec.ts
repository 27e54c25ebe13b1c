import fc from 'fast-check';
import { InvalidInputError } from '../common/index.js';
import { classify } from './classify.js';
import { compileRules } from './compile-rules.js';
import { parseRuleSet } from './parse-rule-set.js';
import { compilePattern, patternProblem } from './pattern.js';
import { type RuleSet } from './rule-set.js';

const defaults = { excludeManual: true, excludeTestWorkflows: true };
const KEYS = Object.keys(parseRuleSet({}, defaults));

/** Pieces of patterns, put together without sense. */
const piece = fc.constantFrom(
  ...[
    '(',
    ')',
    '[',
    ']',
    '[^',
    '{',
    '}',
    '{2,',
    '{0,40}',
    '{1000}',
    '*',
    '+',
    '?',
    '|',
    '^',
    '$',
    '\\',
    '\\b',
    '\\d',
    '\\p{L}',
    '\\Q',
  ],
  ...['.', '.*', 'test', 'é', '🧪', 'テ', '(?i)', '(?:', '(?P<n>', '(?=', '-', 'z-a', '[[:alpha:]]', 'a'],
);
const pattern = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 220 }),
);

/** Rule sets that are right in places and wrong in others. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.boolean(),
  fc.array(fc.oneof(pattern, fc.string({ unit: 'grapheme' }), fc.jsonValue()), { maxLength: 5 }),
  fc.constantFrom('default', 'n8n_insights', 'word', 'substring', 0, -0, 1, 1.5, 86_400_001, null),
  fc.array(fc.record({ from: fc.constantFrom('22:00', '24:00', ''), to: fc.constantFrom('06:00', '24:00') }), { maxLength: 2 }),
);
const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: fc.string() });
const ruleSet = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(key, value, { maxKeys: 6 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

function parsed(json: unknown): RuleSet | InvalidInputError {
  try {
    return parseRuleSet(json, defaults);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
}

describe('parseRuleSet, whatever it is given', () => {
  it('either names what is wrong and where, or returns rules that it accepts unchanged and that work', () => {
    fc.assert(
      fc.property(ruleSet, (json) => {
        const result = parsed(json);
        if (result instanceof InvalidInputError) {
          expect(result.errors.length).toBeGreaterThan(0);
          for (const { field, message } of result.errors) expect([typeof field, message === '']).toEqual(['string', false]);
          return;
        }
        expect(parseRuleSet(JSON.parse(JSON.stringify(result)), defaults)).toStrictEqual(result);
        const execution = { mode: 'trigger', status: 'success', startedAt: new Date(0), durationMs: 1, testIndicator: null };
        expect(classify(execution, { name: 'Orders テスト 🧪', tags: ['x'] }, compileRules(result, 'UTC')).reason).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });
});

describe('patternProblem, whatever it is given', () => {
  it('either points into the pattern, or the pattern works', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: 'grapheme' }), (text, name) => {
        const problem = patternProblem(text);
        if (problem === null) {
          expect(typeof compilePattern(text).matches(name)).toBe('boolean');
          return;
        }
        expect(problem).toMatch(/^is (?:not a valid RE2 pattern: .+ at position \d+|too large: .+|too complex: .+)$/su);
        const position = Number(/position (\d+)$/u.exec(problem)?.[1] ?? 1);
        expect(position).toBeGreaterThanOrEqual(1);
        expect(position).toBeLessThanOrEqual(Array.from(text).length + 1);
      }),
      { numRuns: 400 },
    );
  });
});
