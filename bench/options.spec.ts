import { readOptions, UsageError } from './options.js';

const known = ['ingest', 'walk'];
const read = (...args: string[]) => readOptions(args, known);

describe('the command line of the benchmarks', () => {
  it('leaves sizes to each benchmark when none is given', () => {
    expect(read()).toMatchObject({ names: [], executions: null, rounds: null, clients: 100, strict: false, reportOnly: false });
  });

  it('takes names and options in any order, a name once', () => {
    expect(read('walk', '--rounds', '5', 'ingest', '--executions=100000', 'walk', '--strict')).toMatchObject({
      names: ['walk', 'ingest'],
      rounds: 5,
      executions: 100_000,
      strict: true,
    });
  });

  it('drops slashes at the end of an address', () => {
    expect(read('walk', '--n8n-url', 'http://127.0.0.1:5678//', '--n8n-key', 'k')).toMatchObject({
      n8nUrl: 'http://127.0.0.1:5678',
      n8nKey: 'k',
    });
  });

  it('is null when help is asked for', () => {
    expect(read('--help')).toBeNull();
  });

  it('says which benchmark it does not know and which it does', () => {
    expect(() => read('ingest', 'nope')).toThrow(new UsageError('there is no benchmark nope; known are ingest, walk'));
  });

  it.each([
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 99'],
    [['--executions', '1e6'], "--executions must be a whole number from 1000 to 5000000, not '1e6'"],
    [['--clients', '5'], '--clients must be'],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(message);
    expect(() => read(...args)).toThrow(UsageError);
  });
});
