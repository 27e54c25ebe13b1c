import { Injectable } from '@nestjs/common';
import { AppCache, type CacheOutcome, type Document } from '../cache/index.js';
import { type Client } from '../clients/index.js';
import { type LocalDay, NotFoundError } from '../common/index.js';
import { Answer, type AnswerMeta, type Place } from './answer.js';
import { clientIsChanging, type ClientMoment, ClientMoments, type EveryMoment } from './client-moments.js';
import { CalendarMovedError } from './client-state.js';
import { Content, jsonDocument } from './content.js';
import { Demand } from './demand.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { type Source } from './part.js';
import { type Snapshot } from './snapshot.read-model.js';

/** A computed body and what its age depends on. `computedAt` is ISO text: it is kept with the body. */
export interface Computed<T> {
  body: T;
  source: Source;
  computedAt: string | null;
}

/** What a computation may look at. */
export interface AnswerScope {
  snapshot: Snapshot;
  client: Client;
  today: LocalDay;
}

/** What is asked of a client; `query` in normal form: equal questions, equal text. */
export interface Question {
  clientId: number;
  endpoint: string;
  query: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** Equal questions, equal answers: it may be called again to have an answer ready before it is asked for. */
export type Compute<T> = (scope: AnswerScope) => Promise<Computed<T>>;

const MOST_REMEMBERED = 1_000;

/** Of a client or of all. */
type Moment = ClientMoment | EveryMoment;

const MOST_TRIES = 3;

/**
 * Answers about clients, kept by the version of their data: a kept answer is never older than the moment that its key names, and
 * a moment is never older than a second. What is kept is the finished JSON.
 */
@Injectable()
export class AnswersService {
  private readonly demand = new Demand<{ place: Place; about: number; compute: Compute<unknown> }>(MOST_REMEMBERED);

  constructor(
    private readonly moments: ClientMoments,
    private readonly readModel: MetricsReadModel,
    private readonly cache: AppCache,
  ) {}

  /**
   * The kept answer, else the result of `compute`, which sees one moment of the client's data.
   * @throws NotFoundError `client_not_found`, and whatever `compute` throws
   */
  async cached<T>({ clientId, endpoint, query }: Question, compute: Compute<T>): Promise<Answer<T>> {
    return this.answer(placeOf(clientId, endpoint, query, compute), clientId, compute);
  }

  /** Somebody has asked for this: see {@link makeReady}. */
  noteAsked(place: Place): void {
    const { about, compute, question } = place;
    if (about !== 'all' && compute !== null) this.demand.note(about, question, { place, about, compute });
  }

