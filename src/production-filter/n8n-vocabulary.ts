/** Execution modes of n8n (`WorkflowExecuteMode` of n8n-workflow, versions 1.100 to 2.40). */
export type N8nMode =
  'agent' | 'chat' | 'cli' | 'error' | 'evaluation' | 'integrated' | 'internal' | 'manual' | 'retry' | 'trigger' | 'webhook';

/** Execution statuses of n8n (`ExecutionStatusList` of n8n-workflow). */
export type N8nStatus = 'canceled' | 'crashed' | 'error' | 'new' | 'running' | 'success' | 'unknown' | 'waiting';

/** What is decided about a mode. */
export interface ModeDecision {
  /** Production when no rule about names, tags or data says otherwise. */
  production: boolean;
  /** Counted by n8n's own Insights (`shouldSkipMode` of its insights collection service). */
  insights: boolean;
}

/** Every known mode. A mode added to {@link N8nMode} does not compile until it is decided here. */
export const N8N_MODES: Readonly<Record<N8nMode, Readonly<ModeDecision>>> = {
  agent: { production: false, insights: false },
  chat: { production: false, insights: false },
  cli: { production: true, insights: true },
  error: { production: true, insights: true },
  evaluation: { production: true, insights: true },
  // A sub-workflow: its parent is counted already.
  integrated: { production: false, insights: false },
  internal: { production: false, insights: false },
  // Only reached when manual executions are not excluded.
  manual: { production: true, insights: false },
  retry: { production: true, insights: true },
  trigger: { production: true, insights: true },
  webhook: { production: true, insights: true },
};

/** How an execution is counted: `open` is looked at again until it is final, `canceled` is reported apart. */
export type StatusGroup = 'successful' | 'failed' | 'canceled' | 'open';

/** Every known status. A status added to {@link N8nStatus} does not compile until it is decided here. */
export const N8N_STATUSES: Readonly<Record<N8nStatus, StatusGroup>> = {
  canceled: 'canceled',
  crashed: 'failed',
  error: 'failed',
  new: 'open',
  running: 'open',
  success: 'successful',
  unknown: 'open',
  waiting: 'open',
};

/** Whether this service has decided what the mode means; an unknown one counts as production and deserves a warning. */
export function isKnownMode(mode: string): mode is N8nMode {
  return Object.hasOwn(N8N_MODES, mode);
}

/** Whether this service has decided what the status means; an unknown one is treated as open and deserves a warning. */
export function isKnownStatus(status: string): status is N8nStatus {
  return Object.hasOwn(N8N_STATUSES, status);
}
