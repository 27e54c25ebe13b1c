import { z } from 'zod';

/** Bytes that are ready for the wire, and small facts about them. Many callers share one, so nobody changes it. */
export interface Document {
  readonly bytes: Buffer;
  readonly facts: Readonly<Record<string, string | null>>;
}

/** A document and the time (ms since 1970) from which on it is no longer served. */
export interface DatedDocument {
  document: Document;
  expiresAt: number;
}

const head = z.object({ expires_at: z.number(), facts: z.record(z.string(), z.string().nullable()) });

/** One line of JSON, then the bytes, which must be UTF-8: reading it back leaves them as they are. */
export function toText({ document, expiresAt }: DatedDocument): string {
  return `${JSON.stringify({ expires_at: expiresAt, facts: document.facts })}\n${document.bytes.toString('utf8')}`;
}

/** What {@link toText} wrote; `null` for anything else: another version of the service may have left it there. */
export function fromText(text: string): DatedDocument | null {
  const end = text.indexOf('\n');
  if (end < 0) return null;
  try {
    const { expires_at, facts } = head.parse(JSON.parse(text.slice(0, end)));
    return { document: { bytes: Buffer.from(text.slice(end + 1)), facts }, expiresAt: expires_at };
  } catch {
    return null;
  }
}
