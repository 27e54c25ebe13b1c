import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';

/** Asked for every few seconds by machines: not worth a line each. */
const PROBES = /^\/(health|metrics)(\/|$)/;

/** One line a request, when its answer is out: method, path without the query, status, time, request id. */
export function logRequests(fastify: Pick<FastifyInstance, 'addHook'>, logger: Logger): void {
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const line = {
      msg: `${request.method} ${path} ${reply.statusCode}`,
      request_id: request.id,
      method: request.method,
      path,
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
      remote_address: request.ip,
    };
    if (PROBES.test(path)) logger.debug(line);
    else logger.info(line);
    done();
  });
}
