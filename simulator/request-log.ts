export interface LoggedRequest {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  endpoint: string;
  /** 0 when no answer was sent: a hang or a reset. */
  status: number;
  /** Real time, milliseconds since 1970, whatever the instance's clock says. */
  at: number;
  headers: Readonly<Record<string, string>>;
}

interface Watch {
  at: number;
  action: () => void;
}

/** What an instance was asked. Counts are complete; of the requests themselves the newest `capacity` are kept. */
export class RequestLog {
  private readonly kept: LoggedRequest[] = [];
  private readonly counts = new Map<string, number>();
  private inFlight = 0;
  private arrived = 0;
  private watches: Watch[] = [];
  /** The most requests that waited for their answer at the same time. */
  peakInFlight = 0;
  total = 0;

  constructor(private readonly capacity = 10_000) {}

  opened(): void {
    this.inFlight++;
    this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
    this.arrived++;
    const due = this.watches.filter((watch) => watch.at <= this.arrived);
    if (due.length === 0) return;
    this.watches = this.watches.filter((watch) => watch.at > this.arrived);
    for (const watch of due) watch.action();
  }

  /**
   * Runs `action` once, when the `nth` request from now on has arrived and nothing was answered to it yet.
   * Returns the way to withdraw it.
   */
  when(nth: number, action: () => void): () => void {
    const watch = { at: this.arrived + nth, action };
    this.watches.push(watch);
    return () => {
      this.watches = this.watches.filter((other) => other !== watch);
    };
  }

  closed(request: LoggedRequest): void {
    this.inFlight--;
    this.total++;
    this.counts.set(request.endpoint, this.count(request.endpoint) + 1);
    this.kept.push(request);
    if (this.kept.length > this.capacity * 2) this.kept.splice(0, this.capacity);
  }

  /** Oldest first. */
  entries(endpoint?: string): LoggedRequest[] {
    const newest = this.kept.slice(-this.capacity);
    return endpoint === undefined ? newest : newest.filter((request) => request.endpoint === endpoint);
  }

  /** Endpoints are named `executions`, `execution`, `workflows`, `workflow`, `tags`, `projects`, `insights`, `discover`, `unknown`. */
  count(endpoint: string): number {
    return this.counts.get(endpoint) ?? 0;
  }

  clear(): void {
    this.kept.length = 0;
    this.counts.clear();
    this.total = 0;
    this.peakInFlight = this.inFlight;
  }
}
