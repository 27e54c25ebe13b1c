import { type FastifyInstance } from 'fastify';
import { AppError } from '../errors.js';
import { pathOf, sendProblem } from './problem.filter.js';
import { toProblem } from './problem.js';

/** Twice the longest cursor, which is the longest thing that stands in a query. */
const MAX_URL = 4_096;

class UrlTooLongError extends AppError {
  readonly status = 414;
}

/** Refuses long URLs before anything is made of their query. */
export function limitUrls(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { length } = request.url;
    if (length <= MAX_URL) {
      done();
      return;
    }
    const error = new UrlTooLongError('url_too_long', `The URL has ${length} characters; at most ${MAX_URL} are taken.`);
    sendProblem(reply, toProblem(error, { requestId: request.id, instance: pathOf(request.url).slice(0, MAX_URL) }));
  });
}
