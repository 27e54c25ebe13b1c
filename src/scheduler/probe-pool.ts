/** Clients whose last sync failed are tried so many at a time in one process, whatever else is going on. */
export const PROBE_SLOTS = 4;

/**
 * A small pool for instances that are probably down. Each of them may cost a timeout, so they must not take the places of those
 * that are up: who finds no place here is turned away at once and comes again with the next tick.
 */
export class ProbePool {
  private taken = 0;

  /** Runs `work` when there is a place, else returns `null` at once. */
  async tryRun<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.taken >= PROBE_SLOTS) return null;
    this.taken += 1;
    try {
      return await work();
    } finally {
      this.taken -= 1;
    }
  }
}
