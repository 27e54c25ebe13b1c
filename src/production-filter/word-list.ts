import { fold, type PreparedText, prepare, wordsOf } from './words.js';

// Written without spaces between words: a word can only be searched inside the text.
const NO_WORD_BORDERS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
// An emoji or "+" is no part of any word.
const SYMBOL = /\p{S}/u;

/** `word`: consecutive whole words. `substring`: the literal "contains", case folded. */
export type NameMatch = 'word' | 'substring';

/** One entry of a word list of the rules. */
export interface WordEntry {
  /** As it was written. */
  text: string;
  folded: string;
  words: readonly string[];
  anywhere: boolean;
}

/** Whether an entry can match at all: it holds a letter, a digit or a symbol. */
export function isUsableEntry(text: string): boolean {
  return SYMBOL.test(text) || wordsOf(text).length > 0;
}

/**
 * Makes the entries of a word list ready. An entry of several words ("smoke test") means these words in a row. Entries with
 * symbols, emoji or letters of scripts without word borders (Han, Kana, Thai, Lao, Khmer, Burmese) match anywhere in the text.
 */
export function compileEntries(entries: readonly string[], match: NameMatch = 'word'): WordEntry[] {
  return entries.map((text) => {
    const anywhere = match === 'substring' || SYMBOL.test(text) || NO_WORD_BORDERS.test(text);
    return { text, ...prepare(text), anywhere };
  });
}

/** The first entry that the text holds, as written, or `null`. */
export function findEntry(text: PreparedText, entries: readonly WordEntry[]): string | null {
  return entries.find((entry) => holds(text, entry, () => true))?.text ?? null;
}

/** Like {@link findEntry}, but an occurrence right after one of `negations` ("non production") does not count. */
export function findPlainEntry(text: PreparedText, entries: readonly WordEntry[], negations: ReadonlySet<string>): string | null {
  const plain = (at: number): boolean => !negations.has(text.words[at - 1] ?? '');
  return entries.find((entry) => holds(text, entry, plain))?.text ?? null;
}

/** The first entry that the text denies: after one of `negations` or glued to it ("preprod"). */
export function findNegatedEntry(
  text: PreparedText,
  entries: readonly WordEntry[],
  negations: ReadonlySet<string>,
): string | null {
  const negated = (at: number): boolean => negations.has(text.words[at - 1] ?? '');
  const glued = (entry: WordEntry): boolean => [...negations].some((no) => text.words.includes(no + entry.words.join('')));
  return entries.find((entry) => !entry.anywhere && (holds(text, entry, negated) || glued(entry)))?.text ?? null;
}

/** The first entry that is the whole text, numbers in the text aside ("dev-2" is dev). */
export function findWholeEntry(value: string, entries: readonly WordEntry[]): string | null {
  const folded = fold(value.trim());
  const bare = wordsOf(value).filter((word) => !/^\p{N}/u.test(word));
  const same = (entry: WordEntry): boolean => entry.words.length > 0 && entry.words.join(' ') === bare.join(' ');
  return entries.find((entry) => entry.folded === folded || (!entry.anywhere && same(entry)))?.text ?? null;
}

function holds(text: PreparedText, entry: WordEntry, accepts: (at: number) => boolean): boolean {
  if (entry.anywhere) return text.folded.includes(entry.folded);
  const { words } = entry;
  if (words.length === 0) return false;
  return text.words.some((_, at) => words.every((word, offset) => text.words[at + offset] === word) && accepts(at));
}
