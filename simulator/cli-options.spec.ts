import { help, readOptions } from './cli-options.js';

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readOptions([])).toEqual({
      version: '2.40',
      port: 5680,
      executions: 20_000,
      days: 60,
      seed: 1,
      live: false,
      perMinute: 30,
    });
  });

  it('reads every option', () => {
    const args = '--version 1.100 --port 0 --executions 5 --days 2 --seed 9 --live --per-minute 600'.split(' ');
    expect(readOptions(args)).toEqual({
      version: '1.100',
      port: 0,
      executions: 5,
      days: 2,
      seed: 9,
      live: true,
      perMinute: 600,
    });
  });

  it.each([
    [['--version', '3'], "--version must be one of 1.100, 2.4, 2.40, not '3'"],
    [['--port', 'http'], "--port must be a whole number from 0 to 65535, not 'http'"],
    [['--days', '0'], "--days must be a whole number from 1 to 3650, not '0'"],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['5680'], 'Unexpected argument'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('explains itself', () => {
    expect(readOptions(['--help'])).toBeNull();
    for (const option of ['version', 'port', 'executions', 'days', 'seed', 'live', 'per-minute']) {
      expect(help).toContain(`--${option}`);
    }
  });
});
