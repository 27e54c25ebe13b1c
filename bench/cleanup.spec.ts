import { Cleanup } from './cleanup.js';

describe('what a benchmark started', () => {
  let said: string[];
  let stopped: string[];
  let cleanup: Cleanup;
  const add = (what: string) =>
    cleanup.add(what, () => {
      stopped.push(what);
      return Promise.resolve();
    });

  beforeEach(() => {
    said = [];
    stopped = [];
    cleanup = new Cleanup((text) => said.push(text));
  });

  it('is stopped newest first, each once', async () => {
    add('database');
    add('service');
    await Promise.all([cleanup.run(), cleanup.run()]);
    expect(stopped).toEqual(['service', 'database']);
  });

  it('may be stopped earlier, and not again at the end', async () => {
    const stopDatabase = add('database');
    add('service');
    await stopDatabase();
    await stopDatabase();
    await cleanup.run();
    expect(stopped).toEqual(['database', 'service']);
  });

  it('is stopped completely before what it stands on is', async () => {
    add('database');
    const stopService = cleanup.add('service', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      stopped.push('service');
    });
    await Promise.all([stopService(), cleanup.run()]);
    expect(stopped).toEqual(['service', 'database']);
  });

  it('does not keep the rest running when one cannot be stopped', async () => {
    add('database');
    cleanup.add('service', () => Promise.reject(new Error('it hangs on')));
    await cleanup.run();
    expect(stopped).toEqual(['database']);
    expect(said).toEqual(['service could not be stopped: it hangs on']);
  });
});
