import { setTimeout as sleep } from 'node:timers/promises';

const STEP_LIMIT_MS = 60_000;

/** What is to be stopped, whatever happens: the newest first, each once, and none can keep the others from it. */
export class Cleanup {
  private readonly steps: { what: string; stop: () => Promise<void> }[] = [];
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly say: (text: string) => void) {}

  /** Remembers how something that was just started is stopped. @returns a function that stops it now */
  add(what: string, stop: () => Promise<void>): () => Promise<void> {
    const step = { what, stop };
    this.steps.push(step);
    return () => {
      const place = this.steps.indexOf(step);
      if (place >= 0) this.steps.splice(place, 1);
      return place < 0 ? this.running : this.enqueue(() => this.end(step));
    };
  }

  /** Stops everything that is left. May be called again while it runs. */
  run(): Promise<void> {
    return this.enqueue(async () => {
      for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) await this.end(step);
    });
  }

  /** One at a time: what is being stopped may need what is to be stopped next. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    this.running = this.running.then(work);
    return this.running;
  }

  private async end({ what, stop }: { what: string; stop: () => Promise<void> }): Promise<void> {
    const limit = new AbortController();
    const late = sleep(STEP_LIMIT_MS, 'late' as const, { signal: limit.signal }).catch(() => 'late' as const);
    try {
      if ((await Promise.race([stop(), late])) === 'late') this.say(`${what} did not stop in time`);
    } catch (error) {
      this.say(`${what} could not be stopped: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      limit.abort();
    }
  }
}
