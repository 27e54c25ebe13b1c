/** What the elements of an array parameter may be. */
export type Element = string | number | boolean | Date | null;

const SPECIAL = /["\\]/g;

/**
 * An array parameter as PostgreSQL writes it: `{1,NULL}`, `{"a","b\"c"}`. The driver makes the same of an array, at several times the
 * price: it escapes numbers too and writes dates in local time. Worth it for statements that store a thousand rows.
 */
export function arrayLiteral(values: readonly Element[]): string {
  return `{${values.map(elementOf).join(',')}}`;
}

function elementOf(value: Element): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string')
    return `"${value.includes('"') || value.includes('\\') ? value.replace(SPECIAL, '\\$&') : value}"`;
  return value instanceof Date ? value.toISOString() : String(value);
}
