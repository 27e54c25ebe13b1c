import {
  type CircuitGate,
  type CircuitSnapshot,
  CLOSED,
  countsAsFailure,
  failed,
  gate,
  restored,
  snapshotOf,
  succeeded,
} from './circuit.js';
import { N8nError } from './n8n-error.js';
import { type RequestKind } from './token-bucket.js';

/** What is remembered about how one instance is doing: its circuit, the silence it asked for, and whether to be careful. */
export class InstanceHealth {
  private circuit = CLOSED;
  private pausedUntil = 0;
  private careful = false;
  private hasRecord = false;

  /** @param now epoch milliseconds @param maxSilenceMs longest silence that is waited for instead of failing */
  constructor(
    private readonly now: () => number,
    private readonly maxSilenceMs: number,
  ) {}

  /** Forgets everything: it is another instance now. What was kept of the one before says nothing about it. */
  reset(): void {
    this.circuit = CLOSED;
    this.pausedUntil = 0;
    this.careful = false;
    this.hasRecord = true;
  }

  gate(): CircuitGate {
    return gate(this.circuit, this.now());
  }

  /** A call gets one try only: nobody knows whether the instance is there. */
  get singleTry(): boolean {
    return this.careful || this.gate() === 'trial';
  }

  /** Single tries until it answers. */
  beCareful(): void {
    this.careful = true;
  }

  snapshot(): CircuitSnapshot {
    return snapshotOf(this.circuit);
  }

  /** Takes over what another process knew, unless this one has asked the instance itself. */
  restore(snapshot: CircuitSnapshot): void {
    if (!this.hasRecord) this.circuit = restored(snapshot, this.now());
  }

  /** Milliseconds to wait before a request may go out. @throws N8nError `rate_limited` or `circuit_open` when that is too long */
  silence(): number {
    const pause = Math.max(0, this.pausedUntil - this.now());
    if (pause > this.maxSilenceMs) throw paused(pause);
    if (pause === 0 && this.gate() === 'open') throw circuitOpen(this.circuit.openUntil - this.now());
    return pause;
  }

  /** A request is on its way. */
  asked(): void {
    this.hasRecord = true;
  }

  /** Remembers the silence that an answer asked for. */
  heed(error: N8nError): void {
    if (error.status === null || error.retryAfterMs === null) return;
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + error.retryAfterMs);
  }

  /** Remembers how a call ended, after all its tries. */
  record(kind: RequestKind, error: N8nError | null): void {
    // A person has seen it answer: an earlier request for silence is over.
    if (error === null && kind === 'check') this.pausedUntil = 0;
    if (error === null || (error.status !== null && error.status < 500)) {
      this.circuit = succeeded();
      this.careful = false;
      this.hasRecord = true;
    } else if (kind !== 'check' && countsAsFailure(error.code, kind)) {
      this.circuit = failed(this.circuit, this.now());
    }
  }
}

function paused(ms: number): N8nError {
  return new N8nError('rate_limited', `The instance asked for silence for another ${seconds(ms)} s.`, { retryAfterMs: ms });
}

function circuitOpen(ms: number): N8nError {
  const text = `The instance failed several times in a row and is left alone for another ${seconds(ms)} s.`;
  return new N8nError('circuit_open', text, { retryAfterMs: ms });
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
