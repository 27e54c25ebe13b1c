import { normalizeIP } from '@fastify/rate-limit';
import { type FastifyRequest } from 'fastify';
import { forgetOldest } from '../common/index.js';
import { presentedBy, type PresentedKey } from './presented-key.js';

/** Who a request comes from, before it is known whether its key is good. */
export interface Caller {
  /** Address; of IPv6 its /64 network, which one subscriber has. */
  ip: string;
  /** `null` without one. */
  presented: PresentedKey | null;
}

const MOST_NETWORKS = 2_000;

const networks = new Map<string, string>();

export function callerOf(request: FastifyRequest): Caller {
  return { ip: networkOf(request.ip), presented: presentedBy(request) };
}

/** Remembered: for IPv6 it takes longer than an answer that is at hand. @param ip `undefined` when the connection is gone already */
function networkOf(ip: string | undefined): string {
  if (ip === undefined) return 'gone';
  const known = networks.get(ip);
  if (known !== undefined) return known;
  const network = normalizeIP(ip);
  networks.set(ip, network);
  forgetOldest(networks, MOST_NETWORKS);
  return network;
}
