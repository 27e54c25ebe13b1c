import { normalizeIP } from '@fastify/rate-limit';
import { type FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { forgetOldest } from '../common/index.js';

/** Who a request comes from, before it is known whether its key is good. */
export interface Caller {
  /** Address; of IPv6 its /64 network, which one subscriber has. */
  ip: string;
  /** Hash of the presented key; `null` without one. The key itself is kept nowhere. */
  keyHash: string | null;
}

const MOST_NETWORKS = 2_000;

const networks = new Map<string, string>();
const known = new WeakMap<FastifyRequest, Caller>();

export function callerOf(request: FastifyRequest): Caller {
  const caller = known.get(request) ?? { ip: networkOf(request.ip), keyHash: hashOf(presentedKey(request.headers)) };
  known.set(request, caller);
  return caller;
}

/** Remembered: for IPv6 it takes longer than an answer that is at hand. */
function networkOf(ip: string): string {
  const network = networks.get(ip) ?? normalizeIP(ip);
  networks.set(ip, network);
  forgetOldest(networks, MOST_NETWORKS);
  return network;
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
