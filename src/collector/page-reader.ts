import { type ExecutionPage } from '../n8n-client/index.js';
import { type ExecutionPages } from './execution-pages.js';
import { type SyncRun } from './sync-run.js';

/** Pages that are read ahead and stored together. */
const AHEAD = 8;
/** A page waits so long for company: from a slow instance every page is stored as it comes. */
const LINGER_MS = 300;

/**
 * Walks the list downwards and goes on reading while what was read is being stored: up to eight pages that come one soon after the
 * other are handed out as one, because a transaction costs much the same for one page and for eight. One request is under way at a
 * time.
 */
export class PageReader {
  private readonly read: ExecutionPage[] = [];
  private reading: Promise<void> | null = null;
  private failure: Error | null = null;
  private wanted = true;

  /** @param goOn whether the page below this one will be wanted: only then it is asked for already */
  constructor(
    private readonly pages: ExecutionPages,
    private readonly run: SyncRun,
    private position: string | null,
    private readonly goOn: (page: ExecutionPage) => boolean,
  ) {}

  /** The next stretch of the list. @throws N8nError when it cannot be read, after everything that was read before */
  async next(): Promise<ExecutionPage> {
    if (this.read.length === 0 && this.failure === null) this.reading ??= this.readOne();
    while (this.read.length === 0 && this.reading !== null) await this.reading;
    await this.company();
    const pages = this.read.splice(0);
    const last = pages.at(-1);
    if (last === undefined) throw this.failure ?? new Error('nothing was read');
    this.readAhead();
    return { ...last, rows: pages.flatMap(({ rows }) => rows), setAside: pages.flatMap(({ setAside }) => setAside) };
  }

  /** Waits for the page that is under way, so that no request is left behind. */
  async close(): Promise<void> {
    this.wanted = false;
    while (this.reading !== null) await this.reading;
  }

  /** Waits for the pages that are stored with the first one. */
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
    while (this.reading !== null && !late.signal.aborted) await Promise.race([this.reading, isLate]);
    clearTimeout(timer);
  }

  private readAhead(): void {
    if (this.wanted && this.failure === null && this.read.length < AHEAD) this.reading ??= this.readOne();
  }

  /** Reads a page and goes on behind it while more is wanted. Never rejects. */
  private async readOne(): Promise<void> {
    try {
      const page = await this.pages.below(this.run, this.position);
      this.position = page.rows.at(-1)?.id ?? this.position;
      this.read.push(page);
      this.wanted &&= page.nextCursor !== null && page.rows.length > 0 && this.goOn(page);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    this.reading = null;
    this.readAhead();
  }
}
