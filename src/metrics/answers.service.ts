import { Injectable } from '@nestjs/common';
import { AppCache, type CacheOutcome } from '../cache/index.js';
import { type Client, ClientsService } from '../clients/index.js';
import { Clock, type LocalDay, localDayOf, UnavailableError } from '../common/index.js';
import { CalendarMovedError } from './client-state.js';
import { MetricsReadModel } from './metrics.read-model.js';
import { type Source } from './part.js';
import { type Snapshot } from './snapshot.read-model.js';

/** A body with what its headers say. */
export interface Answer<T> {
  body: T;
  cache: CacheOutcome;
  /** Last successful sync of the client's executions. */
  syncedAt: Date | null;
  /** Since when the figures are as they are: computed with the newest rollup, or as of the sync when raw is in them. */
  dataAt: Date | null;
}

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

const MOST_TRIES = 3;

/**
 * Answers about a client, kept by the version of its data: a kept answer is never older than the last commit. The version is
 * read before the cache is asked; an answer that is computed may be newer than the version it is kept under, never older.
 */
@Injectable()
export class AnswersService {
  constructor(
    private readonly clients: ClientsService,
    private readonly readModel: MetricsReadModel,
    private readonly cache: AppCache,
    private readonly clock: Clock,
  ) {}

  /**
   * The kept answer, else the result of `compute`, which sees one moment of the client's data.
   * @throws NotFoundError `client_not_found`, and whatever `compute` throws
   */
  async cached<T>(question: Question, compute: (scope: AnswerScope) => Promise<Computed<T>>): Promise<Answer<T>> {
    return this.withCalendar(question.clientId, async (client) => {
      const state = await this.readModel.state(client);
      const today = localDayOf(this.clock.now(), client.timezone);
      const { dataVersion, rawFloor, coverageMark, appliedTimezone, syncedAt } = state;
      const moment = [dataVersion, rawFloor.getTime(), coverageMark, appliedTimezone, client.updatedAt.getTime(), today];
      const key = ['metrics', client.id, question.endpoint, normalised(question.query), ...moment].join('|');
      const { value, outcome } = await this.cache.fetch(key, () =>
        this.readModel.snapshot(client, (snapshot) => compute({ snapshot, client, today })),
      );
      const computedAt = value.computedAt === null ? null : new Date(value.computedAt);
      const dataAt = value.source === 'rollup' ? (computedAt ?? syncedAt) : syncedAt;
      return { body: value.body, cache: outcome, syncedAt, dataAt };
    });
  }

  /**
   * Computes without the cache, for what is cheap or hardly asked twice.
   * @throws as {@link cached}
   */
  async direct<T>(clientId: number, compute: (scope: AnswerScope) => Promise<T>): Promise<Answer<T>> {
    return this.withCalendar(clientId, async (client) => {
      const today = localDayOf(this.clock.now(), client.timezone);
      return this.readModel.snapshot(client, async (snapshot) => {
        const { syncedAt } = snapshot.state;
        return { body: await compute({ snapshot, client, today }), cache: 'bypass', syncedAt, dataAt: syncedAt };
      });
    });
  }

  /** Tries again with the client as it is now when its zone or week start changed in between. */
  private async withCalendar<T>(clientId: number, work: (client: Client) => Promise<T>): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const client = await this.clients.get(clientId);
      try {
        return await work(client);
      } catch (error) {
        if (!(error instanceof CalendarMovedError)) throw error;
      }
    }
    throw new UnavailableError('client_is_changing', `Client ${clientId} is being changed. Try again in a moment.`);
  }
}

function normalised(query: Question['query']): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
