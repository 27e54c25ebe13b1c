import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { type IncomingHttpHeaders } from 'node:http';
import { InvalidInputError } from '../errors.js';
import { answerBrokenRequest } from './broken-requests.js';
import { nestsDeeperThan } from './json-depth.js';
import { pathOf, sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.js';

const BODY_LIMIT_BYTES = 1_048_576;
/** Bodies of this API need four levels. */
const MAX_BODY_DEPTH = 32;
/** Time to receive a whole request: a caller that trickles bytes must not hold a connection for ever. */
const RECEIVE_TIMEOUT_MS = 30_000;
/** Job ids stand in paths; Fastify's own 100 is too short for the longest. */
const MAX_PATH_PARAMETER = 300;

/** Fastify as this service wants it: request ids, bounded requests, and problem documents even for what it cannot route. */
export function createFastifyAdapter(options: { trustProxy: boolean; logger: FastifyBaseLogger }): FastifyAdapter {
  const adapter = new FastifyAdapter({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: RECEIVE_TIMEOUT_MS,
    requestIdHeader: false,
    genReqId: (request: { headers: IncomingHttpHeaders }) => requestIdFrom(request.headers),
    routerOptions: { maxParamLength: MAX_PATH_PARAMETER },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error: unknown, request: Pick<FastifyRequest, 'id' | 'url'>, reply: unknown) => {
      const answer = reply as FastifyReply;
      void answer.header(REQUEST_ID_HEADER, request.id);
      sendProblem(answer, toProblem(error, { requestId: request.id, instance: pathOf(request.url) }));
    },
  });
  acceptJsonOnly(adapter.getInstance());
  return adapter;
}

/** JSON is the only body there is (415 for others); an empty one is none, although many clients name its type all the same. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else if (nestsDeeperThan(body, MAX_BODY_DEPTH)) done(tooDeep());
    else void parse(request, body, done);
  });
}

function tooDeep(): InvalidInputError {
  return new InvalidInputError('invalid_request', `The body nests deeper than ${MAX_BODY_DEPTH} levels.`);
}
