import { N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { compareIds, nextId } from './ids.js';
import { type KnownExecution } from './known-execution.js';
import { type SyncRun } from './sync-run.js';

const MAX_PAGES = 40;

/**
 * Gives every row of a page a status. Old versions' lists have none: there `finished` means success, and of the rows that are
 * stopped and unfinished those in the `status=error` list failed and the others were canceled (that list holds error and
 * crashed together; the failure's detail tells them apart later). Walks that second list downwards beside the first.
 * Between the two lists n8n may have deleted a failure, so "canceled" needs to be in the first list still; else nobody knows.
 */
export class StatusResolver {
  private readonly failed = new Set<string>();
  /** The list of failures was read to its end. */
  private ended = false;
  private lowest: string | null = null;

  constructor(
    private readonly n8n: N8nClient,
    private readonly run: SyncRun,
  ) {}

  /** The same rows, each with a status. */
  async resolve(rows: readonly N8nExecution[]): Promise<KnownExecution[]> {
    const unclear = rows.filter((row) => row.status === null && row.stoppedAt !== null && row.waitTill === null);
    const ids = unclear.map((row) => row.id).sort(compareIds);
    const [oldest, newest] = [ids[0], ids.at(-1)];
    if (oldest !== undefined && newest !== undefined) await this.readDownTo(oldest, newest);
    const stillThere = await this.stillListed(ids.filter((id) => !this.failed.has(id)));
    return rows.map((row) => (hasStatus(row) ? row : { ...row, status: this.statusOf(row, stillThere) }));
  }

  private statusOf(row: N8nExecution, stillThere: ReadonlyMap<string, N8nExecution>): string {
    if (row.waitTill !== null) return 'waiting';
    if (row.stoppedAt === null) return 'unknown';
    if (this.failed.has(row.id)) return 'error';
    if (!this.isReadDownTo(row.id)) return 'unknown';
    const again = stillThere.get(row.id);
    const isSame = again?.workflowId === row.workflowId && again.stoppedAt?.getTime() === row.stoppedAt.getTime();
    return isSame ? 'canceled' : 'unknown';
  }

  /** One more look at those of the given rows that are in the list now. @param ids oldest first */
  private async stillListed(ids: readonly string[]): Promise<ReadonlyMap<string, N8nExecution>> {
    const newest = ids.at(-1);
    if (newest === undefined) return new Map();
    const signal = this.run.context.signal;
    const answer = await this.n8n.listExecutions(this.run.target, { below: nextId(newest), signal });
    return new Map(answer.rows.map((row) => [row.id, row]));
  }

  /** Reads the list of failures until it has passed the oldest id; begins just above the newest one. */
  private async readDownTo(oldest: string, newest: string): Promise<void> {
    const { signal } = this.run.context;
    for (let page = 0; page < MAX_PAGES && !this.isReadDownTo(oldest); page += 1) {
      const below = this.lowest ?? nextId(newest);
      const answer = await this.n8n.listExecutions(this.run.target, { status: 'error', below, signal });
      for (const row of answer.rows) this.failed.add(row.id);
      this.ended = answer.nextCursor === null;
      const lowest = answer.rows.at(-1)?.id;
      // It repeats itself: what lies below is looked at again later.
      if (lowest === undefined || (this.lowest !== null && compareIds(lowest, this.lowest) >= 0)) return;
      this.lowest = lowest;
    }
  }

  /** Whether every failure from the top down to this id was seen: only there a row that is none of them was canceled. */
  private isReadDownTo(id: string): boolean {
    return this.ended || (this.lowest !== null && compareIds(this.lowest, id) <= 0);
  }
}

function hasStatus(row: N8nExecution): row is KnownExecution {
  return row.status !== null;
}
