import { N8nClient, type N8nExecution } from '../n8n-client/index.js';
import { compareIds, nextId } from './ids.js';
import { type KnownExecution } from './known-execution.js';
import { type SyncRun } from './sync-run.js';

const MAX_PAGES = 40;

/**
 * Gives every row of a page a status. Old versions' lists have none: there `finished` means success, and of the rows that are
 * stopped and unfinished those in the `status=error` list failed and the others were canceled (that list holds error and
 * crashed together; the failure's detail tells them apart later). Walks that second list downwards beside the first.
 */
export class StatusResolver {
  private readonly failed = new Set<string>();
  private cursor: string | null | undefined;
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
    return rows.map((row) => ({ ...row, status: row.status ?? this.statusOf(row) }));
  }

  private statusOf(row: N8nExecution): string {
    if (row.waitTill !== null) return 'waiting';
    if (row.stoppedAt === null) return 'unknown';
    return this.failed.has(row.id) ? 'error' : 'canceled';
  }

  /** Reads the list of failures until it has passed the oldest id; begins just above the newest one. */
  private async readDownTo(oldest: string, newest: string): Promise<void> {
    for (let page = 0; page < MAX_PAGES && this.cursor !== null; page += 1) {
      if (this.lowest !== null && compareIds(this.lowest, oldest) <= 0) return;
      const from = this.cursor === undefined ? { below: nextId(newest) } : { cursor: this.cursor };
      const signal = this.run.context.signal;
      const answer = await this.n8n.listExecutions(this.run.target, { status: 'error', ...from, signal });
      for (const row of answer.rows) this.failed.add(row.id);
      this.lowest = answer.rows.at(-1)?.id ?? this.lowest;
      this.cursor = answer.nextCursor;
    }
  }
}
