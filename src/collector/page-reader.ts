import { type ExecutionPage } from '../n8n-client/index.js';
import { type ExecutionPages } from './execution-pages.js';
import { type SyncRun } from './sync-run.js';

/** Walks the list downwards page by page and asks for the next page while the one before is being stored. */
export class PageReader {
  private ahead: Promise<ExecutionPage> | null = null;

  constructor(
    private readonly pages: ExecutionPages,
    private readonly run: SyncRun,
    private position: string | null,
  ) {}

  /** @param goOn whether the page below this one will be wanted: only then it is asked for already */
  async next(goOn: (page: ExecutionPage) => boolean): Promise<ExecutionPage> {
    const page = await (this.ahead ?? this.pages.below(this.run, this.position));
    this.ahead = null;
    this.position = page.rows.at(-1)?.id ?? this.position;
    if (page.nextCursor !== null && page.rows.length > 0 && goOn(page)) {
      this.ahead = this.pages.below(this.run, this.position);
      this.ahead.catch(() => undefined); // told to whoever asks for it
    }
    return page;
  }

  /** Waits for a page that was asked for and is no longer wanted, so that no request is left under way. */
  async close(): Promise<void> {
    await this.ahead?.catch(() => undefined);
    this.ahead = null;
  }
}
