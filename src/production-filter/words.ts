// A letter keeps its combining marks: accents that NFC cannot compose must not split a word.
const UPPER = String.raw`(?:[\p{Lu}\p{Lt}]\p{M}*)`;
const OTHER = String.raw`(?:[\p{Ll}\p{Lo}\p{Lm}]\p{M}*)`;
const DIGIT = String.raw`(?:\p{N}\p{M}*)`;
// "HTTPServer" is HTTP + Server, "orderSync" is order + Sync, "test2" is test + 2.
const WORD = new RegExp(`${UPPER}+(?=${UPPER}${OTHER})|${UPPER}?${OTHER}+|${UPPER}+|${DIGIT}+`, 'gu');

// Code points that nobody sees inside a word or symbol: soft hyphen, joiners, byte order mark, "colourful, please".
const INVISIBLE = /\u00AD|\u200C|\u200D|\u2060|\uFE0F|\uFEFF/gu;
// Between two words of one phrase stand blanks, one hyphen, underscore, slash, point or apostrophe, or nothing (camelCase).
const WITHIN_PHRASE = /^(?:\s*|[\p{Pd}_/.'’])$/u;

/** A text made ready for many comparisons. */
export interface PreparedText {
  /** The whole text, trimmed, see {@link fold}. */
  folded: string;
  /** Its words in order, folded. */
  words: readonly string[];
  /** Which of the words begin a phrase of their own: "Demo: lead import" speaks of no "demo lead". */
  starts: ReadonlySet<number>;
}

/** Case folded and in compatibility form: full-width, ligature and half-width letters equal the plain ones; accents count. */
export function fold(text: string): string {
  // Upper case first: it opens up the sharp s and unites letters that lower case alone keeps apart.
  const lower = text.replace(INVISIBLE, '').normalize('NFKC').toUpperCase().toLowerCase();
  // The dot of the Turkish İ is no accent: İ, I, i and ı are one letter here, so that LİVE is live.
  return lower.replaceAll('ς', 'σ').replaceAll('i\u0307', 'i').normalize('NFKC');
}

/**
 * Words of a name: split at anything that is not a letter or digit, at camelCase borders and between letters and digits
 * ("Test2" holds the word test). Folded with {@link fold}.
 */
export function wordsOf(text: string): string[] {
  return [...prepare(text).words];
}

/** @see PreparedText */
export function prepare(text: string): PreparedText {
  const visible = text.replace(INVISIBLE, '');
  const starts = new Set<number>();
  let end = 0;
  const words = Array.from(visible.matchAll(WORD), ({ 0: word, index }, at) => {
    if (!WITHIN_PHRASE.test(visible.slice(end, index))) starts.add(at);
    end = index + word.length;
    return fold(word);
  });
  return { folded: fold(text.trim()), words, starts };
}
