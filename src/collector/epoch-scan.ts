import { Injectable } from '@nestjs/common';
import { ClientLock } from '../database/index.js';
import { agreements, contradictions } from './contradictions.js';
import { ExecutionPages } from './execution-pages.js';
import { ExecutionsRepository } from './executions.repository.js';
import { compareIds, nextId } from './ids.js';
import { type SyncRun } from './sync-run.js';

const MAX_PAGES = 2_000;

/** Where the database that n8n shows now and the stored one part. */
export interface Parting {
  /** The lowest id under which they differ. */
  first: string;
  /** The highest id below it under which they agree; `null` when they agree nowhere. */
  agreed: string | null;
}

/** Reads n8n's list downwards without writing anything and compares it with what is stored. */
@Injectable()
export class EpochScan {
  constructor(
    private readonly pages: ExecutionPages,
    private readonly lock: ClientLock,
    private readonly executions: ExecutionsRepository,
  ) {}

  /** Goes down until both agree again, until nothing is stored to compare with, or to the end of the list. */
  async downFrom(run: SyncRun, contradicting: readonly string[]): Promise<Parting> {
    const resolver = this.pages.resolver(run);
    const [lowestKnown = '', ...others] = [...contradicting].sort(compareIds);
    // All of them count: those that run are in no list that this can go down.
    let first = lowestKnown;
    let position: string | null = nextId(others.at(-1) ?? lowestKnown) ?? null;
    for (let n = 0; n < MAX_PAGES; n += 1) {
      run.context.signal.throwIfAborted();
      const page = await this.pages.below(run, position);
      const rows = await resolver.resolve(page.rows);
      const stored = await this.lock.run(run.clientId, (manager, state) =>
        this.executions.stored(
          manager,
          state,
          rows.map((row) => row.id),
        ),
      );
      const lowest = contradictions(rows, stored).sort(compareIds)[0];
      if (lowest !== undefined && compareIds(lowest, first) < 0) first = lowest;
      const agreed = agreements(rows, stored).filter((id) => compareIds(id, first) < 0);
      const highest = agreed.sort(compareIds).at(-1);
      if (highest !== undefined) return { first, agreed: highest };
      if (page.nextCursor === null || rows.length === 0 || (lowest === undefined && stored.size === 0)) break;
      position = rows.at(-1)?.id ?? position;
    }
    return { first, agreed: null };
  }
}
