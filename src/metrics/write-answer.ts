import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Document } from '../cache/index.js';
import { vary } from '../common/index.js';
import { type AnswerMeta } from './answer.js';
import { etagOf, matchesEtag } from './etag.js';

const ALWAYS = { 'cache-control': 'private, no-cache' };
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

/** What stands before the bytes of an answer. */
export interface AnswerHead {
  etag: string;
  /** Only where bytes follow. */
  contentType: string;
  headers: Readonly<Record<string, string>>;
}

export function headOf({ bytes, facts }: Document, { cache, syncedAt, dataAt }: AnswerMeta, type: 'csv' | 'json'): AnswerHead {
  const etag = facts.etag ?? etagOf(bytes);
  const headers: Record<string, string> = { ...ALWAYS, etag, 'x-cache': cache };
  if (syncedAt !== null) headers['x-synced-at'] = syncedAt.toISOString();
  if (dataAt !== null) headers['last-modified'] = dataAt.toUTCString();
  if (facts.next_cursor != null) headers['x-next-cursor'] = facts.next_cursor;
  return { etag, contentType: TYPES[type], headers };
}

/** Writes status and headers. @returns the body, `undefined` when the caller has it already */
export function writeAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes }: Document,
  { etag, contentType, headers }: AnswerHead,
): Buffer | undefined {
  void reply.headers(headers);
  vary(reply, 'Accept', 'Authorization', 'X-API-Key', 'accept-encoding');
  if (matchesEtag(request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return undefined;
  }
  void reply.header('content-type', contentType);
  return bytes;
}
