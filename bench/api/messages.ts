/** A statement as the service sent it. */
export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** What a service's process can be asked for. */
export type ServiceRequest =
  /** Starts it. @returns its port */
  | { kind: 'start'; env: Record<string, string>; databaseUrl: string }
  /** From now on the bare route answers with these bytes. */
  | { kind: 'bare'; bytes: Uint8Array }
  /** Forgets whatever it remembers: the next request reads everything anew. */
  | { kind: 'forget' }
  /** Forgets, and notes every statement from now on. */
  | { kind: 'record' }
  /** @returns the statements since `record` */
  | { kind: 'recorded' };

export interface ServiceAnswers {
  start: number;
  bare: null;
  forget: null;
  record: null;
  recorded: Statement[];
}

/** The bare route of that process: below a path whose requests are logged as all others and not limited. */
export const BARE_PATH = '/docs/bare';

/** Ask for the same over and over, each connection one after the other. */
export interface LoadRequest {
  kind: 'load';
  port: number;
  path: string;
  headers: Record<string, string>;
  connections: number;
  ms: number;
}

export interface LoadAnswer {
  /** Answers a second. */
  rate: number;
  /** How often each status came. */
  statuses: Record<number, number>;
}
