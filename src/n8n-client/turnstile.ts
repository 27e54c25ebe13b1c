import { abortedError } from './n8n-error.js';

interface Waiter {
  readonly admit: () => void;
}

/** Lets one through at a time, in order of arrival; who is `first` stands before the others. */
export class Turnstile {
  private busy = false;
  private readonly waiting: Waiter[] = [];

  /**
   * Resolves when it is this caller's turn, with the function that ends the turn.
   * @throws N8nError `aborted` when the signal fires before that
   */
  async enter(signal: AbortSignal, first = false): Promise<() => void> {
    if (signal.aborted) throw abortedError(signal.reason);
    if (this.busy) await this.queue(signal, first);
    this.busy = true;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.next();
    };
  }

  /** The turn is handed over without being free in between, so that nobody slips in before the one who waited. */
  private next(): void {
    const waiter = this.waiting.shift();
    if (waiter === undefined) this.busy = false;
    else waiter.admit();
  }

  private queue(signal: AbortSignal, first: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = (): void => {
        const place = this.waiting.indexOf(waiter);
        if (place >= 0) this.waiting.splice(place, 1);
        reject(abortedError(signal.reason));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      if (first) this.waiting.unshift(waiter);
      else this.waiting.push(waiter);
    });
  }
}
