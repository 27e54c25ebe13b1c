import { setTimeout as sleep } from 'node:timers/promises';
import { probe } from './probe.js';

describe('a probe', () => {
  it('says what it found', async () => {
    const found = await probe(() => Promise.resolve({ status: 'up', data: { rows: 1 } }), {
      timeoutMs: 1_000,
      otherwise: 'down',
    });
    expect(found).toEqual({ status: 'up', data: { rows: 1 } });
  });

  it('that does not answer in time is down and says so', async () => {
    const never = (): Promise<never> => sleep(60_000, undefined, { ref: false }) as Promise<never>;
    expect(await probe(never, { timeoutMs: 20, otherwise: 'down' })).toEqual({ status: 'down', cause: 'no answer within 20 ms' });
    expect(await probe(never, { timeoutMs: 20, otherwise: 'degraded' })).toMatchObject({ status: 'degraded' });
  });

  it('that fails names the code and no host, or the message when there is no code', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' });
    const limits = { timeoutMs: 1_000, otherwise: 'down' as const };
    expect(await probe(() => Promise.reject(refused), limits)).toEqual({ status: 'down', cause: 'ECONNREFUSED' });
    const message = 'timeout exceeded when trying to connect';
    expect(await probe(() => Promise.reject(new Error(message)), limits)).toEqual({ status: 'down', cause: message });
  });
});