  /**
   * Makes what is asked most ready: what is not kept is computed, and what is kept for less than `keepMs` as well.
   * @param clientId about one client only
   * @returns how many answers were computed
   */
  async makeReady(limit: number, { clientId, keepMs = 0 }: { clientId?: number; keepMs?: number }): Promise<number> {
    let computed = 0;
    for (const { place, about, compute } of this.demand.top(limit, clientId)) {
      try {
        const { meta } = await this.answer(place, about, compute);
        if (meta.cache !== 'hit' || (await this.renew(place, about, compute, keepMs))) computed += 1;
      } catch (error) {
        // The client or the workflow is gone since it was asked about.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    return computed;
  }

  /** What was asked until now counts half from now on. */
  fadeDemand(): void {
    this.demand.fade();
  }

  /**
   * The kept answer about all clients, else the result of `compute`, which asks about one after the other.
   * @throws whatever `compute` throws
   */
  async cachedOfAll<T>(
    { endpoint, query }: Omit<Question, 'clientId'>,
    compute: (clients: readonly Client[]) => Promise<{ body: T; meta: AnswerMeta }>,
  ): Promise<Answer<T>> {
    const place = placeOf('all', endpoint, query, null);
    const moment = await this.moments.all();
    const key = keyOf(moment, place);
    let computed: CacheOutcome | undefined;
    const { document, outcome } = await this.cache.fetch(key, async () => {
      const { body, meta } = await compute(moment.moments.map(({ client }) => client));
      // Put together from answers that were all there, it needed no computation either.
      computed = meta.cache;
      return jsonDocument(body, { data_at: meta.dataAt?.toISOString() ?? null });
    });
    const meta = metaOf(document, moment.syncedAt, computed ?? outcome);
    return new Answer(Content.kept<T>(document, key, this.cache), meta, place);
  }

  /** The moment that an answer would be of, when it is remembered; nothing is read or waited for. */
  present(place: Place): Moment | undefined {
    return this.moments.peek(place.about);
  }

  /** An answer that was given before, as it is at a moment, when this process has it at hand. */
  atHand(place: Place, moment: Moment): { document: Document; meta: AnswerMeta } | null {
    const document = this.cache.peek(keyOf(moment, place) + place.view(moment.syncedAt));
    return document === undefined ? null : { document, meta: metaOf(document, moment.syncedAt, 'hit') };
  }

  /** Counts that {@link atHand} would have given the same again. */
  countHit(): void {
    this.cache.countHit();
  }

  /**
   * Computes without the cache, for what is cheap or hardly asked twice.
   * @throws as {@link cached}
   */
  async direct<T>(clientId: number, compute: (scope: AnswerScope) => Promise<T>): Promise<Answer<T>> {
    return this.withMoment(clientId, ({ client, today }) =>
      this.readModel.snapshot(client, async (snapshot) => {
        const { syncedAt } = snapshot.state;
        const body = await compute({ snapshot, client, today });
        return new Answer(Content.of(body), { cache: 'bypass', syncedAt, dataAt: syncedAt }, null);
      }),
    );
  }

  private async answer<T>(place: Place, about: number, compute: Compute<T>): Promise<Answer<T>> {
    return this.withMoment(about, async (moment) => {
      const key = keyOf(moment, place);
      const { document, outcome } = await this.cache.fetch(key, () => this.computed(moment, compute));
      return new Answer(Content.kept<T>(document, key, this.cache), metaOf(document, moment.syncedAt, outcome), place);
    });
  }

  private async renew(place: Place, about: number, compute: Compute<unknown>, withinMs: number): Promise<boolean> {
    return this.withMoment(about, (moment) =>
      this.cache.renew(keyOf(moment, place), withinMs, () => this.computed(moment, compute)),
    );
  }

  private async computed({ client, today }: ClientMoment, compute: Compute<unknown>): Promise<Document> {
    return this.readModel.snapshot(client, async (snapshot) => {
      const { body, source, computedAt } = await compute({ snapshot, client, today });
      return jsonDocument(body, { data_at: source === 'rollup' ? computedAt : null });
    });
  }

  /** Tries again with the client as it is now when its zone or week start changed in between. */
  private async withMoment<T>(clientId: number, work: (moment: ClientMoment) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        return await work(await this.moments.of(clientId));
      } catch (error) {
        if (!(error instanceof CalendarMovedError)) throw error;
        this.moments.forget(clientId);
      }
    }
    throw clientIsChanging(clientId);
  }
}

function placeOf(about: Place['about'], endpoint: string, query: Question['query'], compute: Place['compute']): Place {
  return { about, question: `${endpoint}|${normalised(query)}`, view: () => '', compute };
}

/** Of the answer that was computed, before anything was made of it. */
function keyOf(moment: Moment, { question }: Place): string {
  return `${moment.key}|${question}`;
}

/** An answer without a time of its own is as old as the sync. */
function metaOf({ facts }: Document, syncedAt: Date | null, cache: CacheOutcome): AnswerMeta {
  return { cache, syncedAt, dataAt: facts.data_at == null ? syncedAt : new Date(facts.data_at) };
}

/** Equal questions, equal text. */
function normalised(query: Question['query']): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
