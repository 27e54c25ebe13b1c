import { storableText } from './error-text.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJl';

describe('storableText', () => {
  it('keeps an ordinary text as it is', () => {
    const text = 'Customer 40017 not found in CRM: token bucket is empty, see https://example.com/a?b=c';
    expect(storableText(text)).toBe(text);
    expect(storableText('')).toBe('');
    expect(storableText(null)).toBeNull();
  });

  it('keeps 2,000 characters', () => {
    expect(storableText('x'.repeat(2000))).toHaveLength(2000);
    expect(storableText('x'.repeat(2001))).toHaveLength(2000);
    expect(storableText(`${'x'.repeat(1999)}yz`)).toBe(`${'x'.repeat(1999)}y`);
    expect(storableText('x'.repeat(1_000_000))).toHaveLength(2000);
  });

  it.each([
    [`Invalid token ${JWT} was sent`, 'Invalid token *** was sent'],
    ['Authorization: Bearer abc.DEF-123_456', 'Authorization: Bearer ***'],
    ['authorization: basic dXNlcjpwYXNzd29yZA==', 'authorization: basic ***'],
    ['connect postgres://app:s3cret@db.example.com:5432/x failed', 'connect postgres://app:***@db.example.com:5432/x failed'],
    ['GET https://a.example/?api_key=12345&page=2', 'GET https://a.example/?api_key=***&page=2'],
    ['{"apiKey":"12345","user":"a"}', '{"apiKey":"***","user":"a"}'],
    ["{ 'client_secret': 'abcdef' }", "{ 'client_secret': '***' }"],
    ['access-token = abcdef, done', 'access-token = ***, done'],
    ['PASSWORD=hunter2 refused', 'PASSWORD=*** refused'],
    ['passwd: hunter2', 'passwd: ***'],
    ['Incorrect API key provided: sk-proj-abcdefghijklmnop', 'Incorrect API key provided: ***'],
    ['bad credentials ghp_abcdefghijklmnop1234', 'bad credentials ***'],
    ['invalid_auth xoxb-1234567890-abcdef', 'invalid_auth ***'],
  ])('masks the secret in %s', (text, expected) => {
    expect(storableText(text)).toBe(expected);
  });

  it('masks every secret of a text, also one that is cut off at the end', () => {
    expect(storableText('token=aaaa token=bbbb')).toBe('token=*** token=***');
    const cut = storableText(`${'x'.repeat(1990)} password=hunter2hunter2`);
    expect(cut).toBe(`${'x'.repeat(1990)} password=`);
    expect(storableText(`${'x '.repeat(993)}pwd=hunter2hunter2`)?.endsWith('pwd=***')).toBe(true);
  });

  it('drops what PostgreSQL cannot store', () => {
    expect(storableText('a\u0000b')).toBe('ab');
  });

  it('takes no time for texts made to slow it down', () => {
    const began = performance.now();
    const parts = [
      'eyJaaaaaa.',
      '-eyJ',
      '://a:',
      'token=',
      'bearer ',
      'sk-',
      'token',
      'pwd',
      'api_key_',
      'x-key',
      'token="\\',
      'pwd:"a',
    ];
    for (const part of [...parts, String.raw`pwd\":\"`, 'pwd is ']) storableText(part.repeat(200_000));
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('secrets as they turn up in practice', () => {
  it.each([
    ['refresh_token=abcdef123', 'abcdef123'],
    ['"refreshToken":"abcdef123"', 'abcdef123'],
    ['DB_PASSWORD=hunter2', 'hunter2'],
    ['user_password: hunter2', 'hunter2'],
    ['aws_secret_access_key=wJalrXUtnFEMI', 'wJalrXUtnFEMI'],
    [String.raw`{\"password\":\"hunter2\"}`, 'hunter2'],
    ['redis://:hunter2@cache:6379', 'hunter2'],
    ['postgres://app:pa/ss@db', 'pa/ss'],
    ['Authorization: Token abcdef0123456789', 'abcdef0123456789'],
    ['X-API-KEY abcdef0123456789', 'abcdef0123456789'],
    ['AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['password is "hunter2"', 'hunter2'],
    ['token: "ab-secret,part2secret"', 'part2secret'],
    ['token: "ab,cd-secret"', 'cd-secret'],
    [`"refresh_token":"${'a1B2'.repeat(150)}"`, 'a1B2a1B2'],
    [`"password":"it's-my-secret"`, 'secret'],
    [`password='p"q-secret'`, 'q-secret'],
    [String.raw`"password":"ab\"cd-secret"`, 'cd-secret'],
    [String.raw`{\"password\":\"ab\\\"cd-secret\",\"user\":\"a\"}`, 'cd-secret'],
    ['password = "abc-secret', 'abc-secret'],
    ['Authorization: ApiKey abcdef0123456789', 'abcdef0123456789'],
    [String.raw`"private_key":"-----BEGIN PRIVATE KEY-----\nMIIabc"`, 'MIIabc'],
  ])('are masked: %s', (text, secret) => {
    expect(storableText(text)).not.toContain(secret);
  });

  it.each(['The service refused the connection', 'Payment gateway refused: card declined', 'token expired, sign in again'])(
    'and plain words stay: %s',
    (text) => {
      expect(storableText(text)).toBe(text);
    },
  );
});
