/** What decides whether a kept answer about a client is still true, beside the question itself. */
export interface ClientState {
  /** Raised by every transaction that changed the client's data; 0 before its first one. */
  dataVersion: number;
  /** The zone changed, and rollups are not marked for it yet. */
  zonePending: boolean;
  /** Raw executions that started before this instant are gone. */
  rawFloor: Date;
  /** Last successful sync of executions. */
  syncedAt: Date | null;
  /** Changes whenever the client's coverage does. */
  coverageMark: string;
}

/** The client's zone or week start changed between the question and the answer: ask again. */
export class CalendarMovedError extends Error {
  constructor(clientId: number) {
    super(`the calendar of client ${clientId} changed while an answer was made`);
    this.name = 'CalendarMovedError';
  }
}
