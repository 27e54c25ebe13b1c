import { AppLogger } from './app-logger.js';
import { createLogger } from './create-logger.js';

function collect(level = 'info'): { logger: AppLogger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const pino = createLogger(level, { write: (line: string) => void written.push(line) });
  return { logger: new AppLogger(pino), lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('AppLogger', () => {
  it('writes one JSON object a line, with context and fields', () => {
    const { logger, lines } = collect();
    logger.log('started', 'Main');
    logger.log({ msg: 'synced', client_id: 7 }, 'Collector');
    logger.log({ message: 'cleaned', rows: 3 });
    logger.warn('slow', { duration_ms: 12 }, 'Collector');
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'info', msg: 'started', context: 'Main' }),
      expect.objectContaining({ level: 'info', msg: 'synced', client_id: 7, context: 'Collector' }),
      expect.objectContaining({ level: 'info', msg: 'cleaned', rows: 3 }),
      expect.objectContaining({ level: 'warn', msg: 'slow', duration_ms: 12, context: 'Collector' }),
    ]);
  });

  it('writes errors with their stack', () => {
    const { logger, lines } = collect();
    logger.error(new Error('boom'), 'Main');
    logger.error({ msg: 'failed', err: new Error('boom') });
    logger.error('failed', 'Error: boom\n    at x', 'Main');
    expect(lines()[0]).toMatchObject({
      msg: 'boom',
      err: { type: 'Error', message: 'boom' },
    });
    expect(lines()[1]).toMatchObject({ msg: 'failed', err: { message: 'boom' } });
    expect(lines()[2]).toMatchObject({ msg: 'failed', stack: 'Error: boom\n    at x', context: 'Main' });
  });

  it('masks keys wherever they stand', () => {
    const { logger, lines } = collect();
    const secrets = { authorization: 'Bearer s3cret', 'x-api-key': 's3cret' };
    logger.log({
      msg: 'request',
      headers: secrets,
      req: { headers: secrets },
      n8n_api_key: 's3cret',
      body: { n8n_api_key: 's3cret' },
    });
    expect(JSON.stringify(lines())).not.toContain('s3cret');
    expect(lines()[0]).toMatchObject({ msg: 'request', n8n_api_key: '[redacted]' });
  });

  it('leaves out what is below its level, and what Nest tells about its start', () => {
    const { logger, lines } = collect();
    logger.debug('details');
    logger.verbose('more details');
    logger.log('Mapped {/x, GET} route', 'RouterExplorer');
    expect(lines()).toEqual([]);
  });
});
