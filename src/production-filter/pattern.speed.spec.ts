import { type CompiledPattern, compilePattern, patternProblem } from './pattern.js';

/** The usual traps for expressions: nested and overlapping repetitions, large counts, ambiguous choices, gaps. */
const HOSTILE = [
  ...['(a+)+$', '(a*)*$', '(a|a)*=$', '((a|aa)+)+$', '(a|b|ab)*=', '(.*)*x$', '(.*.*.*)=$', '.*.*.*.*.*.*.*.*=', '(.+.+)+=$'],
  ...[
    '(a+a+)+=',
    '([a-z]+)*[0-9]$',
    '(\\w+\\s?)*=$',
    '^(([a-z])+.)+[A-Z]([a-z])+=$',
    '(?:a?){50}a{50}',
    'a{1,100}=',
    '(a{1,9}){9}=',
  ],
  ...['(.{0,10}){1,9}=', '(\\w{0,50}\\W{0,49})=$', '[^x]{0,60}=', '(?:(?:a{0,8}){0,8})=$', '\\pL+\\pN*=$', '(\\b\\w+\\b.*){5}=$'],
  ...[
    '.*a.*b.*c.*d.*e.*f.*g=',
    '(?:a?b?c?d?e?f?g?h?i?j?){9}=',
    '((a|b|c|d|e)?.{3}){20}=',
    'a.{7}=',
    '[ab]*a[ab]{6}=',
    '(a|b)*a(a|b){6}=',
  ],
  ...['(?i)(a+)+=', '(?:[ab]+[bc]+)+=', '(?:.a){1,9}=', '(?:a.{3}|b.{2}|c.{4})=', '(a.?b?)*=', '(ab?){1,40}=', '(\\s*\\w*)*='],
];

const PLAIN = [
  '.*test.*',
  '.*dev.*',
  '^prod=',
  'staging=',
  'demo=$',
  'sample=',
  '(prod|live)=',
  'orders?=',
  '\\btest\\b',
  '^\\[dev\\]',
];

/** 60 characters that look random and are the same in every run. */
function names(count: number): string[] {
  let seed = 42;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const alphabet = 'aaabbbcdefghijkl  0-';
  return Array.from({ length: count }, () =>
    Array.from({ length: 60 }, () => alphabet[Math.floor(random() * alphabet.length)] ?? 'a').join(''),
  );
}

const fifty = (patterns: readonly string[]): CompiledPattern[] =>
  Array.from({ length: 50 }, (_, index) => compilePattern(patterns[index % patterns.length] ?? ''));

function millisecondsFor(patterns: readonly CompiledPattern[], texts: readonly string[]): number {
  const started = performance.now();
  for (const text of texts) for (const pattern of patterns) pattern.matches(text);
  return performance.now() - started;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('50 hostile patterns over 10,000 names of 60 characters', () => {
  it('take at most 3 times as long as 50 plain ones', () => {
    expect(HOSTILE.filter((pattern) => patternProblem(pattern) !== null)).toEqual([]);
    const texts = names(10_000);
    const [hostile, plain] = [fifty(HOSTILE), fifty(PLAIN)];
    // Automata are built and code is compiled before anything is measured; then both take turns, so that a busy machine hits both.
    for (const patterns of [plain, hostile]) millisecondsFor(patterns, texts);
    const ratios = Array.from({ length: 3 }, () => {
      const base = millisecondsFor(plain, texts);
      return millisecondsFor(hostile, texts) / base;
    });
    expect(median(ratios)).toBeLessThanOrEqual(3);
  });
});
