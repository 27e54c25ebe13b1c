import { createHash } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Client, ClientsService } from '../clients/index.js';
import { Clock, type LocalDay, localDayOf, NotFoundError, SERVICE_VERSION, UnavailableError } from '../common/index.js';
import { ClientCommits } from '../database/index.js';
import { type ClientState } from './client-state.js';
import { MetricsReadModel } from './metrics.read-model.js';

/** How a client stands: what a question about it is answered with, and what makes a kept answer true. */
export interface ClientMoment {
  client: Client;
  state: ClientState;
  today: LocalDay;
  /** Begins the key of everything that is kept about this moment. Another moment, another key. */
  key: string;
}

/** How all clients that are not deleted stand, by id. */
export interface EveryMoment {
  moments: readonly ClientMoment[];
  /** Last successful sync of any of them. */
  syncedAt: Date | null;
  /** As that of a client, and the times of the last syncs are in it: answers about all clients show them. */
  key: string;
}

/**
 * How long a moment is remembered, counted from before it was read, in ms. Another replica's commit is seen after that time at
 * the latest; a second is promised.
 */
const REMEMBER_MS = 250;

const MOST_TRIES = 3;

interface Remembered<T> {
  readAt: number;
  moment: Promise<T>;
}

/**
 * How clients stand, read once for the many requests of a short while. What this process commits itself is seen at once.
 * A moment is read before the data that it stands for: an answer that is kept under its key may be newer, never older.
 */
@Injectable()
export class ClientMoments implements OnModuleDestroy {
  private readonly remembered = new Map<number, Remembered<ClientMoment>>();
  private everyone: Remembered<EveryMoment> | null = null;
  private readonly stopListening: () => void;

  constructor(
    private readonly clients: ClientsService,
    private readonly readModel: MetricsReadModel,
    private readonly clock: Clock,
    commits: ClientCommits,
  ) {
    this.stopListening = commits.listen((clientId) => {
      this.forget(clientId);
    });
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  /** @throws NotFoundError `client_not_found` */
  async of(clientId: number): Promise<ClientMoment> {
    const known = this.remembered.get(clientId);
    if (known !== undefined && isFresh(known)) return known.moment;
    const reading = { readAt: performance.now(), moment: this.read(clientId) };
    this.remembered.set(clientId, reading);
    try {
      return await reading.moment;
    } catch (error) {
      // Nothing is remembered of clients that are not there: anybody may ask for any number.
      if (this.remembered.get(clientId) === reading) this.remembered.delete(clientId);
      throw error;
    }
  }

  async all(): Promise<EveryMoment> {
    if (this.everyone !== null && isFresh(this.everyone)) return this.everyone.moment;
    const reading = { readAt: performance.now(), moment: this.readAll() };
    this.everyone = reading;
    try {
      const everyone = await reading.moment;
      // Unless something was committed meanwhile: then nobody knows of which moment they are.
      if (this.everyone === reading) this.rememberEach(everyone.moments, reading.readAt);
      return everyone;
    } catch (error) {
      if (this.everyone === reading) this.everyone = null;
      throw error;
    }
  }

  /** Forgets what is remembered of a client, or of all. */
  forget(clientId?: number): void {
    this.everyone = null;
    if (clientId === undefined) this.remembered.clear();
    else this.remembered.delete(clientId);
  }

  private rememberEach(moments: readonly ClientMoment[], readAt: number): void {
    for (const moment of moments) {
      const known = this.remembered.get(moment.client.id);
      if (known === undefined || known.readAt < readAt) {
        this.remembered.set(moment.client.id, { readAt, moment: Promise.resolve(moment) });
      }
    }
  }

  /** Reads again when the zone or week start changed between client and state. */
  private async read(clientId: number): Promise<ClientMoment> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const client = await this.clients.get(clientId);
      const state = await this.readModel.state(client);
      if (state !== null) return this.momentOf(client, state);
    }
    throw clientIsChanging(clientId);
  }

  private async readAll(): Promise<EveryMoment> {
    const clients = await this.clients.allClients();
    const states = await this.readModel.states(clients);
    const moments: ClientMoment[] = [];
    for (const client of clients) {
      const state = states.get(client.id);
      const moment = state === undefined ? await this.readUnlessGone(client.id) : this.momentOf(client, state);
      if (moment !== null) moments.push(moment);
    }
    return everyoneOf(moments);
  }

  /** `null` for a client that was deleted since the list was made. */
  private async readUnlessGone(clientId: number): Promise<ClientMoment | null> {
    try {
      return await this.read(clientId);
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }

  private momentOf(client: Client, state: ClientState): ClientMoment {
    const today = localDayOf(this.clock.now(), client.timezone);
    const { dataVersion, rawFloor, coverageMark, appliedTimezone } = state;
    const facts = [dataVersion, rawFloor.getTime(), coverageMark, appliedTimezone, client.updatedAt.getTime(), today];
    return { client, state, today, key: ['metrics', SERVICE_VERSION, client.id, ...facts].join('|') };
  }
}

function isFresh({ readAt }: Remembered<unknown>): boolean {
  return performance.now() - readAt < REMEMBER_MS;
}

function everyoneOf(moments: readonly ClientMoment[]): EveryMoment {
  const synced = moments.map(({ state }) => state.syncedAt?.getTime() ?? 0);
  const newest = Math.max(0, ...synced);
  const facts = moments.map(({ key }, i) => `${key}|${synced[i]}`).join('\n');
  const key = `all|${createHash('sha256').update(facts).digest('base64url')}`;
  return { moments, syncedAt: newest === 0 ? null : new Date(newest), key };
}

export function clientIsChanging(clientId: number): UnavailableError {
  return new UnavailableError('client_is_changing', `Client ${clientId} is being changed. Try again in a moment.`);
}
