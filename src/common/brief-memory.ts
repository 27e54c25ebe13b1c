import { forgetOldest } from './forget-oldest.js';

/** What a {@link BriefMemory} holds on to. */
export interface MemoryBounds {
  /** How long a read is remembered, in ms, counted from before it began: what is given is never older. */
  ms: number;
  entries: number;
}

interface Remembered<V> {
  readAt: number;
  coming: Promise<V>;
  /** Once it has come. */
  value?: V;
}

/** Remembers reads for a short while, so that many requests share one. A read that failed is not remembered. */
export class BriefMemory<K, V> {
  private readonly remembered = new Map<K, Remembered<V>>();

  /** @param now a clock in ms that never goes back */
  constructor(
    private readonly bounds: MemoryBounds,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The remembered value, else what `read` gives. @throws whatever `read` throws */
  async get(key: K, read: () => Promise<V>): Promise<V> {
    const known = this.fresh(key);
    if (known !== undefined) return known.coming;
    const reading: Remembered<V> = { readAt: this.now(), coming: read() };
    this.keep(key, reading);
    try {
      reading.value = await reading.coming;
      return reading.value;
    } catch (error) {
      if (this.remembered.get(key) === reading) this.remembered.delete(key);
      throw error;
    }
  }

  /** The remembered value, without a wait; `undefined` while there is none. */
  peek(key: K): V | undefined {
    return this.fresh(key)?.value;
  }

  /** Remembers what was read otherwise, unless something newer is known. @param readAt `startedReading()` of before */
  put(key: K, value: V, readAt: number): void {
    const known = this.remembered.get(key);
    if (known === undefined || known.readAt < readAt) this.keep(key, { readAt, coming: Promise.resolve(value), value });
  }

  /** The time to give to {@link put}. */
  startedReading(): number {
    return this.now();
  }

  forget(key: K): void {
    this.remembered.delete(key);
  }

  forgetAll(): void {
    this.remembered.clear();
  }

  private fresh(key: K): Remembered<V> | undefined {
    const known = this.remembered.get(key);
    return known !== undefined && this.now() - known.readAt < this.bounds.ms ? known : undefined;
  }

  private keep(key: K, reading: Remembered<V>): void {
    this.remembered.delete(key);
    this.remembered.set(key, reading);
    forgetOldest(this.remembered, this.bounds.entries);
  }
}
