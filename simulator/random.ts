// Bound once: in Jest's module sandbox every look-up of a global is slow, and histories draw millions of numbers.
const { cos, exp, floor, imul, log, PI, sqrt } = Math;

const idCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A small seeded generator (mulberry32), so that a seed gives the same history on every machine. */
export class Random {
  private state: number;

  constructor(seed: number | string) {
    this.state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** `sigma` is the standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number {
    const gauss = sqrt(-2 * log(1 - this.next())) * cos(2 * PI * this.next());
    return median * exp(sigma * gauss);
  }

  text(length: number, characters = idCharacters): string {
    let text = '';
    for (let i = 0; i < length; i++) text += characters.charAt(this.below(characters.length));
    return text;
  }

  /** 16 characters, as n8n names workflows, tags and projects. */
  nanoId(): string {
    return this.text(16);
  }

  uuid(): string {
    const hex = this.text(30, '0123456789abcdef');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  }
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
