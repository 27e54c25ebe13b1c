import { type CacheOutcome } from '../cache/index.js';
import { type Compute } from './answers.service.js';
import { type Content } from './content.js';

/** What the headers say of an answer. */
export interface AnswerMeta {
  cache: CacheOutcome;
  /** Last successful sync of the client's executions. */
  syncedAt: Date | null;
  /** Since when the figures are as they are: computed with the newest rollup, or as of the sync when raw is in them. */
  dataAt: Date | null;
}

/** Where a kept answer is found again, whatever has changed since: not at one moment of the data but at the present one. */
export interface Place {
  /** A client, or all of them. */
  about: number | 'all';
  /** Endpoint and query in normal form. */
  question: string;
  /** What was made of the answer that was computed, and for whom it depends on the time of the last sync. */
  view: (syncedAt: Date | null) => string;
  /** Computes what is kept, before any view; `null` for answers about all clients, which are put together from others. */
  compute: Compute<unknown> | null;
}

/** What is said, and what the headers say of it. */
export class Answer<T> {
  constructor(
    readonly content: Content<T>,
    readonly meta: AnswerMeta,
    /** `null`: it is not kept. */
    readonly place: Place | null,
  ) {}

  /** The body as an object. Kept bytes have to be parsed for it: what is only handed on never asks. */
  get body(): T {
    return this.content.value();
  }

  /**
   * Another body made of this one, without reading anything else; kept beside this one.
   * @param view everything but this body that the other one depends on
   */
  map<U>(view: string | ((syncedAt: Date | null) => string), of: (body: T) => U): Answer<U> {
    const viewAt = typeof view === 'string' ? () => view : view;
    const { place } = this;
    return new Answer(
      this.content.map(viewAt(this.meta.syncedAt), of),
      this.meta,
      place === null ? null : { ...place, view: (syncedAt) => `${place.view(syncedAt)}|${viewAt(syncedAt)}` },
    );
  }
}
