import { Random } from './random.js';

export type Fault =
  /** 429; `retryAfter` in seconds, or a HTTP date as text. */
  | { kind: 'rate-limit'; retryAfter?: number | string }
  | { kind: 'error-500' }
  /** 502 with a proxy's HTML page. */
  | { kind: 'bad-gateway' }
  /** 200 with an HTML page, as single sign-on proxies and starting instances answer. */
  | { kind: 'html' }
  /** The announced length never comes: the connection closes in the middle of the JSON. */
  | { kind: 'truncated' }
  /** No answer until the simulator closes. */
  | { kind: 'hang' }
  | { kind: 'slow'; ms: number }
  | { kind: 'reset' }
  /** The previous answer of the same list once more, rows and cursor, if it is not older than a minute. */
  | { kind: 'duplicate-page' }
  /** The cursor leads back to the page it came with. */
  | { kind: 'looping-cursor' }
  /** Only for `execution`: the details carry that much more. */
  | { kind: 'huge-details'; megabytes: number }
  /** Anything else: 401, 403, 503, a redirect, ... A body that is not text is sent as JSON. */
  | { kind: 'answer'; status: number; body?: unknown; contentType?: string; headers?: Record<string, string> };

interface Rule {
  fault: Fault;
  endpoint: string | undefined;
  /** Infinity: until cleared. */
  remaining: number;
  skip: number;
  probability: number;
}

export interface FaultScope {
  /** Only there; everywhere when left out. Names as in RequestLog. */
  endpoint?: string;
  /** Lets that many matching requests pass first. */
  after?: number;
}

/** Which requests of an instance go wrong, and how. The first rule that applies decides. */
export class Faults {
  private rules: Rule[] = [];
  private readonly random: Random;

  constructor(seed: number | string) {
    this.random = new Random(seed);
  }

  /** The next `times` matching requests. */
  next(fault: Fault, { times = 1, ...scope }: FaultScope & { times?: number } = {}): void {
    this.add(fault, scope, times, 1);
  }

  /** Every matching request until `clear`. */
  always(fault: Fault, scope: FaultScope = {}): void {
    this.add(fault, scope, Infinity, 1);
  }

  /** Each matching request with that probability (0 to 1), until `clear`. */
  sometimes(fault: Fault, probability: number, scope: FaultScope = {}): void {
    this.add(fault, scope, Infinity, probability);
  }

  clear(): void {
    this.rules = [];
  }

  /** Called once for each request. */
  take(endpoint: string): Fault | undefined {
    for (const rule of this.rules) {
      if (rule.endpoint !== undefined && rule.endpoint !== endpoint) continue;
      if (rule.skip > 0) {
        rule.skip--;
        continue;
      }
      if (rule.probability < 1 && !this.random.chance(rule.probability)) continue;
      rule.remaining--;
      if (rule.remaining <= 0) this.rules = this.rules.filter((other) => other !== rule);
      return rule.fault;
    }
    return undefined;
  }

  private add(fault: Fault, scope: FaultScope, remaining: number, probability: number): void {
    this.rules.push({ fault, endpoint: scope.endpoint, skip: scope.after ?? 0, remaining, probability });
  }
}
