import rateLimit from '@fastify/rate-limit';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { pathOf, TooManyRequestsError } from '../common/index.js';
import { callerOf } from './caller.js';
import { type Count, COUNTERS, type Counters } from './counters.js';
import { FailedAttempts } from './failed-attempts.js';

const WINDOW_MS = 60_000;

/** Probes, Prometheus and the documentation: asked for by machines that must not be turned away, or by nobody often. */
const UNLIMITED = /^\/(health|metrics|docs|docs-json)(\/|$)/;

type CountedBack = (error: Error | null, result?: { current: number; ttl: number }) => void;

/**
 * Limits the requests a minute of each API key, or of each address where there is no key, whatever they ask for, and
 * turns addresses away that were stopped. Answers say how many are left.
 * @param perMinute 0: no limit
 */
export async function limitRequests(app: NestFastifyApplication, perMinute: number): Promise<void> {
  const attempts = app.get(FailedAttempts, { strict: false });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Before answers that are at hand; what goes on to the guard is looked at there.
    const left = UNLIMITED.test(pathOf(request.url)) ? 0 : attempts.stoppedFor(callerOf(request));
    done(left === 0 ? undefined : attempts.refusal(left));
  });
  if (perMinute === 0) return;
  await app.register(rateLimit, {
    global: false,
    enableDraftSpec: true,
    max: perMinute,
    timeWindow: WINDOW_MS,
    store: storeOn(app.get<Counters>(COUNTERS, { strict: false })),
    keyGenerator: (request: FastifyRequest) => keyOf(request, attempts),
    allowList: (request: FastifyRequest) => UNLIMITED.test(pathOf(request.url)),
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => tooMany(perMinute, ttl),
  });
  // For every request, not only for those that have a route: guessing addresses is limited as well.
  fastify.addHook('onRequest', fastify.rateLimit());
}

function keyOf(request: FastifyRequest, attempts: FailedAttempts): string {
  const caller = callerOf(request);
  const { ip, presented } = caller;
  // Who tries one key after the other does not get a new count for each.
  return presented === null || attempts.stoppedFor(caller) > 0 ? `ip:${ip}` : `key:${presented.hash}`;
}

function tooMany(perMinute: number, ttlMs: number): TooManyRequestsError {
  const seconds = Math.ceil(ttlMs / 1000);
  const message = `At most ${perMinute} requests a minute. Try again in ${seconds} s.`;
  return new TooManyRequestsError('too_many_requests', message, seconds);
}

/** The plugin makes its store itself, of a class. */
function storeOn(counters: Counters) {
  return class Store {
    incr(key: string, counted: CountedBack, windowMs: number): void {
      const tell = ({ count, ttlMs }: Count): void => {
        counted(null, { current: count, ttl: ttlMs });
      };
      const hit = counters.hit(key, windowMs);
      if (hit instanceof Promise) {
        hit.then(tell, (error: unknown) => {
          counted(error instanceof Error ? error : new Error(String(error)));
        });
      } else tell(hit);
    }

    child(): this {
      return this;
    }
  };
}
