import { type Count, type Counters } from './counters.js';
import { forgetOldest } from '../common/index.js';

interface Window {
  count: number;
  endsAt: number;
}

/** Counts in this process. When there are too many keys, the oldest windows are forgotten. */
export class MemoryCounters implements Counters {
  private readonly windows = new Map<string, Window>();

  /** @param clock ms, never going back */
  constructor(
    private readonly mostKeys = 20_000,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  hit(key: string, windowMs: number): Count {
    const now = this.clock();
    const known = this.windows.get(key);
    if (known !== undefined && known.endsAt > now) {
      known.count += 1;
      return { count: known.count, ttlMs: known.endsAt - now };
    }
    // Deleted first, so that it comes last in the order of the map.
    this.windows.delete(key);
    this.windows.set(key, { count: 1, endsAt: now + windowMs });
    forgetOldest(this.windows, this.mostKeys);
    return { count: 1, ttlMs: windowMs };
  }
}
