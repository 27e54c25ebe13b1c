import { MemoryCounters } from './memory-counters.js';

describe('counters in memory', () => {
  it('count each key by itself, anew when its window is over', () => {
    let now = 0;
    const counters = new MemoryCounters(10, () => now);
    expect(counters.hit('a', 1_000)).toEqual({ count: 1, ttlMs: 1_000 });
    now = 400;
    expect(counters.hit('a', 1_000)).toEqual({ count: 2, ttlMs: 600 });
    expect(counters.hit('b', 1_000)).toEqual({ count: 1, ttlMs: 1_000 });
    now = 1_000;
    expect(counters.hit('a', 1_000)).toEqual({ count: 1, ttlMs: 1_000 });
    expect(counters.hit('b', 1_000)).toEqual({ count: 2, ttlMs: 400 });
  });

  it('forget the oldest windows when there are too many keys', () => {
    const counters = new MemoryCounters(2, () => 0);
    for (const key of ['a', 'b', 'c']) counters.hit(key, 1_000);
    expect(counters.hit('c', 1_000).count).toBe(2);
    expect(counters.hit('b', 1_000).count).toBe(2);
    expect(counters.hit('a', 1_000).count).toBe(1);
  });
});
