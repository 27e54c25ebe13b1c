import { sha256 } from '../common/index.js';
import { generateKey, hashKey, prefixOf, sameDigest } from './key-material.js';

describe('API keys', () => {
  it('show a prefix, hold 256 random bits and are never the same twice', () => {
    const keys = Array.from({ length: 200 }, generateKey);
    for (const { key, prefix, hash } of keys) {
      expect(key).toMatch(/^fm_[a-z2-9]{8}_[\w-]{43}$/);
      expect(prefixOf(key)).toBe(prefix);
      expect(hash).toBe(hashKey(key));
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(keys.map(({ key }) => key)).size).toBe(200);
    expect(new Set(keys.map(({ prefix }) => prefix)).size).toBe(200);
  });

  it.each([
    '',
    'fm_',
    'fm_short_x',
    `fm_abcdefgh_${'x'.repeat(31)}`,
    `xx_abcdefgh_${'x'.repeat(43)}`,
    `fm_ABCDEFGH_${'x'.repeat(43)}`,
  ])('are not recognised in %j', (text) => {
    expect(prefixOf(text)).toBeNull();
  });

  it('are compared by their digests', () => {
    expect(sameDigest(sha256('a'), sha256('a'))).toBe(true);
    expect(sameDigest(sha256('a'), sha256('b'))).toBe(false);
    expect(sameDigest(sha256('a'), Buffer.alloc(0))).toBe(false);
  });
});
