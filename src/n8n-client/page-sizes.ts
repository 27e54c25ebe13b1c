import { N8nError } from './n8n-error.js';
import { afterFailure, afterPage, type AnsweredPage, CAREFUL_PAGE, LARGEST_PAGE, pagesStartingAt } from './page-size.js';

/** Lists whose pages are sized here. Workflows come with their nodes, so their pages weigh something else. */
export type PagedList = 'executions' | 'workflows';

/** The current page sizes of one instance, list by list. */
export class PageSizes {
  private readonly states = {
    executions: pagesStartingAt(CAREFUL_PAGE),
    workflows: pagesStartingAt(LARGEST_PAGE),
  };

  /** Rows that the next page asks for. */
  of(list: PagedList): number {
    return this.states[list].size;
  }

  /** Sets where a list begins. The same start again changes nothing: what was learned since stays. */
  startAt(list: PagedList, size: number): void {
    const fresh = pagesStartingAt(size);
    if (fresh.start !== this.states[list].start) this.states[list] = fresh;
  }

  answered(list: PagedList, page: AnsweredPage): void {
    this.states[list] = afterPage(this.states[list], page);
  }

  /** @returns the error to go on with: one that fewer rows may cure is worth another try when the next page is smaller */
  failed(list: PagedList, limit: number, error: N8nError): N8nError {
    this.states[list] = afterFailure(this.states[list], limit, error);
    if (error.code !== 'too_large' || this.of(list) >= limit) return error;
    return new N8nError(error.code, error.message, { status: error.status, retryable: true, cause: error });
  }
}
