import { type DatedDocument, type Document } from './document.js';

/** Limits of a {@link NearCache}: whichever is reached first evicts. */
export interface NearBounds {
  entries: number;
  /** Of documents, keys and what the process needs to hold them, roughly. */
  bytes: number;
}

/** What an entry takes beside its bytes and the two bytes of each character of its texts. */
const ENTRY_BYTES = 300;

/**
 * Documents in the memory of this process, without a copy or a promise between them and the caller. The least recently used
 * ones go when it is full; one larger than the whole is not kept.
 */
export class NearCache {
  private readonly kept = new Map<string, DatedDocument>();
  private held = 0;

  constructor(private readonly bounds: NearBounds) {}

  get size(): number {
    return this.kept.size;
  }

  /** Roughly what it takes. */
  get bytes(): number {
    return this.held;
  }

  /** @param now ms since 1970 */
  get(key: string, now: number): DatedDocument | undefined {
    const found = this.kept.get(key);
    if (found === undefined) return undefined;
    this.kept.delete(key);
    if (now >= found.expiresAt) {
      this.held -= sizeOf(key, found.document);
      return undefined;
    }
    // Insertion order is the order of use: put last, it is evicted last.
    this.kept.set(key, found);
    return found;
  }

  /** When a document's time is over; `undefined` without one. Looking is no use. */
  expiresAt(key: string): number | undefined {
    return this.kept.get(key)?.expiresAt;
  }

  set(key: string, dated: DatedDocument): void {
    this.delete(key);
    const size = sizeOf(key, dated.document);
    if (size > this.bounds.bytes) return;
    this.kept.set(key, dated);
    this.held += size;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.bounds.entries && this.held <= this.bounds.bytes) return;
      this.delete(oldest);
    }
  }

  clear(): void {
    this.kept.clear();
    this.held = 0;
  }

  private delete(key: string): void {
    const found = this.kept.get(key);
    if (found === undefined) return;
    this.held -= sizeOf(key, found.document);
    this.kept.delete(key);
  }
}

function sizeOf(key: string, { bytes, facts }: Document): number {
  const texts = Object.entries(facts).reduce((sum, [name, value]) => sum + name.length + (value?.length ?? 0), key.length);
  return bytes.length + 2 * texts + ENTRY_BYTES;
}
