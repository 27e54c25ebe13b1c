import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { pathOf, sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';
import { requestIdFrom } from './request-id.js';

const BODY_LIMIT_BYTES = 1_048_576;
/** Time to receive a whole request: a caller that trickles bytes must not hold a connection for ever. */
const RECEIVE_TIMEOUT_MS = 30_000;
/** Job ids stand in paths; Fastify's own 100 is too short for the longest. */
const MAX_PATH_PARAMETER = 300;

/** Fastify as this service wants it: request ids, bounded requests, and problem documents even for what it cannot route. */
export function createFastifyAdapter(options: { trustProxy: boolean; logger: FastifyBaseLogger }): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: options.logger,
    disableRequestLogging: true,
    trustProxy: options.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: RECEIVE_TIMEOUT_MS,
    requestIdHeader: false,
    genReqId: (request) => requestIdFrom(request.headers),
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER },
    frameworkErrors: (error: unknown, request: Pick<FastifyRequest, 'id' | 'url'>, reply: unknown) => {
      sendProblem(reply as FastifyReply, toProblem(error, { requestId: request.id, instance: pathOf(request.url) }));
    },
  });
}
