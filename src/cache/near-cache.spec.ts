import { type Document } from './document.js';
import { NearCache } from './near-cache.js';

const LATER = 1_000;

function documentOf(length: number): Document {
  return { bytes: Buffer.alloc(length), facts: {} };
}

function keysOf(cache: NearCache, ...keys: string[]): string[] {
  return keys.filter((key) => cache.get(key, 0) !== undefined);
}

describe('NearCache', () => {
  it('forgets the least recently used entry when it holds too many', () => {
    const cache = new NearCache({ entries: 2, bytes: 10_000 });
    cache.set('a', { document: documentOf(1), expiresAt: LATER });
    cache.set('b', { document: documentOf(1), expiresAt: LATER });
    cache.get('a', 0);
    cache.set('c', { document: documentOf(1), expiresAt: LATER });
    expect(keysOf(cache, 'a', 'b', 'c')).toEqual(['a', 'c']);
  });

  it('stays within its bytes, also when documents are replaced', () => {
    const cache = new NearCache({ entries: 100, bytes: 5_000 });
    for (const length of [4_000, 100]) cache.set('a', { document: documentOf(length), expiresAt: LATER });
    cache.set('b', { document: documentOf(3_000), expiresAt: LATER });
    expect(keysOf(cache, 'a', 'b')).toEqual(['a', 'b']);
    cache.set('c', { document: documentOf(1_200), expiresAt: LATER });
    expect(keysOf(cache, 'a', 'b', 'c')).toEqual(['b', 'c']);
    expect(cache.bytes).toBeLessThanOrEqual(5_000);
  });

  it('counts keys and facts too', () => {
    const cache = new NearCache({ entries: 1_000, bytes: 10_000 });
    for (let n = 0; n < 100; n += 1) {
      const document = { bytes: Buffer.alloc(0), facts: { etag: 'x'.repeat(100) } };
      cache.set(`${n}`.padStart(100), { document, expiresAt: LATER });
    }
    expect(cache.size).toBeLessThan(20);
  });

  it('does not keep a document larger than itself, nor what it replaces', () => {
    const cache = new NearCache({ entries: 100, bytes: 1_000 });
    cache.set('a', { document: documentOf(1), expiresAt: LATER });
    cache.set('b', { document: documentOf(1), expiresAt: LATER });
    cache.set('a', { document: documentOf(2_000), expiresAt: LATER });
    expect(keysOf(cache, 'a', 'b')).toEqual(['b']);
  });

  it('gives up what is past its time, and its bytes', () => {
    const cache = new NearCache({ entries: 100, bytes: 1_000 });
    cache.set('a', { document: documentOf(1), expiresAt: LATER });
    expect(cache.get('a', LATER - 1)).toBeDefined();
    expect(cache.get('a', LATER)).toBeUndefined();
    expect([cache.size, cache.bytes]).toEqual([0, 0]);
  });

  it('is empty after clear', () => {
    const cache = new NearCache({ entries: 100, bytes: 1_000 });
    cache.set('a', { document: documentOf(1), expiresAt: LATER });
    cache.clear();
    expect([cache.size, cache.bytes]).toEqual([0, 0]);
  });
});
