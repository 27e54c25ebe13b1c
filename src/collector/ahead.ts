/**
 * A request whose answer will be wanted, unless something fails: it can be sent while we are still busy with the answer before, so that
 * n8n need not wait for us.
 */
export class Ahead<Answer> {
  private asked: Promise<Answer> | null = null;

  constructor(private readonly send: () => Promise<Answer>) {}

  /** Sends the request, unless its answer waits to be taken. A failure is told by `take`. */
  ask(): void {
    if (this.asked !== null) return;
    this.asked = this.send();
    this.asked.catch(() => undefined);
  }

  /** The answer that was asked for; without one the request is sent now. */
  async take(): Promise<Answer> {
    const answer = this.asked ?? this.send();
    this.asked = null;
    return answer;
  }

  /** Waits for the request that is under way, if nobody took its answer. */
  async close(): Promise<void> {
    await this.asked?.catch(() => undefined);
  }
}
