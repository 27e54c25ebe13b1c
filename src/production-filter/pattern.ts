import { RE2JS, RE2JSSyntaxException } from 're2js';
import { hasSmallAutomaton } from './automaton.js';

/** Steps a compiled pattern may have: the price of one look at a name grows with it. */
const MAX_STEPS = 400;
/** Repetition counts of one pattern together: compiling multiplies by them, so they are looked at before. */
const MAX_REPEATS = 100;
/** Patterns whose problems are remembered: stored rules are checked each time they are read. */
const MAX_REMEMBERED = 2_000;

const remembered = new Map<string, string | null>();

/** A pattern that people wrote, ready to be tried on names. */
export interface CompiledPattern {
  /** As it was written. */
  text: string;
  /** Unanchored, case-insensitive, in time linear in the length of the name and much the same for all patterns. */
  matches: (name: string) => boolean;
}

/** @throws RE2JSSyntaxException for what {@link patternProblem} would have refused */
export function compilePattern(text: string): CompiledPattern {
  const compiled = compile(text);
  return { text, matches: (name) => compiled.test(name.normalize('NFC')) };
}

/** What is wrong with a pattern in RE2 syntax, with the position (characters, from 1) where it can be told; `null` when it is good. */
export function patternProblem(text: string): string | null {
  const before = remembered.get(text);
  if (before !== undefined) return before;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const problem = findProblem(text);
  remembered.set(text, problem);
  return problem;
}

function findProblem(text: string): string | null {
  const counts = [...text.matchAll(/\{(\d+)?,?(\d+)?\}/gu)].map(([, from, to]) => Number(to ?? from ?? 0));
  if (counts.reduce((sum, count) => sum + count, 0) > MAX_REPEATS) {
    return `is too large: its repetition counts add up to more than ${MAX_REPEATS}`;
  }
  try {
    const compiled = compile(text);
    const steps = compiled.programSize();
    if (steps > MAX_STEPS) return `is too large: ${steps} steps, at most ${MAX_STEPS} are allowed`;
    return hasSmallAutomaton(compiled)
      ? null
      : 'is too complex: use .* instead of counted gaps such as .{0,40}, or fewer choices';
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const position = Array.from(text.slice(0, offsetOf(text, error))).length + 1;
    return `is not a valid RE2 pattern: ${error.error} at position ${position}`;
  }
}

function compile(text: string): RE2JS {
  // Composed like the names it is tried on, so that one accent typed in two ways is the same accent.
  return RE2JS.compile(text.normalize('NFC'), RE2JS.CASE_INSENSITIVE);
}

/** RE2 tells what is wrong and quotes it, but not where it stands. */
function offsetOf(text: string, { error, input }: RE2JSSyntaxException): number {
  if (error === 'missing closing )') return unclosedGroup(text);
  if (input === null) return text.length - 1;
  if (text.endsWith(input)) return text.length - input.length;
  const end = shortestBadPrefix(text, error, input);
  return Math.max(0, end - (error === 'unexpected )' ? 1 : input.length));
}

function shortestBadPrefix(text: string, error: string, input: string): number {
  for (let end = 1; end < text.length; end += 1) {
    try {
      compile(text.slice(0, end));
    } catch (found) {
      if (!(found instanceof RE2JSSyntaxException) || found.error !== error) continue;
      if (found.input === input || error === 'unexpected )') return end;
    }
  }
  return text.length;
}

/** Offset of the first bracket that opens a group and is never closed; escapes and character classes are stepped over. */
function unclosedGroup(text: string): number {
  const open: number[] = [];
  for (const token of text.matchAll(/\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|[()]/gu)) {
    if (token[0] === '(') open.push(token.index);
    else if (token[0] === ')') open.pop();
  }
  return open[0] ?? 0;
}
