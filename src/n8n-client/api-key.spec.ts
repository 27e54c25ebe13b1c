import fc from 'fast-check';
import { isSendableKey, keyExpiresAt, safeText } from './api-key.js';

const jwt = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('keyExpiresAt', () => {
  it('reads exp of a JWT', () => {
    expect(keyExpiresAt(jwt({ sub: 'x', exp: 1_800_000_000 }))).toEqual(new Date(1_800_000_000_000));
  });

  it.each([jwt({ sub: 'x' }), jwt({ exp: 'soon' }), jwt({ exp: 1e300 }), jwt(null), 'n8n_api_0123456789', '', 'a.b.c'])(
    'finds none in %p',
    (key) => {
      expect(keyExpiresAt(key)).toBeNull();
    },
  );

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (key) => keyExpiresAt(key) === null || keyExpiresAt(key) instanceof Date));
  });
});

describe('safeText', () => {
  it('never shows the key, a line break or more than asked for', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const shown = safeText(`${before}${secret}${after}\n${secret}`, secret, 50);
        expect(shown).not.toContain(secret);
        expect(shown).not.toMatch(/[\r\n]/);
        expect(shown.length).toBeLessThanOrEqual(53);
      }),
    );
  });
});

describe('isSendableKey', () => {
  it.each(['', 'a b', 'a\r\nx: y', 'schlüssel'])('refuses %p', (key) => {
    expect(isSendableKey(key)).toBe(false);
  });
});
