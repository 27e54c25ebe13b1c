import fc from 'fast-check';
import { executionSchema } from './schemas.js';
import { readUsualExecution } from './usual-execution.js';

const usual = {
  id: '1042',
  finished: true,
  mode: 'webhook',
  status: 'success',
  startedAt: '2026-03-20T12:06:33.130Z',
  stoppedAt: '2026-03-20T12:06:34.030Z',
  waitTill: null,
  workflowId: '1Qxoj9QaK1nnTCns',
  retryOf: null,
  retrySuccessId: '1050',
};

const odd = fc.constantFrom<unknown>(
  ...[null, undefined, '', ' ', 'a b', 'x\u0000y', '0', 0, 17, -1, 1.5, 2 ** 60, true, false, [], {}, 'x'.repeat(256), 'a\ud800'],
  ...['2026-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '2026-04-31T10:00:00.000Z', '2026-01-31T23:59:59.999Z'],
  ...['2026-13-01T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '2026-01-01T00:00:60.000Z', '2026-01-01T00:00:00Z'],
  ...[
    '2026-01-01',
    '0000-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000+02:00',
    '2026-01-01T00:00:00.123456Z',
    '-2026-01-01T00:00:00.000Z',
  ],
);

describe('an execution of the usual shape', () => {
  it('is read', () => {
    expect(readUsualExecution(usual)).toEqual(executionSchema.parse(usual));
  });

  it('is what the schema makes of it, whatever is odd about it', () => {
    const row = fc.record(
      Object.fromEntries(
        Object.entries(usual).map(([key, value]) => [key, fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, odd)]),
      ),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 20, arbitrary: row }, odd), (raw) => {
        const plain = readUsualExecution(raw);
        if (plain === null) return;
        read += 1;
        expect(plain).toStrictEqual(executionSchema.parse(raw));
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(500);
  });
});
