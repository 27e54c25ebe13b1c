const MAX_LENGTH = 2_000;

/** Shapes of secrets that turn up in error texts. Each keeps what names the secret and masks the secret itself. */
const SECRETS: readonly [RegExp, string][] = [
  [/\b(eyJ[\w-]{6,})\.[\w-]+\.[\w-]+/g, '***'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
  [/(:\/\/[^\s:/@]{1,200}):[^\s@/]{1,200}@/g, '$1:***@'],
  [
    /\b((?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|secret|token|password|passwd|pwd)["']?\s*[=:]\s*["']?)[^\s"'&,;]{3,}/gi,
    '$1***',
  ],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][\w-]{12,}/g, '***'],
];

/** An error text as it may be stored: at most 2,000 characters, secrets masked. */
export function storableText(text: string | null): string | null {
  if (text === null) return null;
  const masked = SECRETS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), text.slice(0, MAX_LENGTH * 2));
  return masked.replaceAll('\u0000', '').slice(0, MAX_LENGTH);
}
