import { compilePattern, patternProblem } from './pattern.js';

describe('compilePattern', () => {
  it('matches anywhere in a name, whatever the case', () => {
    expect(compilePattern('TEST').matches('my latest')).toBe(true);
    expect(compilePattern('^test$').matches('Test')).toBe(true);
    expect(compilePattern('^test$').matches('Latest')).toBe(false);
  });

  it('takes an accent as the same, however it was typed', () => {
    expect(compilePattern('caf\u00e9').matches('Cafe\u0301')).toBe(true);
    expect(compilePattern('cafe\u0301').matches('Caf\u00e9')).toBe(true);
  });
});

describe('patternProblem', () => {
  it.each(['.*test.*', '^(prod|live) ', '\\btest\\b', '[[:alpha:]]+', 'orders?', 'a{100}', '🧪'])('accepts %s', (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });

  it.each([
    ['[z', 'missing closing ]', 1],
    ['ok[z', 'missing closing ]', 3],
    ['a(b', 'missing closing )', 2],
    ['(a)\\((b', 'missing closing )', 6],
    ['[(](a', 'missing closing )', 4],
    ['\\Q(\\E(a', 'missing closing )', 6],
    ['abc)d', 'unexpected )', 4],
    ['a)', 'unexpected )', 2],
    ['ab**c', 'invalid nested repetition operator', 3],
    ['\\** a**', 'invalid nested repetition operator', 6],
    ['*a', 'missing argument to repetition operator', 1],
    ['foo(?=bar)', 'invalid or unsupported Perl syntax', 4],
    ['(a)\\1', 'invalid escape sequence', 4],
    ['🧪[b-a]', 'invalid character class range', 3],
    ['test\\', 'trailing backslash at end of expression', 5],
  ])('says what is wrong with %s and where', (pattern, what, position) => {
    expect(patternProblem(pattern)).toBe(`is not a valid RE2 pattern: ${what} at position ${position}`);
  });

  it.each([
    ['(acme|contoso|globex|initech|hooli|umbrella|stark|wayne|wonka|cyberdyne|tyrell|soylent)'],
    ['(\\bdev\\b|\\btest\\b|\\bstaging\\b).*(copy|kopie|copia)$'],
    ['^\\p{Lu}{2,5}-\\d+'],
    ['\\p{L}+ (test|dev) v\\d{1,3}'],
    ['invoice.{0,8}test'],
    ['(a+)+$'],
    ['(.*)*x'],
    ['a'.repeat(200)],
  ])('accepts %s: hard for others, or long, but not here', (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });

  it.each(['a.{20}b', 'a.{40}$', '[ab]*a[ab]{20}$', '(?:[a-m].{25}){3}$', '(?:.{0,30}a){2}.{0,40}z', `a${'.'.repeat(30)}b`])(
    'refuses %s, each of whose matches may overlap with many others, and says what to write instead',
    (pattern) => {
      expect(patternProblem(pattern)).toBe('is too complex: use .* instead of counted gaps such as .{0,40}, or fewer choices');
      expect(patternProblem(pattern)).toMatch(/^is too complex/u);
    },
  );

  it('refuses what is too expensive to try on every name', () => {
    expect(patternProblem('.{1000}'.repeat(20))).toBe('is too large: its repetition counts add up to more than 100');
    expect(patternProblem('(((a{0,8}){0,8}){0,8})')).toMatch(/^is too large: \d+ steps, at most 400 are allowed$/u);
  });
});
