import { fold, type PreparedText, prepare, wordsOf } from './words.js';

// Written without spaces between words: a word can only be searched inside the text.
const NO_WORD_BORDERS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
// Knows the words of those scripts.
const dictionary = new Intl.Segmenter('en', { granularity: 'word' });
// "dev.to" is a name, "dev to" is not.
const INNER_POINT = /\p{L}\.\p{L}/u;
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
  /** `words`: as whole words in a row. `anywhere`: as a part of the text. `unspaced`: as such, but not of a longer word. */
  as: 'words' | 'anywhere' | 'unspaced';
}

/** Whether an entry can match at all: it holds a letter, a digit or a symbol. */
export function isUsableEntry(text: string): boolean {
  return SYMBOL.test(text) || wordsOf(text).length > 0;
}

/**
 * Makes the entries of a word list ready. An entry of several words ("smoke test") means these words in a row. Entries with
 * symbols or emoji match anywhere in the text; so do those with letters of scripts that put no spaces between words (Han, Kana,
 * Thai, Lao, Khmer, Burmese), unless they are part of a longer word there.
 */
export function compileEntries(entries: readonly string[], match: NameMatch = 'word'): WordEntry[] {
  return entries.map((text) => ({ text, ...prepare(text), as: match === 'word' ? kindOf(text) : 'anywhere' }));
}

function kindOf(text: string): WordEntry['as'] {
  if (SYMBOL.test(text)) return 'anywhere';
  return NO_WORD_BORDERS.test(text) ? 'unspaced' : 'words';
}

/** Where an occurrence of an entry says nothing. */
interface Exceptions {
  /** Words right before it: "non production". */
  after?: ReadonlySet<string>;
  /** Longer phrases that it is part of: "book a demo". */
  within?: readonly WordEntry[];
}

/** The first entry that the text holds, as written, or `null`. */
export function findEntry(text: PreparedText, entries: readonly WordEntry[], exceptions: Exceptions = {}): string | null {
  const { after, within = [] } = exceptions;
  const plain = (at: number, entry: WordEntry): boolean =>
    after?.has(text.words[at - 1] ?? '') !== true && !within.some((phrase) => covers(phrase, text, at, entry.words.length));
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
  return entries.find((entry) => entry.as === 'words' && (holds(text, entry, negated) || glued(entry)))?.text ?? null;
}

/** The first entry that is the whole text, numbers in the text aside ("dev-2" is dev). */
export function findWholeEntry(value: string, entries: readonly WordEntry[]): string | null {
  const folded = fold(value.trim());
  const bare = wordsOf(value).filter((word) => !/^\p{N}/u.test(word));
  const same = (entry: WordEntry): boolean => entry.words.length > 0 && entry.words.join(' ') === bare.join(' ');
  return entries.find((entry) => entry.folded === folded || (entry.as === 'words' && same(entry)))?.text ?? null;
}

function holds(text: PreparedText, entry: WordEntry, accepts: (at: number, entry: WordEntry) => boolean): boolean {
  if (entry.as === 'anywhere') return text.folded.includes(entry.folded);
  if (entry.as === 'unspaced') return holdsUnspaced(text.folded, entry.folded);
  if (entry.words.length === 0) return false;
  return text.words.some((_, at) => standsAt(text, entry, at) && accepts(at, entry));
}

function standsAt({ words }: PreparedText, entry: WordEntry, at: number): boolean {
  return entry.words.every((word, offset) => words[at + offset] === word);
}

/** Whether a longer phrase of the text includes the words from `at` on. */
function covers(phrase: WordEntry, text: PreparedText, at: number, length: number): boolean {
  const surplus = phrase.words.length - length;
  if (surplus <= 0 || (INNER_POINT.test(phrase.text) && !text.folded.includes(phrase.folded))) return false;
  for (let start = Math.max(0, at - surplus); start <= at; start += 1) {
    if (standsAt(text, phrase, start) && isOnePhrase(text, start, phrase.words.length)) return true;
  }
  return false;
}

function isOnePhrase({ starts }: PreparedText, from: number, length: number): boolean {
  for (let at = from + 1; at < from + length; at += 1) if (starts.has(at)) return false;
  return true;
}

/** Whether the entry occurs as more than a part of one longer word: テスト (test) is none in コンテスト (contest). */
function holdsUnspaced(text: string, entry: string): boolean {
  if (!text.includes(entry)) return false;
  const words = dictionary.segment(text);
  for (let at = text.indexOf(entry); at >= 0; at = text.indexOf(entry, at + 1)) {
    const word = words.containing(at);
    const isPart =
      word !== undefined && word.segment.length > entry.length && word.index + word.segment.length >= at + entry.length;
    if (!isPart) return true;
  }
  return false;
}
