import { type z } from 'zod';
import { InvalidInputError } from '../errors.js';

/** Longer ones are not ours. */
const MAX_LENGTH = 2_000;

/** Packs the key of a page's last row into an opaque text. `key` must survive JSON. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/**
 * Unpacks a cursor that `encodeCursor` made; `schema` says what a key of this list looks like.
 * @throws InvalidInputError `invalid_cursor`
 */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw new InvalidInputError('invalid_cursor', 'The cursor is not one that this list gave. Begin without a cursor.', [
    { field: 'cursor', message: 'is not a cursor of this list' },
  ]);
}

function parse(cursor: string): unknown {
  if (cursor.length > MAX_LENGTH || !/^[\w-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
