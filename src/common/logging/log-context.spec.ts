import fastify from 'fastify';
import { connect } from 'node:net';
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
    app.all('/', async ({ id }) => {
      await sleep(1);
      logger.info(`handled ${id}`);
      return 'ok';
    });
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const socket = connect(Number(port), '127.0.0.1');
    const answers: string[] = [];
    socket.on('data', (chunk: Buffer) => answers.push(...(chunk.toString().match(/200 OK/g) ?? [])));
    // Bodies come late and in pieces, the next request with the end of the one before.
    for (const piece of [
      `${head('first', 7)}{"a`,
      `":1}${head('second')}${head('third', 7)}`,
      `{"a":3}${head('fourth')}${head('fifth', 7)}{`,
      `"a":5}`,
    ]) {
      socket.write(piece);
      await sleep(20);
    }
    while (answers.length < 5) await sleep(5);
    socket.destroy();
    await app.close();
    const ids = ['first', 'second', 'third', 'fourth', 'fifth'];
    const written = lines().map(({ msg, request_id }) => `${String(msg)} in ${String(request_id)}`);
    expect(written.sort()).toEqual(ids.map((id) => `handled ${id} in ${id}`).sort());
  });
});

function head(id: string, length = 0): string {
  const lines = [`${length > 0 ? 'POST' : 'GET'} / HTTP/1.1`, 'Host: test', `X-Request-Id: ${id}`];
  if (length > 0) lines.push('Content-Type: application/json', `Content-Length: ${length}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
