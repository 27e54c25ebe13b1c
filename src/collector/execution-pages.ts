import { Injectable, Logger } from '@nestjs/common';
import { type ExecutionPage, N8nClient, N8nError, type UnreadPage } from '../n8n-client/index.js';
import { compareIds } from './ids.js';
import { StatusResolver } from './status-resolver.js';
import { type SyncRun } from './sync-run.js';

/** An answer that is no page below the position may be a passing fault: it is asked for again so often. */
const MAX_STALLS = 3;
/** Pages in a row of which not one row can be read. */
const MAX_UNREADABLE = 40;

/** Reads the list of executions page by page, by cursors of our own: what n8n says of the next page cannot lead a walk astray. */
@Injectable()
export class ExecutionPages {
  private readonly logger = new Logger(ExecutionPages.name);

  constructor(private readonly n8n: N8nClient) {}

  /**
   * The page below an id, or the first one, with its rows still to be read. Without rows only when the list has ended.
   * @throws N8nError `bad_answer` when the instance keeps answering something else than what lies below: the walk stays where it is
   */
  async unreadBelow(run: SyncRun, position: string | null): Promise<UnreadPage> {
    const { signal } = run.context;
    let cursor: string | null = null;
    for (let stalls = 0, unreadable = 0; stalls < MAX_STALLS && unreadable < MAX_UNREADABLE;) {
      const unread: UnreadPage = await this.n8n.fetchExecutions(
        run.target,
        cursor === null ? { below: position, signal } : { cursor, signal },
      );
      const read = (): ExecutionPage => this.told(run, unread.read());
      if (unread.last !== null && isBelow(unread.last, position)) return { ...unread, read };
      const page = read();
      if (page.rows.length === 0) {
        if (page.nextCursor === null) return asUnread(page);
        cursor = page.nextCursor; // not one row could be read: go on below them
        unreadable += 1;
      } else if (page.rows.some((row) => isBelow(row, position))) {
        return asUnread(page);
      } else {
        cursor = null;
        stalls += 1;
      }
    }
    const text = `The list of executions does not go on below ${position ?? 'its top'}: the instance repeats itself. The next sync tries again from there.`;
    throw new N8nError('bad_answer', text, { retryable: true });
  }

  /** The page, with what cannot be read counted and told: such a row costs only itself. */
  private told(run: SyncRun, page: ExecutionPage): ExecutionPage {
    run.counts.set_aside += page.setAside.length;
    const [first] = page.setAside;
    if (first === undefined) return page;
    const message = `client ${run.clientId}: ${page.setAside.length} rows of a page cannot be read and are set aside, the first one (${first.id ?? 'without an id'}): ${first.reason}`;
    this.logger.warn({ message, client_id: run.clientId });
    return page;
  }

  /** {@link unreadBelow}, read at once. */
  async below(run: SyncRun, position: string | null): Promise<ExecutionPage> {
    return (await this.unreadBelow(run, position)).read();
  }

  /** Gives the rows of a walk their statuses. */
  resolver(run: SyncRun): StatusResolver {
    return new StatusResolver(this.n8n, run);
  }
}

function isBelow({ id }: { id: string }, position: string | null): boolean {
  return position === null || compareIds(id, position) < 0;
}

function asUnread(page: ExecutionPage): UnreadPage {
  return { last: page.rows.at(-1) ?? null, nextCursor: page.nextCursor, read: () => page };
}
