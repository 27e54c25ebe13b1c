import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { UnavailableError } from '../errors.js';
import { pathOf, sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';

const API = '/api/';
/** Reads take milliseconds; one that takes so long waits for something that does not come. */
const READ_LIMIT_MS = 30_000;

/**
 * Nobody waits for ever, and requests do not pile up behind a slow database: while `overloaded` says so new ones are turned away, and
 * a read that is not answered within 30 s is answered with 503. Probes are always let through.
 */
export function boundRequests(fastify: FastifyInstance, overloaded: () => boolean, readLimitMs = READ_LIMIT_MS): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith(API)) {
      done();
      return;
    }
    if (overloaded()) {
      refuse(
        request,
        reply,
        new UnavailableError('database_busy', 'Too many requests wait for the database. Try again in a moment.'),
      );
      return;
    }
    done();
  });
  // Answers that are at hand have gone out by now.
  fastify.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' && request.url.startsWith(API)) limit(request, reply, readLimitMs);
    done();
  });
}

function limit(request: FastifyRequest, reply: FastifyReply, ms: number): void {
  const timer = setTimeout(() => {
    if (reply.sent) return;
    refuse(request, reply, new UnavailableError('timeout', `There was no answer within ${ms / 1_000} s. Try again in a moment.`));
  }, ms);
  reply.raw.once('close', () => {
    clearTimeout(timer);
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, error: UnavailableError): void {
  sendProblem(reply, toProblem(error, { requestId: request.id, instance: pathOf(request.url) }));
}
