/** Longest text that is looked at; what stands behind it hardly ever tells one failure from another. */
export const PATTERN_INPUT = 500;
const PATTERN_LENGTH = 300;

/** Letters and digits are an id when this many digits are in it: `sha1` and `base64` are words. */
const ID_DIGITS = 3;
/** ... or when it is this long with any digit. */
const ID_LENGTH = 16;

/**
 * What differs from one failure to the next, in one pass. Every repetition is bounded, so the time grows with the length of the text and
 * nothing else.
 */
const VARIABLE = new RegExp(
  [
    String.raw`(?<url>(?<![\p{L}\p{N}_])[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/[^\s"'<>)\]]{1,500})`,
    String.raw`(?<value>"[^"]{0,500}"|(?<![\p{L}\p{N}_])'[^']{0,500}'(?![\p{L}\p{N}_])|\x60[^\x60]{0,500}\x60|“[^”]{0,500}”|«[^»]{0,500}»)`,
    String.raw`(?<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})`,
    String.raw`(?<time>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))`,
    String.raw`(?<uuid>\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b)`,
    String.raw`(?<number>(?<![\p{L}\p{N}_])[0-9]{1,500}(?:[.,:][0-9]{1,500}){0,8}(?![\p{L}\p{N}_]))`,
    String.raw`(?<word>(?<![\p{L}\p{N}_])(?=[\p{L}_]{0,500}\p{N})[\p{L}\p{N}_]{1,500})`,
  ].join('|'),
  'gu',
);

/** `status code 502` and `HTTP 404` are what the failure is about, not where it happened. */
const BEFORE_STATUS = /(?:\bstatus(?: code)?|\bhttp(?:\/[\d.]{1,3})?|\bcode)[ :=]{1,2}$/i;

/**
 * The text of a failure with what changes from one to the next replaced by placeholders: `<url>`, `<value>` (in quotes), `<email>`,
 * `<time>`, `<id>` (UUIDs, hexadecimal and other ids), `<number>`. HTTP status codes stay. Only the first 500 characters count; at most 300 are given.
 */
export function errorPattern(text: string): string {
  const pattern = bounded(text).replace(/\s+/g, ' ').trim().replace(VARIABLE, replacement);
  return wellCut(pattern, PATTERN_LENGTH);
}

function bounded(text: string): string {
  if (text.length <= PATTERN_INPUT) return text;
  const start = text.slice(0, PATTERN_INPUT);
  // Its last word is half a word, and another half in the next text.
  const lastBlank = Math.max(start.lastIndexOf(' '), start.lastIndexOf('\n'));
  return lastBlank > 0 ? start.slice(0, lastBlank) : wellCut(text, PATTERN_INPUT);
}

/** The first characters, without half of a pair at the end. */
function wellCut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

function replacement(found: string, ...rest: unknown[]): string {
  const kinds = rest.at(-1) as Record<string, string | undefined>;
  if (kinds.url !== undefined) return '<url>';
  if (kinds.value !== undefined) return '<value>';
  if (kinds.email !== undefined) return '<email>';
  if (kinds.time !== undefined) return '<time>';
  if (kinds.uuid !== undefined) return '<id>';
  if (kinds.number !== undefined) return isHttpStatus(found, rest) ? found : '<number>';
  return word(found);
}

function isHttpStatus(found: string, rest: readonly unknown[]): boolean {
  const [offset, text] = rest.slice(-3, -1) as [number, string];
  if (!/^[1-5]\d\d$/.test(found)) return false;
  return offset === 0 || BEFORE_STATUS.test(text.slice(Math.max(0, offset - 20), offset));
}

function word(text: string): string {
  const unit = /^\d+(\p{L}{1,3})$/u.exec(text)?.[1];
  if (unit !== undefined) return `<number>${unit}`;
  const digits = text.replace(/\D+/g, '').length;
  return digits >= ID_DIGITS || (digits > 0 && text.length >= ID_LENGTH) || /^0x/i.test(text) ? '<id>' : text;
}
