// A letter keeps its combining marks: accents that NFC cannot compose must not split a word.
const UPPER = String.raw`(?:[\p{Lu}\p{Lt}]\p{M}*)`;
const OTHER = String.raw`(?:[\p{Ll}\p{Lo}\p{Lm}]\p{M}*)`;
const DIGIT = String.raw`(?:\p{N}\p{M}*)`;
// "HTTPServer" is HTTP + Server, "orderSync" is order + Sync, "test2" is test + 2.
const WORD = new RegExp(`${UPPER}+(?=${UPPER}${OTHER})|${UPPER}?${OTHER}+|${UPPER}+|${DIGIT}+`, 'gu');

// U+FE0F only asks for the colourful form of a symbol.
const EMOJI_STYLE = /\uFE0F/gu;

/** A text made ready for many comparisons. */
export interface PreparedText {
  /** The whole text, trimmed, see {@link fold}. */
  folded: string;
  /** Its words in order, folded. */
  words: readonly string[];
}

/** Case folded and in compatibility form: full-width, ligature and half-width letters equal the plain ones; accents count. */
export function fold(text: string): string {
  // Upper case first: it opens up the sharp s and unites letters that lower case alone keeps apart.
  const lower = text.replace(EMOJI_STYLE, '').normalize('NFKC').toUpperCase().toLowerCase();
  return lower.replaceAll('ς', 'σ').normalize('NFKC');
}

/**
 * Words of a name: split at anything that is not a letter or digit, at camelCase borders and between letters and digits
 * ("Test2" holds the word test). Folded with {@link fold}.
 */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map(fold);
}

/** @see PreparedText */
export function prepare(text: string): PreparedText {
  return { folded: fold(text.trim()), words: wordsOf(text) };
}
