import { z } from 'zod';

/** What is common to n8n's cursors: JSON that holds its page's limit, beside the last id or an offset. */
const cursorSchema = z.looseObject({ limit: z.number().int().positive() });

/**
 * n8n's own cursor for executions: the page of at most `limit` rows whose ids come after (are older than) `lastId`.
 * It is unsigned, so a walk may start anywhere, also at an id that no longer exists.
 */
export function cursorAfter(lastId: string, limit: number): string {
  return encode({ lastId, limit });
}

/** The cursor of the page that begins at this id itself; `null` when ids are no numbers, so that none is known to lie above. */
export function cursorAt(id: string, limit: number): string | null {
  return /^\d+$/.test(id) ? cursorAfter((BigInt(id) + 1n).toString(), limit) : null;
}

/** Rows of the page that this cursor leads to, `null` when it does not say. */
export function limitIn(cursor: string): number | null {
  return decode(cursor)?.limit ?? null;
}

/** The same place with pages of another size; a cursor of another kind stays as it is. */
export function withLimit(cursor: string, limit: number): string {
  const place = decode(cursor);
  return place === null ? cursor : encode({ ...place, limit });
}

function encode(place: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64');
}

function decode(cursor: string): z.infer<typeof cursorSchema> | null {
  try {
    return cursorSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
