import { Injectable } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { N8nClient } from '../n8n-client/index.js';
import { type SyncStateEntity } from './entities/sync-state.entity.js';
import { ExecutionStore } from './execution-store.js';
import { StatusResolver } from './status-resolver.js';
import { SyncStateRepository } from './sync-state.repository.js';
import { type SyncRun } from './sync-run.js';

const DAY_MS = 24 * 60 * 60_000;
const SLICE_MS = 30_000;
const MAX_PAGES = 1_000;

/**
 * Once a day, reads what ran since the day before the last time once more and stores what differs: whatever slipped through, for
 * a reason nobody thought of, is found here. Resumable, in slices.
 */
@Injectable()
export class Reconcile {
  constructor(
    private readonly n8n: N8nClient,
    private readonly store: ExecutionStore,
    private readonly states: SyncStateRepository,
  ) {}

  /** @returns whether it has more to do in the next sync */
  async run(run: SyncRun, state: SyncStateEntity, clock: Clock): Promise<boolean> {
    const now = clock.now();
    const { clientId, context } = run;
    // The first walk has just read everything.
    if (state.reconciledAt === null) {
      await this.states.patch(clientId, { reconciledAt: now });
      return false;
    }
    if (state.reconcileStartedAt === null && now.getTime() - state.reconciledAt.getTime() < DAY_MS) return false;
    const startedAt = state.reconcileStartedAt ?? now;
    const cutoff = new Date(state.reconciledAt.getTime() - DAY_MS);
    const filter = run.capabilities.startedAfter ? { startedAfter: cutoff } : {};
    const resolver = new StatusResolver(this.n8n, run);
    let position = state.reconcilePosition;
    for (let n = 0; n < MAX_PAGES && clock.now().getTime() < now.getTime() + SLICE_MS; n += 1) {
      context.signal.throwIfAborted();
      const page = await this.n8n.listExecutions(run.target, { ...filter, below: position, signal: context.signal });
      const rows = await resolver.resolve(page.rows);
      const next = page.rows.at(-1)?.id ?? position;
      const ended = page.nextCursor === null || next === position || rows.every((row) => (row.startedAt ?? cutoff) < cutoff);
      const fields = ended
        ? { reconciledAt: startedAt, reconcileStartedAt: null, reconcilePosition: null }
        : { reconcileStartedAt: startedAt, reconcilePosition: next };
      await this.store.store(run, clock, rows, async (manager) => {
        await this.states.patch(clientId, fields, manager);
      });
      run.counts.reconciled += rows.length;
      if (ended) return false;
      position = next;
    }
    return true;
  }
}
