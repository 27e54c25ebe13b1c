import { AsyncLocalStorage } from 'node:async_hooks';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

/** Fields of every log line that is written while a request or a job is worked on. */
export type LogFields = Readonly<Record<string, string | number | null>>;

const storage = new AsyncLocalStorage<LogFields>();

/** The fields that belong to what runs at this moment; a copy, because pino writes into it. */
export function logFields(): Record<string, string | number | null> {
  return { ...storage.getStore() };
}

/** Everything that `work` logs, also long after its first `await`, carries these fields beside those that are in force already. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

/** Log lines of a request carry its id. */
export function tagRequests(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    withLogFields({ request_id: request.id }, done);
  });
}
