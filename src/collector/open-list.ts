import { type KnownExecution } from './known-execution.js';

/** Executions that n8n lists as open, page by page. The first page can be asked for before anybody has time for its rows. */
export class OpenList {
  private first: Promise<IteratorResult<KnownExecution[], void>> | null = null;

  constructor(private readonly source: AsyncGenerator<KnownExecution[], void>) {}

  /** Sends the first request, unless it has been sent. Its failure is told by `pages`. */
  ask(): void {
    if (this.first !== null) return;
    this.first = this.source.next();
    this.first.catch(() => undefined);
  }

  /** All pages, once. @throws N8nError */
  async *pages(): AsyncGenerator<KnownExecution[], void> {
    this.ask();
    for (let page = await this.first; page?.done === false; page = await this.source.next()) yield page.value;
  }

  /** Waits for the request that is under way, if nobody took its answer. */
  async close(): Promise<void> {
    await this.first?.catch(() => undefined);
  }
}
