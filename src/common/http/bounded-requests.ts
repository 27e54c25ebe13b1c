import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { UnavailableError } from '../errors.js';
import { pathOf, sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';

const API = '/api/';
const READS = new Set(['GET', 'HEAD']);
/** Reads take milliseconds; one that takes so long waits for something that does not come. */
const READ_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Nobody waits for ever, and requests do not pile up behind a slow database: while `overloaded` says so new ones are turned away, and
 * a read that is not answered within 30 s is answered with 503. Probes are always let through.
 */
export function boundRequests(fastify: FastifyInstance, overloaded: () => boolean, readLimitMs = READ_LIMIT_MS): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isOfApi(request) || !overloaded()) {
      done();
      return;
    }
    const message = 'Too many requests wait for the database. Try again in a moment.';
    refuse(request, reply, new UnavailableError('database_busy', message));
  });
  limitReads(fastify, readLimitMs);
}

/** One look a second at all that wait: a timer for each would have to be taken back, and connections that are gone do not always say so. */
function limitReads(fastify: FastifyInstance, ms: number): void {
  const waiting = new Map<FastifyReply, number>();
  const look = (): void => {
    const now = performance.now();
    for (const [reply, until] of waiting) {
      const isGone = reply.request.raw.socket.destroyed;
      if (!isGone && until > now) continue;
      waiting.delete(reply);
      const message = `There was no answer within ${ms / 1_000} s. Try again in a moment.`;
      if (!isGone) refuse(reply.request, reply, new UnavailableError('timeout', message));
    }
  };
  const looking = setInterval(look, Math.min(LOOK_EVERY_MS, ms / 10)).unref();
  fastify.addHook('onClose', (_, done) => {
    clearInterval(looking);
    done();
  });
  // Answers that are at hand have gone out by now.
  fastify.addHook('preHandler', (request, reply, done) => {
    if (READS.has(request.method) && isOfApi(request)) waiting.set(reply, performance.now() + ms);
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    waiting.delete(reply);
    done(null, payload);
  });
}

/** By the pattern of the route: a path can be written in several ways. */
function isOfApi({ routeOptions: { url } }: FastifyRequest): boolean {
  return url?.startsWith(API) === true;
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: UnavailableError): void {
  sendProblem(reply, toProblem(error, { requestId: request.id, instance: pathOf(request.url) }));
}
