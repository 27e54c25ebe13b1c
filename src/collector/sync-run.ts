import { type ClientLockState } from '../database/index.js';
import { type Capabilities, type N8nTarget } from '../n8n-client/index.js';

/** How a running sync tells the outside what it does, and is told to stop. */
export interface SyncContext {
  signal: AbortSignal;
  progress: (json: Record<string, unknown>) => Promise<void>;
  /** Called once workflows and executions are stored, before the failures' details are fetched: what can be shown already. */
  listsStored?: () => Promise<void>;
  /** Asked for by a person: everything is looked at, whatever its own slower clock says. */
  full?: boolean;
}

/** What one sync did; written to `job_runs`. */
export interface SyncCounts {
  workflows_seen: number;
  workflows_changed: number;
  workflows_deleted: number;
  executions_seen: number;
  executions_new: number;
  executions_changed: number;
  executions_unchanged: number;
  /** Older than what is kept. */
  before_retention: number;
  /** Rows that could not be read or make no sense. */
  set_aside: number;
  /** New rows that are not production, by reason. */
  excluded: Record<string, number>;
  details_fetched: number;
  details_failed: number;
  pending_resolved: number;
  vanished: number;
  /** Missing ids that will not be looked for any more: they became a gap. */
  given_up: number;
  /** Stored executions that the daily comparison looked at. */
  reconciled: number;
  /** Requests sent to n8n, retries included. */
  requests: number;
  reclassified: number;
}

/** One sync of one client, handed from step to step. */
export interface SyncRun {
  readonly clientId: number;
  readonly target: N8nTarget;
  readonly capabilities: Capabilities;
  readonly timezone: string;
  readonly context: SyncContext;
  readonly counts: SyncCounts;
  readonly startedAt: Date;
  /** Executions that started before it are not kept. */
  readonly retentionFloor: Date;
  /** Below it raw executions were gone when the sync began. */
  readonly rawFloor: Date;
  /** n8n ids of workflows that are stored for sure. */
  readonly knownWorkflows: Set<string>;
  /** Ids that n8n has shown as running or waiting in this sync: nothing more is to be learned of them now. */
  readonly shownOpen: Set<string>;
  /** Call it under the lock before writing. @throws SyncSupersededError when a newer sync of the client has begun */
  readonly assertCurrent: (state: Pick<ClientLockState, 'syncToken'>) => void;
}

/** Counts of a sync that has done nothing yet. */
export function emptyCounts(): SyncCounts {
  return {
    workflows_seen: 0,
    workflows_changed: 0,
    workflows_deleted: 0,
    executions_seen: 0,
    executions_new: 0,
    executions_changed: 0,
    executions_unchanged: 0,
    before_retention: 0,
    set_aside: 0,
    excluded: {},
    details_fetched: 0,
    details_failed: 0,
    pending_resolved: 0,
    vanished: 0,
    given_up: 0,
    reconciled: 0,
    requests: 0,
    reclassified: 0,
  };
}
