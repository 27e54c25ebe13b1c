import { type CacheOutcome } from '../cache/index.js';
import { type Content } from './content.js';

/** What the headers say of an answer. */
export interface AnswerMeta {
  cache: CacheOutcome;
  /** Last successful sync of the client's executions. */
  syncedAt: Date | null;
  /** Since when the figures are as they are: computed with the newest rollup, or as of the sync when raw is in them. */
  dataAt: Date | null;
}

/** What is said, and what the headers say of it. */
export class Answer<T> {
  constructor(
    readonly content: Content<T>,
    readonly meta: AnswerMeta,
  ) {}

  /** The body as an object. Kept bytes have to be parsed for it: what is only handed on never asks. */
  get body(): T {
    return this.content.value();
  }

  /**
   * Another body made of this one, without reading anything else; kept beside this one.
   * @param view everything but this body that the other one depends on
   */
  map<U>(view: string, of: (body: T) => U): Answer<U> {
    return new Answer(this.content.map(view, of), this.meta);
  }
}
