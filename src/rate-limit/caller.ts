import { normalizeIP } from '@fastify/rate-limit';
import { type FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';

/** Who a request comes from, before it is known whether its key is good. */
export interface Caller {
  /** Address; of IPv6 its /64 network, which one subscriber has. */
  ip: string;
  /** Hash of the presented key; `null` without one. The key itself is kept nowhere. */
  keyHash: string | null;
}

const known = new WeakMap<FastifyRequest, Caller>();

export function callerOf(request: FastifyRequest): Caller {
  const caller = known.get(request) ?? { ip: normalizeIP(request.ip), keyHash: hashOf(presentedKey(request.headers)) };
  known.set(request, caller);
  return caller;
}

/** The key of a request: `Authorization: Bearer` before `X-API-Key`; `null` when there is neither. */
export function presentedKey(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const header = headers['x-api-key'];
  const given = bearer ?? (typeof header === 'string' ? header.trim() : '');
  return given === '' ? null : given;
}

function hashOf(key: string | null): string | null {
  return key === null ? null : createHash('sha256').update(key).digest('hex').slice(0, 32);
}
