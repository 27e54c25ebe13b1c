import fastify from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from './create-logger.js';
import { tagRequests, withLogFields } from './log-context.js';

function collect() {
  const written: string[] = [];
  const logger = createLogger('info', { write: (line: string) => void written.push(line) });
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('log lines', () => {
  it('carry the fields of what they are written in, each its own, also after a while', async () => {
    const { logger, lines } = collect();
    const job = (id: string, ms: number): Promise<void> =>
      withLogFields({ job_id: id, client_id: 1 }, async () => {
        await sleep(ms);
        logger.info(`end of ${id}`);
      });
    await Promise.all([job('a', 10), job('b', 1)]);
    logger.info('outside');
    expect(lines().map(({ msg, job_id }) => [msg, job_id])).toEqual([
      ['end of b', 'b'],
      ['end of a', 'a'],
      ['outside', undefined],
    ]);
  });

  it('keep the fields around, and what a line says itself counts', () => {
    const { logger, lines } = collect();
    withLogFields({ request_id: 'r', client_id: null }, () => {
      withLogFields({ job_id: 'j' }, () => {
        logger.info({ msg: 'both', client_id: 7 });
      });
      logger.info('one');
    });
    expect(lines()).toEqual([
      expect.objectContaining({ msg: 'both', request_id: 'r', job_id: 'j', client_id: 7 }),
      expect.objectContaining({ msg: 'one', request_id: 'r', client_id: null }),
    ]);
    expect(lines()[1]).not.toHaveProperty('job_id');
  });

  it('of a request carry its id, with a body and without, over one connection', async () => {
    const { logger, lines } = collect();
    const app = fastify({ genReqId: ({ headers }) => String(headers['x-request-id']) });
    tagRequests(app);
    app.all('/', async () => {
      await sleep(1);
      logger.info('handled');
      return 'ok';
    });
    const address = await app.listen({ port: 0 });
    try {
      for (const [id, init] of [
        ['first', { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } }],
        ['second', { method: 'GET', headers: {} }],
        ['third', { method: 'POST', body: `"${'x'.repeat(100_000)}"`, headers: { 'content-type': 'application/json' } }],
      ] as const) {
        const answer = await fetch(address, { ...init, headers: { ...init.headers, 'x-request-id': id } });
        await answer.text();
      }
    } finally {
      await app.close();
    }
    expect(lines().map(({ request_id }) => request_id)).toEqual(['first', 'second', 'third']);
  });
});
