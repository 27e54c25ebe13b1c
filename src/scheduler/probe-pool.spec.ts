import { PROBE_SLOTS, ProbePool } from './probe-pool.js';

describe('the pool of probes', () => {
  it('turns away who finds no place, and has places again when others are done', async () => {
    const pool = new ProbePool();
    const release: (() => void)[] = [];
    const running = Array.from({ length: PROBE_SLOTS }, () =>
      pool.tryRun(
        () =>
          new Promise<string>((done) =>
            release.push(() => {
              done('ran');
            }),
          ),
      ),
    );
    expect(await pool.tryRun(() => Promise.resolve('ran'))).toBeNull();
    for (const end of release) end();
    expect(await Promise.all(running)).toEqual(Array.from({ length: PROBE_SLOTS }, () => 'ran'));
    expect(await pool.tryRun(() => Promise.resolve('ran'))).toBe('ran');
  });

  it('frees the place of one that failed', async () => {
    const pool = new ProbePool();
    for (let n = 0; n < 2 * PROBE_SLOTS; n += 1) {
      await expect(pool.tryRun(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
    }
  });
});
