import { Injectable } from '@nestjs/common';
import { N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { ExecutionWindowReadModel } from './execution-window.read-model.js';
import { isSmallNumber, nextId } from './ids.js';
import { type SyncRun } from './sync-run.js';

/** Halving a bigint takes no longer. */
const MAX_PROBES = 64;

/** How far back the instance shows executions. */
export interface VisibleWindow {
  rows: number;
  oldest: Date;
  /** Something older is stored that it no longer shows. */
  prunes: boolean;
}

/**
 * Finds the oldest execution that n8n still shows, by halving between the oldest stored id and the newest: about fifteen small
 * requests. Asks for successes: running and waiting ones are never pruned.
 */
@Injectable()
export class WindowProbe {
  constructor(
    private readonly n8n: N8nClient,
    private readonly stored: ExecutionWindowReadModel,
  ) {}

  /** `null` when there is nothing to measure by. */
  async measure(run: SyncRun): Promise<VisibleWindow | null> {
    const lowest = await this.stored.lowestSuccess(run.clientId);
    const newest = await this.shownAtOrBelow(run, null);
    if (lowest === null || newest === null || !isSmallNumber(newest.id)) return null;
    let oldest = newest;
    let from = BigInt(lowest);
    for (let n = 0; n < MAX_PROBES && from < BigInt(oldest.id); n += 1) {
      // The oldest stored one first: where nothing is pruned, one question is enough.
      const at = n === 0 ? from : (from + BigInt(oldest.id) - 1n) / 2n;
      const found = await this.shownAtOrBelow(run, at.toString());
      if (found === null || !isSmallNumber(found.id)) from = at + 1n;
      else oldest = found;
    }
    const start = oldest.startedAt ?? oldest.stoppedAt;
    if (start === null) return null;
    return { rows: await this.stored.countFrom(run.clientId, start), oldest: start, prunes: BigInt(oldest.id) > BigInt(lowest) };
  }

  /** Whether successes are stored that lie below the lowest id which the instance shows. */
  async isGoneBelow(run: SyncRun, lowestShown: string): Promise<boolean> {
    const lowest = await this.stored.lowestSuccess(run.clientId);
    return lowest !== null && isSmallNumber(lowestShown) && BigInt(lowest) < BigInt(lowestShown);
  }

  private async shownAtOrBelow(run: SyncRun, id: string | null): Promise<N8nExecution | null> {
    const below = id === null ? null : nextId(id);
    const page = await this.n8n.listExecutions(run.target, { below, limit: 1, status: 'success', signal: run.context.signal });
    return page.rows[0] ?? null;
  }
}
