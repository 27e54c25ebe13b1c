import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { boundRequests } from './bounded-requests.js';

describe('requests to the API', () => {
  let server: FastifyInstance;
  let overloaded = false;

  beforeAll(() => {
    server = fastify();
    boundRequests(server, () => overloaded, 50);
    server.get('/api/v1/slow', async () => {
      await sleep(60_000, undefined, { ref: false });
    });
    server.post('/api/v1/slow', async () => {
      await sleep(200);
      return { done: true };
    });
    server.get('/api/v1/quick', () => ({ done: true }));
    server.get('/health/live', () => ({ done: true }));
  });

  afterAll(async () => {
    await server.close();
  });

  it('that read are answered in time, whatever they wait for', async () => {
    const answer = await server.inject('/api/v1/slow');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'timeout', status: 503 });
    expect(answer.headers['retry-after']).toBe('5');
  });

  it.each([
    ['HEAD', '/api/v1/slow'],
    ['GET', '/%61pi/v1/slow'],
  ] as const)('are answered in time as %s %s, too', async (method, url) => {
    expect((await server.inject({ method, url })).statusCode).toBe(503);
  });

  it('that change something are waited for', async () => {
    expect((await server.inject({ method: 'POST', url: '/api/v1/slow' })).json()).toEqual({ done: true });
  });

  it('are turned away while too many wait; probes never are', async () => {
    overloaded = true;
    const refused = await server.inject('/api/v1/quick');
    const spelled = await server.inject('/%61pi/v1/quick');
    const probed = await server.inject('/health/live');
    overloaded = false;
    expect(spelled.statusCode).toBe(503);
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([503, 'database_busy']);
    expect(probed.statusCode).toBe(200);
    expect((await server.inject('/api/v1/quick')).statusCode).toBe(200);
  });
});
