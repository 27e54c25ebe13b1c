import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExecutionPage, type UnreadPage } from '../n8n-client/index.js';
import { type Ahead } from './ahead.js';
import { type ExecutionPages } from './execution-pages.js';
import { type SyncRun } from './sync-run.js';

/** Pages that are read ahead and stored together. */
const AHEAD = 8;
/** A page waits so long for company: from a slow instance every page is stored as it comes. */
const LINGER_MS = 300;

/** What a reader is told by the walk that it reads for. */
export interface ReaderHooks {
  /** Whether the page below the one that ends with this id will be wanted: only then it is asked for already. */
  goOn: (lowest: string) => boolean;
  /** The last page that is known to be wanted has come; what was read before it may still have to be stored. */
  ended?: (() => void) | undefined;
  /** The top of the list, which may have been asked for already. */
  top?: Ahead<UnreadPage> | undefined;
}

/**
 * Walks the list downwards and goes on reading while what was read is being stored: up to eight pages that come one soon after the
 * other are handed out as one, because a transaction costs much the same for one page and for eight. One request is under way at a
 * time, and the next one leaves before the rows of the page that has come are looked at: n8n is slower than we are.
 */
export class PageReader {
  private readonly came: UnreadPage[] = [];
  private readonly read: ExecutionPage[] = [];
  private reading: Promise<void> | null = null;
  private failure: Error | null = null;
  private wanted = true;

  constructor(
    private readonly pages: ExecutionPages,
    private readonly run: SyncRun,
    private position: string | null,
    private readonly hooks: ReaderHooks,
  ) {}

  /** The next stretch of the list. @throws N8nError when it cannot be read, after everything that was read before */
  async next(): Promise<ExecutionPage> {
    if (this.ahead === 0 && this.failure === null) this.reading ??= this.ask();
    while (this.ahead === 0 && this.reading !== null) await this.reading;
    await this.company();
    const pages = this.read.splice(0);
    const last = pages.at(-1);
    if (last === undefined) throw this.failure ?? new Error('nothing was read');
    this.askAhead();
    return { ...last, rows: pages.flatMap(({ rows }) => rows), setAside: pages.flatMap(({ setAside }) => setAside) };
  }

  /** Waits for the page that is under way, so that no request is left behind. */
  async close(): Promise<void> {
    this.wanted = false;
    while (this.reading !== null) await this.reading;
  }

  /** Something was read, or is being read, that `next` has not handed out. */
  get holdsPages(): boolean {
    return this.ahead > 0 || this.reading !== null;
  }

  private get ahead(): number {
    return this.came.length + this.read.length;
  }

  /** Waits for the pages that are stored with the first one, and reads each of them while n8n works on the next. */
  private async company(): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
    }, LINGER_MS);
    const isLate = new Promise<void>((done) => {
      late.signal.addEventListener('abort', () => {
        done();
      });
    });
    try {
      await this.readRows();
      while (this.reading !== null && !late.signal.aborted) {
        await Promise.race([this.reading, isLate]);
        await this.readRows();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  private async readRows(): Promise<void> {
    await nextTurn();
    this.read.push(...this.came.splice(0).map((page) => page.read()));
  }

  private askAhead(): void {
    if (this.wanted && this.failure === null && this.ahead < AHEAD) this.reading ??= this.ask();
  }

  /** Asks for a page and goes on behind it while more is wanted. Never rejects. */
  private async ask(): Promise<void> {
    try {
      const { top } = this.hooks;
      const isTop = this.position === null && top !== undefined;
      const page = await (isTop ? top.take() : this.pages.unreadBelow(this.run, this.position));
      this.position = page.last?.id ?? this.position;
      this.came.push(page);
      const more = page.nextCursor !== null && page.last !== null && this.hooks.goOn(page.last.id);
      if (this.wanted && !more) this.hooks.ended?.();
      this.wanted &&= more;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    this.reading = null;
    this.askAhead();
  }
}
