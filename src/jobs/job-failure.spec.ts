import { errorText, isRetryable, RetryableJobError } from './job-failure.js';

describe('a failed job', () => {
  it.each([
    [new RetryableJobError('later'), true],
    [Object.assign(new Error('refused'), { retryable: true }), true],
    [Object.assign(new Error('database'), { code: '57P01', retryable: false }), false],
    [Object.assign(new Error('terminating connection'), { code: '57P01' }), true],
    [Object.assign(new Error('deadlock detected'), { code: '40P01' }), true],
    [new Error('Connection terminated unexpectedly'), true],
    [Object.assign(new Error('syntax error'), { code: '42601' }), false],
    [new TypeError('x is not a function'), false],
    ['a text', false],
    [null, false],
  ])('%s is worth another attempt: %s', (error, expected) => {
    expect(isRetryable(error)).toBe(expected);
  });

  it.each([
    ['connect postgres://app:hunter2@db:5432/x failed', 'connect postgres://***@db:5432/x failed'],
    ['401 for eyJhbGciOi.eyJzdWIi.c2ln at n8n', '401 for *** at n8n'],
    ['sent Bearer abc.def', 'sent Bearer ***'],
    ['header X-N8N-API-KEY: abc123', 'header X-N8N-API-KEY: ***'],
    ['{"api_key":"abc123","page":2}', '{"api_key":"***","page":2}'],
    ['the key fm_0123456789abcdef is wrong', 'the key *** is wrong'],
    ['token bucket is empty', 'token bucket is empty'],
  ])('shows "%s" as "%s"', (message, shown) => {
    expect(errorText(new Error(message))).toBe(shown);
  });

  it('shows at most 2,000 characters', () => {
    expect(errorText(new Error('x'.repeat(5_000)))).toHaveLength(2_000);
  });
});
