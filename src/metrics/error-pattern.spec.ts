import fc from 'fast-check';
import { errorPattern } from './error-pattern.js';

describe('the pattern of an error text', () => {
  it.each([
    ['Request failed with status code 502', 'Request failed with status code 502'],
    ['404 - {"error":"no such order 17"}', '404 - {<value>:<value>}'],
    ['HTTP 429: slow down', 'HTTP 429: slow down'],
    ['Order 48213 not found', 'Order <number> not found'],
    ['No item 502 in list 404', 'No item <number> in list <number>'],
    ['timeout of 30000ms exceeded', 'timeout of <number>ms exceeded'],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'connect ECONNREFUSED <number>'],
    ['getaddrinfo ENOTFOUND api.example.com', 'getaddrinfo ENOTFOUND api.example.com'],
    ["Cannot read properties of undefined (reading 'foo')", 'Cannot read properties of undefined (reading <value>)'],
    ["The service can't be reached and won't be", "The service can't be reached and won't be"],
    ['Sheet “Invoices 2026” is gone', 'Sheet <value> is gone'],
    ['GET https://api.example.com/v2/orders/17?x=1 failed', 'GET <url> failed'],
    ['no user jane.doe+x@example.co.uk', 'no user <email>'],
    ['expired at 2026-03-02T13:59:21.551Z', 'expired at <time>'],
    ['due 2026-03-02, paid 2026-03-04 10:15', 'due <time>, paid <time>'],
    ['run 0B9F3C1E-6f0a-4c3e-9d55-6f2b7b1f9a10 is gone', 'run <id> is gone'],
    ['document 507f1f77bcf86cd799439011', 'document <id>'],
    ['at 0xDEADBEEF', 'at <id>'],
    ['workflow k3XvT0aYwq9ZbN1c', 'workflow <id>'],
    ['order_12345 and ORD1234', '<id> and <id>'],
    ['sha1 of base64 in S3 v2', 'sha1 of base64 in S3 v2'],
    ['  two\n lines\tand   blanks ', 'two lines and blanks'],
    ['', ''],
  ])('%j is %j', (text, pattern) => {
    expect(errorPattern(text)).toBe(pattern);
  });

  it('is the same for texts that differ in numbers, ids, values, addresses and times only', () => {
    const parts = fc.record({
      number: fc.nat(),
      id: fc.uuid(),
      value: fc.stringMatching(/^[a-z0-9 ]{1,20}$/),
      url: fc.webUrl().filter((url) => !/["'<>)\]]/.test(url)),
    });
    const text = (of: { number: number; id: string; value: string; url: string }): string =>
      `Row ${of.number} of ${of.id}: "${of.value}" is not at ${of.url} since 2026-03-0${(of.number % 9) + 1}`;
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(errorPattern(text(a))).toBe(errorPattern(text(b)));
      }),
    );
  });

  it('is bounded for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => {
        expect(errorPattern(text).length).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('does not depend on a word that the end cuts in two', () => {
    const long = 'x '.repeat(247);
    expect(errorPattern(`${long}abcdefghijkl`)).toBe(errorPattern(`${long}abcdefgh1234`));
  });

  it('takes steps in proportion to the text, also for texts made to be slow', () => {
    for (const piece of ['"', "'", '1.', 'a@', 'a.', '0', 'a-', '2026-', 'http:', '“', '0a0b0c0d-', '\u0000']) {
      // Only so much of it is looked at: a million characters cost what 500 do.
      expect(errorPattern(piece.repeat(1_000_000)).length).toBeLessThanOrEqual(300);
    }
  });
});
