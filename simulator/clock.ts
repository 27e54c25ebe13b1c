/** The time an instance lives in: follows the real clock or stands still until it is driven. */
export class SimulatedClock {
  private constructor(private readonly read: () => number) {}

  private offset = 0;

  static real(): SimulatedClock {
    return new SimulatedClock(() => Date.now());
  }

  static fixed(at: Date | string | number = Date.now()): SimulatedClock {
    const start = new Date(at).getTime();
    if (Number.isNaN(start)) throw new Error(`not a date: ${String(at)}`);
    return new SimulatedClock(() => start);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.read() + this.offset;
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  set(at: Date | string | number): void {
    this.offset += new Date(at).getTime() - this.now();
  }
}
