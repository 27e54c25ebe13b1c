/** Limits of a {@link BoundedMap}: whichever is reached first evicts. */
export interface MapBounds {
  entries: number;
  /** Sum of the lengths of keys and values, in UTF-16 units. */
  characters: number;
}

/** A Map of texts that forgets the least recently used entry when it is full. A value larger than the whole map is not kept. */
export class BoundedMap extends Map<string, string> {
  private characters = 0;

  constructor(private readonly bounds: MapBounds) {
    super();
  }

  override get(key: string): string | undefined {
    const value = super.get(key);
    if (value !== undefined) {
      // Insertion order is the order of use: moved to the end, it is evicted last.
      super.delete(key);
      super.set(key, value);
    }
    return value;
  }

  override set(key: string, value: string): this {
    this.delete(key);
    const size = key.length + value.length;
    if (size > this.bounds.characters) return this;
    super.set(key, value);
    this.characters += size;
    this.evict();
    return this;
  }

  override delete(key: string): boolean {
    const value = super.get(key);
    if (value === undefined) return false;
    this.characters -= key.length + value.length;
    return super.delete(key);
  }

  override clear(): void {
    super.clear();
    this.characters = 0;
  }

  private evict(): void {
    for (const oldest of this.keys()) {
      if (this.size <= this.bounds.entries && this.characters <= this.bounds.characters) return;
      this.delete(oldest);
    }
  }
}
