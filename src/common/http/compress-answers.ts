import compress from '@fastify/compress';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';

/** Smaller ones fit into one packet either way. */
const THRESHOLD_BYTES = 1_400;

type SendHooks = NonNullable<RouteOptions['onSend']>;

/** Compresses larger answers for callers that accept it. Their tag becomes a weak one: the bytes are no longer the ones it was made of. */
export async function compressAnswers(app: NestFastifyApplication): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  // Bodies are never unpacked: a small one could become very large.
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: THRESHOLD_BYTES, globalDecompression: false });
  // After the hook of the plugin, which stands at each route.
  fastify.addHook('onRoute', (route) => {
    const hooks: SendHooks[] = route.onSend === undefined ? [] : [route.onSend];
    route.onSend = [...hooks.flat(), tagEncoding] as SendHooks;
  });
}

function tagEncoding(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (e: null, p: unknown) => void): void {
  const tag = reply.getHeader('etag');
  if (typeof tag === 'string' && tag.startsWith('"')) {
    const compressed = reply.getHeader('content-encoding') !== undefined;
    // A 304 carries the tag that the caller has: a cache that kept the compressed answer finds it by no other.
    const asked = reply.statusCode === 304 && request.headers['if-none-match']?.includes(`W/${tag}`) === true;
    if (compressed || asked) void reply.header('etag', `W/${tag}`);
  }
  done(null, payload);
}

/** Adds names to the header Vary, and keeps those that are there: CORS puts the origin into it. */
export function vary(reply: FastifyReply, ...names: string[]): void {
  const known = reply.getHeader('vary');
  const all = names.join(', ');
  void reply.header('vary', known === undefined ? all : `${String(known)}, ${all}`);
}
