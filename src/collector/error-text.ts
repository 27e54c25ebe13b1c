const MAX_LENGTH = 2_000;

const NAMES = String.raw`[\w-]*(?:api[_-]?key|access[_-]?key|token|secret|password|passwd|pwd)[\w-]*`;

/** Shapes of secrets that turn up in error texts. Each keeps what names the secret and masks the secret itself. */
const SECRETS: readonly [RegExp, string][] = [
  [/\b(eyJ[\w-]{6,})\.[\w-]+\.[\w-]+/g, '***'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
  [/\b(authorization|x-[\w-]*key)(["'\\]*\s*[:=]?\s*["'\\]*)(?:token\s+)?(?!bearer|basic)[\w.~+/=-]{8,}/gi, '$1$2***'],
  // User and password of a URL; the password may hold slashes, the user may be left out.
  [/(:\/\/[^\s@/:]{0,200}):[^\s@]{1,200}@/g, '$1:***@'],
  // A quoted value, as JSON has it, or JSON inside JSON.
  [new RegExp(String.raw`(${NAMES}\\?["']?\s*(?:[=:]|\bis\b)\s*)(\\?["'])[^"'\\]{1,500}\2`, 'gi'), '$1$2***$2'],
  [new RegExp(String.raw`(${NAMES}\\?["']?\s*[=:]\s*)[^\s"'\\&,;*]{3,}`, 'gi'), '$1***'],
  [/\bAKIA[0-9A-Z]{16}\b/g, '***'],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][\w-]{12,}/g, '***'],
];

/** An error text as it may be stored: at most 2,000 characters, secrets masked. */
export function storableText(text: string | null): string | null {
  if (text === null) return null;
  const masked = SECRETS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), text.slice(0, MAX_LENGTH * 2));
  return masked.replaceAll('\u0000', '').slice(0, MAX_LENGTH);
}
