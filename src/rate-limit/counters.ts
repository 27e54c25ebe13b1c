/** How often something happened in the running window of its key. */
export interface Count {
  count: number;
  /** Until the window is over and counting begins anew, in ms. */
  ttlMs: number;
}

/** Counts by key in windows of fixed length that begin with the first hit. */
export interface Counters {
  /** A promise only where somebody else has to be asked. */
  hit(key: string, windowMs: number): Count | Promise<Count>;
}

/** Injection token of the one {@link Counters}. */
export const COUNTERS = Symbol('COUNTERS');
