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
    return async () => {
      const place = this.steps.indexOf(step);
      if (place < 0) return;
      this.steps.splice(place, 1);
      await this.end(step);
    };
  }

  /** Stops everything that is left. May be called again while it runs. */
  run(): Promise<void> {
    this.running = this.running.then(async () => {
      for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) await this.end(step);
    });
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
