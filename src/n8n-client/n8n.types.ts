/** One n8n instance as the door needs it. `clientId` names the queue, the budget and the circuit that its requests share. */
export interface N8nTarget {
  clientId: number;
  /** http or https, path prefix and trailing slash allowed. */
  baseUrl: string;
  apiKey: string;
  /** Sustained budget; bursts of 2.5 times of it are allowed. At least 1. */
  requestsPerMinute: number;
}

/** One execution without its payload. Ids are text, unknown statuses and modes are kept as n8n wrote them. */
export interface N8nExecution {
  id: string;
  /** `null`: an old version's list has no status and it cannot be derived from `finished`. */
  status: string | null;
  finished: boolean;
  mode: string;
  startedAt: Date | null;
  stoppedAt: Date | null;
  waitTill: Date | null;
  workflowId: string;
  retryOf: string | null;
  retrySuccessId: string | null;
}

/** A row that could not be read; it never costs the good rows of its page. */
export interface SetAside {
  /** `null` when that is unreadable too. */
  id: string | null;
  reason: string;
}

/** A page of a list. `nextCursor` is `null` on the last one. Rows may repeat: whoever stores them tells them apart by id. */
export interface Page<Row> {
  rows: Row[];
  setAside: SetAside[];
  nextCursor: string | null;
}

/** Newest first. */
export interface ExecutionPage extends Page<N8nExecution> {
  /** Rows that were asked for. */
  limit: number;
}

/**
 * A page as it came. Where the list goes on is known before all of its rows are read, so that the request for the next page need
 * not wait for that.
 */
export interface UnreadPage {
  /** The last row, the oldest of a list; `null` when there is none, or when it cannot be read. */
  readonly last: N8nExecution | null;
  readonly nextCursor: string | null;
  /** Call it once. */
  readonly read: () => ExecutionPage;
}

/** One workflow without nodes, pinned data or static data: those hold secrets and never leave this folder. */
export interface N8nWorkflow {
  id: string;
  name: string;
  active: boolean;
  archived: boolean;
  tags: string[];
  createdAt: Date | null;
  updatedAt: Date | null;
  settings: N8nWorkflowSettings;
}

/** The settings that matter here; `null` where the workflow does not say or says something unreadable. */
export interface N8nWorkflowSettings {
  /** Minutes saved by one success, 0 or more. */
  timeSavedMinutes: number | null;
  timeSavedMode: string | null;
  timezone: string | null;
  errorWorkflow: string | null;
  /** `none`: successes are not saved, so they are never visible through the API. */
  saveSuccess: string | null;
  /** `none`: failures are not saved. */
  saveError: string | null;
}

/** Offset pages: de-duplicate by id over a whole walk. */
export type WorkflowPage = Page<N8nWorkflow>;

/** Why an execution failed; every part may be missing (crashes leave no payload). Texts are at most 10,000 characters. */
export interface FailureDetail {
  execution: N8nExecution;
  message: string | null;
  errorType: string | null;
  node: string | null;
  customData: Record<string, unknown> | null;
}

/** What an instance can do, found out by asking it, never by its version number. */
export interface Capabilities {
  /** Rows of the list carry `status`. */
  statusInList: boolean;
  /** `status=running` is accepted. */
  runningList: boolean;
  /** `status=waiting` showed a row that the list without a filter lacks; `false` also when nothing was waiting. */
  waitingList: boolean;
  startedAfter: boolean;
  maxLimit: number;
  insights: boolean;
  /** Rows a page of executions to start with: 250, or 50 where a page costs n8n much. */
  pageSize: number;
  /** The instance had no execution to look at: `statusInList` and `startedAfter` are inferred, ask again later. */
  undetermined?: boolean;
}

/** Outcome of a successful connection check. */
export interface ConnectionReport {
  capabilities: Capabilities;
  /** `null`: the key does not say, or never expires. */
  keyExpiresAt: Date | null;
  /** Newest execution in the list, `null` when there is none. */
  topExecutionId: string | null;
}

/** Requests that were sent, retries included, by what they were for. */
export interface RequestCounts {
  /** Lists and single rows. */
  list: number;
  /** Failure details. */
  detail: number;
  /** Connection checks. */
  check: number;
}

/** Options of {@link N8nClient.listExecutions}. Filters are not part of a cursor: repeat them on every page. */
export interface ListExecutionsOptions {
  /** The page of ids older than this one; from the top when left out or `null`. */
  below?: string | null;
  /** Follows a cursor of n8n as it is, with the limit that it carries; then `below` does not count. */
  cursor?: string;
  /** 1 to 250, taken as it is. Without it the page has the size that suits the instance, see {@link N8nClient.pageSize}. */
  limit?: number;
  status?: string;
  startedAfter?: Date;
  signal?: AbortSignal;
}

/** Options of {@link N8nClient.listWorkflows}. */
export interface ListWorkflowsOptions {
  /** A cursor of n8n; the size of its page is adapted. */
  cursor?: string;
  /** As for executions. */
  limit?: number;
  signal?: AbortSignal;
}
