const MAX_LENGTH = 2_000;

/**
 * A name that says that a secret follows. It is tried once where a word begins: a text of such names, one glued to the other, would else
 * take minutes.
 */
const NAME = String.raw`(?<![\w-])(?=[\w-]*(?:api[_-]?key|access[_-]?key|private[_-]?key|token|secret|password|passwd|pwd))[\w-]+`;
const IS = String.raw`(?:[=:]|\bis\b)`;

/** Shapes of secrets that turn up in error texts. Each keeps what names the secret and masks the secret itself. */
const SECRETS: readonly [RegExp, string][] = [
  // Also one that the end of the text cuts off.
  [/\beyJ[\w-]{6,}(?:\.[\w-]*)*/g, '***'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
  [
    /\b(authorization|x-[\w-]*key)(["'\\]*\s*[:=]?\s*["'\\]*)(?:(?:token|api-?key)\s+)?(?!bearer|basic)[\w.~+/=-]{8,}/gi,
    '$1$2***',
  ],
  // User and password of a URL; the password may hold slashes, the user may be left out.
  [/(:\/\/[^\s@/:]{0,200}):[^\s@]{1,200}@/g, '$1:***@'],
  // A quoted value, as JSON has it: up to the same quote, and an escaped one is part of the value.
  [new RegExp(String.raw`(${NAME}["']?\s*${IS}\s*)(["'])(?:(?!\2)[^\\]|\\[^])+\2`, 'gi'), '$1$2***$2'],
  // JSON inside JSON, where the quotes are escaped and those inside the value twice.
  [
    new RegExp(String.raw`(${NAME}(?:\\["'])?\s*${IS}\s*)\\(["'])(?:(?!\2)[^\\]|\\\\(?:\\[^]|[^\\])|\\(?![\\"'])[^])+\\\2`, 'gi'),
    '$1\\$2***\\$2',
  ],
  // Without quotes, or with one that is never closed.
  [new RegExp(String.raw`(${NAME}\\?["']?\s*[=:]\s*\\?["']?)[^\s"'\\&,;*]{3,}`, 'gi'), '$1***'],
  [/\bAKIA[0-9A-Z]{16}\b/g, '***'],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][\w-]{12,}/g, '***'],
];

/** An error text as it may be stored: at most 2,000 characters, secrets masked. */
export function storableText(text: string | null): string | null {
  if (text === null) return null;
  const masked = SECRETS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), text.slice(0, MAX_LENGTH * 2));
  return masked.replaceAll('\u0000', '').slice(0, MAX_LENGTH);
}
