export const statuses = ['canceled', 'crashed', 'error', 'new', 'running', 'success', 'unknown', 'waiting'] as const;
export type Status = (typeof statuses)[number];

export const modes = [
  'cli',
  'error',
  'integrated',
  'internal',
  'manual',
  'retry',
  'trigger',
  'webhook',
  'evaluation',
  'chat',
] as const;
export type Mode = (typeof modes)[number];

/** Why an id has no row any more. `unsaved` ids never had one after their execution ended. */
export const removals = ['pruned', 'deleted', 'unsaved'] as const;
export type Removal = (typeof removals)[number];

/** How an execution that runs now will end; `never` runs until it is cancelled or n8n restarts. */
export type Outcome = 'success' | 'error' | 'canceled' | 'crashed' | 'never';

export type Json = Record<string, unknown>;
