import { type RE2JS } from 're2js';

/** States of one automaton. What people write has less than a hundred or two. */
const MAX_STATES = 1_000;
/** Steps of building one, a fraction of a second. */
const MAX_WORK = 300_000;
/** `RE2JS.test` looks for a match anywhere. */
const UNANCHORED = 0;
const END_OF_TEXT = -1;

/** The part of RE2's lazy automaton that is used here. */
interface Automaton {
  /** Where the next class of characters begins; the first begins at 0. */
  classBounds: Iterable<number>;
  cachedStates: () => Iterable<State>;
  step: (state: State, characterClass: number, character: number, anchor: number) => State | null;
}

interface State {
  nfaStates: ArrayLike<number>;
}

/**
 * Whether the automaton of a pattern can be built as a whole. RE2 builds it bit by bit while it reads names. Once it is there, a
 * name costs one look-up per character, whatever the pattern; but a counted gap ("a.{40}b") has an automaton of astronomic
 * size, and every character of every name goes on costing what a hundred characters cost other patterns.
 */
export function hasSmallAutomaton(pattern: RE2JS): boolean {
  // A first name gives the automaton its first state; patterns that RE2 matches in a simpler way get none.
  pattern.test('');
  const automaton: Automaton = pattern.re2().dfa;
  const characters = [0, ...automaton.classBounds, END_OF_TEXT];
  const known = new Set(automaton.cachedStates());
  let work = 0;
  // The set grows while it is walked through: every state is asked for those that follow it.
  for (const state of known) {
    work += (state.nfaStates.length + 1) * characters.length;
    if (work > MAX_WORK || known.size > MAX_STATES) return false;
    for (const [characterClass, character] of characters.entries()) {
      const next = automaton.step(state, characterClass, character, UNANCHORED);
      if (next === null) return false;
      known.add(next);
    }
  }
  return true;
}
