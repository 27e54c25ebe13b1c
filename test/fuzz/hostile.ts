import fc from 'fast-check';

/** Texts that have broken services before. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'half \udc00 a pair',
  '\ufeff',
  '\u202e',
  '😀',
  '\r\nX-Injected: yes',
  'x'.repeat(300),
  'x'.repeat(10_000),
  "' OR 1=1 --",
  '"; DROP TABLE clients; --',
  '$1',
  '%',
  '%s%n',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '${7*7}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '[]',
  '{}',
  '=1+1',
  'eyJpZCI6NTB9',
  'eyJpZCI6LTF9',
  'eyJhdCI6Ing5IiwiaWQiOiJ4In0',
  'bnVsbA',
];

const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e3',
  '1e400',
  '0x10',
  ' 1',
  '+1',
  '01',
  '٣',
  '1_000',
  'NaN',
  'Infinity',
  '2147483648',
  '9007199254740993',
  '9223372036854775808',
  '9'.repeat(400),
];

const DATES = [
  '2026-02-30',
  '2026-13-01',
  '0000-00-00',
  '0001-01-01',
  '1969-12-31',
  '1970-01-01',
  '2999-12-31',
  '3000-01-01',
  '9999-12-31',
  '99999-01-01',
  '-2026-01-01',
  '2026-1-1',
  '2026-02-01T00:00:00Z',
  '2026-03-29T02:30:00+25:00',
  'today',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...DATES),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** Parts of a URL that are not encoded as they should be. */
export const brokenEncoding = fc.constantFrom('%', '%zz', '%u0041', '%ed%a0%80', '%c0%af', '%ff', '%00', 'a%2fb', '%25%30%30');

/** A JSON value of the wrong kind, mostly. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, [], {}, [[]], [null], { length: 1 }),
  fc.array(hostileText, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'toString', 'hasOwnProperty', 'then', 'length'), hostileText, { maxKeys: 3 }),
);

/** Bodies that are no JSON document, or one that nobody sends. */
export const brokenBodies: readonly string[] = [
  '',
  '{',
  '{"a":}',
  'null',
  'true',
  '"text"',
  '42',
  '[]',
  '[{}]',
  '{}{}',
  '\ufeff{}',
  '{"a":1,"a":2}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '{"a":1e999}',
  '\u0000',
  'name=x&role=admin',
  `{"name":"${'x'.repeat(1_100_000)}"}`,
];

export const headerValues = {
  accept: [
    'application/json',
    'text/csv',
    '*/*',
    'text/csv;q=0.5, application/json',
    'application/xml',
    ';;q=',
    'text/csv;q=NaN',
    ','.repeat(500),
  ],
  'if-none-match': ['*', '"', 'W/"x"', ', ,', '"a", "b"', 'x'.repeat(4_000)],
  'x-request-id': ['abc', 'a b', '../..', '{{x}}', 'x'.repeat(1_000), '"', 'é'],
  'accept-encoding': ['gzip', 'br;q=1, *;q=0', 'identity;q=0'],
  range: ['bytes=0-10'],
  origin: ['https://evil.example', 'null'],
  'x-forwarded-for': ['not an address', '1.2.3.4, '.repeat(300)],
  cookie: ['a=b; '.repeat(100)],
} as const;

export const wrongContentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/vnd.api+json',
  'application',
  '',
  ';',
];

export const wrongKeys = [
  'Bearer',
  'Bearer ',
  'Bearer wrong',
  'Basic YTpi',
  'Bearer fm_aaaaaaaa_bbbb',
  `Bearer ${'x'.repeat(5_000)}`,
  'Bearer a b',
  '\u00e9',
];
