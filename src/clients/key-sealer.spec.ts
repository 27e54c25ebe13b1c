import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { keyId, seal, unseal, UnsealError } from './key-sealer.js';

const key = randomBytes(32);

describe('sealing', () => {
  it('gives back any text, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 300, unit: 'grapheme' }), (text) => {
        const sealed = seal(text, key);
        expect(sealed).toMatch(/^v1:[0-9a-f]{8}:[\w-]{16}:[\w-]{22}:[\w-]*$/);
        expect(sealed).not.toContain(text);
        expect(unseal(sealed, key)).toBe(text);
      }),
    );
  });

  it('never seals the same way twice', () => {
    expect(seal('n8n_api_1', key)).not.toBe(seal('n8n_api_1', key));
  });

  it('says so when another key sealed it', () => {
    const other = randomBytes(32);
    expect(() => unseal(seal('text', other), key)).toThrow(
      new UnsealError(`sealed with another key (${keyId(other)}, this one is ${keyId(key)})`),
    );
  });

  it('notices every changed part', () => {
    const parts = seal('a text of some length', key).split(':');
    for (const at of [2, 3, 4]) {
      const changed = parts.map((part, index) => (index === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part));
      expect(() => unseal(changed.join(':'), key)).toThrow(UnsealError);
    }
  });

  it.each(['', 'v1', 'v2:a:b:c:d', 'v1:a:b:c:d:e'])('refuses %j', (text) => {
    expect(() => unseal(text, key)).toThrow(UnsealError);
  });
});
