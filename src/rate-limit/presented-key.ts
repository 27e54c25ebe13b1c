import { type FastifyRequest } from 'fastify';
import { type IncomingHttpHeaders } from 'node:http';
import { type Socket } from 'node:net';
import { sha256 } from '../common/index.js';

/** An API key as a request shows it, good or not. */
export interface PresentedKey {
  text: string;
  /** SHA-256 of the text: what keys are compared by. */
  digest: Buffer;
  /** The first half of the digest in hex: what requests are counted by. */
  hash: string;
}

interface Shown {
  authorization: string | undefined;
  apiKey: string | string[] | undefined;
  presented: PresentedKey | null;
}

/** Characters of both headers; whatever is longer is no key of ours, and takes no memory. */
const MOST_REMEMBERED = 256;

/** What was shown last on each open connection: callers show the same key again and again, and a digest takes longer than the rest. */
const shownLast = new WeakMap<Socket, Shown>();

/** `null`: the request shows none. */
export function presentedBy({ headers, raw: { socket } }: Pick<FastifyRequest, 'headers' | 'raw'>): PresentedKey | null {
  const { authorization, 'x-api-key': apiKey } = headers;
  const last = shownLast.get(socket);
  if (last?.authorization === authorization && last?.apiKey === apiKey) return last?.presented ?? null;
  const text = presentedKey(headers);
  const presented = text === null ? null : withDigest(text);
  if ((authorization?.length ?? 0) + (apiKey?.length ?? 0) <= MOST_REMEMBERED)
    shownLast.set(socket, { authorization, apiKey, presented });
  return presented;
}

/** The key of a request: `Authorization: Bearer` before `X-API-Key`; `null` when there is neither. */
export function presentedKey(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const header = headers['x-api-key'];
  const given = bearer ?? (typeof header === 'string' ? header.trim() : '');
  return given === '' ? null : given;
}

function withDigest(text: string): PresentedKey {
  const digest = sha256(text);
  return { text, digest, hash: digest.toString('hex', 0, 16) };
}
