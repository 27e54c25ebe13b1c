export const JOB_STATES = ['queued', 'running', 'completed', 'failed'] as const;

/** `queued` also holds a job that waits for its next attempt. */
export type JobState = (typeof JOB_STATES)[number];

/** What somebody wants done. The parts before `payload` make the job's id. */
export interface JobRequest {
  /** Lower-case words joined by `-`, the name a handler is registered under. */
  name: string;
  clientId?: number;
  /** The occasion, for example `2026-03-01`: one job per occasion, however many replicas ask. Left out: a job of its own. */
  slot?: string;
  /** Plain JSON, never a secret. */
  payload?: Record<string, unknown>;
}

/** `created` is false when the job was known already: the same id, or one that it was joined to. */
export interface EnqueuedJob {
  jobId: string;
  created: boolean;
}

/** What a handler gets to work with. */
export interface JobContext {
  jobId: string;
  clientId: number | null;
  payload: Record<string, unknown>;
  /** Fires at shutdown and when another worker took the job over: stop at the next safe point and throw. */
  signal: AbortSignal;
  /** Shows how far it has come; written at most twice a second. */
  progress: (json: Record<string, unknown>) => Promise<void>;
  /** There is more to do: the same job is enqueued again as soon as this one has completed. */
  again: () => void;
}

/** Does the work and returns what it did, as counts. May run more than once for one job, so it must be idempotent. */
export type JobHandler = (context: JobContext) => Promise<Record<string, unknown>>;

/** One row of the history. */
export interface JobRun {
  id: number;
  jobId: string;
  name: string;
  clientId: number | null;
  slot: string | null;
  payload: Record<string, unknown>;
  state: JobState;
  enqueuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  attempts: number;
  replica: string | null;
  progress: Record<string, unknown> | null;
  counts: Record<string, unknown> | null;
  error: string | null;
}
