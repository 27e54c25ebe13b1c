/** What the recording was asked with, not what n8n answers. */
const freeForm = new Set(['headers']);

/**
 * Keys, nesting and JSON types of an answer. An array becomes the set of its elements' shapes, an id a number in text,
 * a cursor what is inside it. Where the recording holds only a remark in parentheses, nothing is compared.
 */
export function shapeOf(value: unknown, recorded: unknown, key = ''): unknown {
  if (typeof recorded === 'string' && recorded.startsWith('(')) return 'not recorded';
  if (freeForm.has(key)) return 'free';
  if (value === null) return 'null';
  if (typeof value === 'string') return shapeOfText(value, key);
  if (Array.isArray(value)) {
    const shapes = value.map((element) => JSON.stringify(shapeOf(element, undefined)));
    return [...new Set(shapes)].sort();
  }
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, fieldOf(recorded, name), name)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fieldOf(recorded: unknown, name: string): unknown {
  return typeof recorded === 'object' && recorded !== null ? (recorded as Record<string, unknown>)[name] : undefined;
}

function shapeOfText(text: string, key: string): unknown {
  if (key === 'nextCursor') return shapeOf(JSON.parse(Buffer.from(text, 'base64').toString()), undefined);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return 'date';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return key === 'id' || key === 'webhookId' ? 'text' : 'uuid';
  return /^\d+$/.test(text) ? 'digits' : 'text';
}
