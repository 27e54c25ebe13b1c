import { forgetOldest } from '../common/index.js';

interface Asked<T> {
  about: number;
  times: number;
  ask: T;
}

/** Remembers which questions are asked most, and how to ask them. */
export class Demand<T> {
  private readonly asked = new Map<string, Asked<T>>();

  /** @param most questions that are remembered; the one that was not asked for longest goes first */
  constructor(private readonly most: number) {}

  /** @param about the client that it is about @param question equal questions, equal text */
  note(about: number, question: string, ask: T): void {
    const key = `${about}|${question}`;
    const times = (this.asked.get(key)?.times ?? 0) + 1;
    this.asked.delete(key);
    this.asked.set(key, { about, times, ask });
    forgetOldest(this.asked, this.most);
  }

  /** At most `limit` of those that were asked twice or more, the most asked ones first. @param about one client only */
  top(limit: number, about?: number): T[] {
    return [...this.asked.values()]
      .filter((asked) => asked.times >= 2 && (about === undefined || asked.about === about))
      .sort((a, b) => b.times - a.times)
      .slice(0, limit)
      .map(({ ask }) => ask);
  }

  /** Counts half of what was asked so far: what nobody asks any more is forgotten in the end. */
  fade(): void {
    for (const [key, asked] of this.asked) {
      asked.times = Math.floor(asked.times / 2);
      if (asked.times === 0) this.asked.delete(key);
    }
  }
}
