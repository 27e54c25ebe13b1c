/** How jobs of a name are queued. */
export interface JobPolicy {
  /** At most one queued or running job of that name per client: whoever asks again joins it. */
  onePerClient: boolean;
  /** 0 goes first. */
  priority: number;
  /** How often it is tried when it fails in a way that may pass. */
  attempts: number;
}

const DEFAULT: JobPolicy = { onePerClient: false, priority: 0, attempts: 3 };

const POLICIES: Readonly<Record<string, JobPolicy>> = {
  // Syncs are many and long; whatever else is queued must not wait behind all of them. A failed one is not tried again here:
  // when the client's next sync is due is decided, with a backoff, by who collects.
  sync: { onePerClient: true, priority: 10, attempts: 1 },
  'erase-client': { onePerClient: true, priority: 0, attempts: 3 },
};

/** The rule for jobs of this name. */
export function policyOf(name: string): JobPolicy {
  return POLICIES[name] ?? DEFAULT;
}
