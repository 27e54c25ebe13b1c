import { BriefMemory } from './brief-memory.js';

let now: number;
let reads: number;

function memory(entries = 10): BriefMemory<string, number> {
  return new BriefMemory({ ms: 100, entries }, () => now);
}

const read = (): Promise<number> => Promise.resolve((reads += 1));

/** A value that comes when it is told to. */
class Later {
  come: (value: number) => void = () => undefined;
  readonly value = new Promise<number>((resolve) => (this.come = resolve));
}

beforeEach(() => {
  now = 0;
  reads = 0;
});

describe('BriefMemory', () => {
  it('reads once for everyone within its time, and anew after it', async () => {
    const brief = memory();
    expect(await Promise.all([brief.get('k', read), brief.get('k', read)])).toEqual([1, 1]);
    now = 99;
    expect(await brief.get('k', read)).toBe(1);
    now = 100;
    expect(await brief.get('k', read)).toBe(2);
  });

  it('counts from before a read began: nobody joins one that takes longer than that', async () => {
    const brief = memory();
    const slow = new Later();
    const first = brief.get('k', () => slow.value);
    now = 100;
    expect(await brief.get('k', read)).toBe(1);
    slow.come(7);
    expect(await first).toBe(7);
    expect(await brief.get('k', read)).toBe(1);
  });

  it('gives what has come without a wait, within its time', async () => {
    const brief = memory();
    const coming = brief.get('k', read);
    expect(brief.peek('k')).toBeUndefined();
    await coming;
    expect([brief.peek('k'), brief.peek('l')]).toEqual([1, undefined]);
    now = 100;
    expect(brief.peek('k')).toBeUndefined();
  });

  it('does not remember a failure, nor what was forgotten meanwhile', async () => {
    const brief = memory();
    await expect(brief.get('k', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await brief.get('k', read)).toBe(1);
    const slow = new Later();
    const old = brief.get('l', () => slow.value);
    brief.forget('l');
    slow.come(7);
    await old;
    expect(await brief.get('l', read)).toBe(2);
  });

  it('takes over what was read otherwise unless it knows something newer', async () => {
    const brief = memory();
    const before = brief.startedReading();
    now = 10;
    await brief.get('k', read);
    brief.put('k', 70, before);
    brief.put('l', 80, before);
    expect([await brief.get('k', read), await brief.get('l', read)]).toEqual([1, 80]);
    now = 100;
    expect(await brief.get('l', read)).toBe(2);
  });

  it('holds no more entries than it may', async () => {
    const brief = memory(2);
    for (const key of ['a', 'b', 'c']) await brief.get(key, read);
    expect([await brief.get('b', read), await brief.get('c', read), await brief.get('a', read)]).toEqual([2, 3, 4]);
  });
});
