import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** Whatever no route takes, and pages of the documentation: their paths are made up by callers or of no interest. */
const OTHERS = 'other';
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures every request by method, pattern of its route (never its path, which holds ids) and status. */
export function measureRequests(fastify: Pick<FastifyInstance, 'addHook'>, registry: Registry): void {
  const duration = new Histogram({
    name: 'flowmastery_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const method = METHODS.has(request.method) ? request.method : OTHERS;
    duration.observe({ method, route: routeOf(request), status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
}

function routeOf({ routeOptions: { url } }: FastifyRequest): string {
  return url === undefined || url.includes('*') || url.startsWith('/docs') ? OTHERS : url;
}
