/** n8n shows other executions under ids that are stored: there is another database behind the URL. Nothing was written. */
export class ContradictionError extends Error {
  constructor(
    readonly clientId: number,
    /** The contradicting ids of what was to be stored. */
    readonly ids: readonly string[],
  ) {
    super(`client ${clientId}: n8n shows other executions under ids that are stored (${ids.slice(0, 5).join(', ')})`);
    this.name = 'ContradictionError';
  }
}

/** A newer sync of the same client has begun, here or in another process: this one must not write any more. */
export class SyncSupersededError extends Error {
  constructor(readonly clientId: number) {
    super(`client ${clientId}: a newer sync has taken over`);
    this.name = 'SyncSupersededError';
  }
}

/** Something is stored that was taken for new. Nothing was written. */
export class AlreadyStoredError extends Error {
  constructor(
    readonly clientId: number,
    options?: ErrorOptions,
  ) {
    super(`client ${clientId}: an execution that was taken for new is stored already`, options);
    this.name = 'AlreadyStoredError';
  }
}
