import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Client, ClientsService } from '../clients/index.js';
import {
  BriefMemory,
  Clock,
  type LocalDay,
  localDayOf,
  NotFoundError,
  SERVICE_VERSION,
  sha256,
  UnavailableError,
} from '../common/index.js';
import { ClientCommits } from '../database/index.js';
import { type ClientState } from './client-state.js';
import { MetricsReadModel } from './metrics.read-model.js';

/** How a client stands: what a question about it is answered with, and what makes a kept answer true. */
export interface ClientMoment {
  client: Client;
  today: LocalDay;
  /** Last successful sync of its executions. */
  syncedAt: Date | null;
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
 * Another replica's commit is seen after this time (ms) at the latest; a second is promised. Clients that are not there are never
 * remembered, so there are as many entries as clients.
 */
const REMEMBER = { ms: 250, entries: 10_000 };

const MOST_TRIES = 3;

/**
 * How clients stand, read once for the many requests of a short while. What this process commits itself is seen at once.
 * A moment is read before the data that it stands for: an answer that is kept under its key may be newer, never older.
 */
@Injectable()
export class ClientMoments implements OnModuleDestroy {
  private readonly each = new BriefMemory<number, ClientMoment>(REMEMBER);
  private readonly everyone = new BriefMemory<'everyone', EveryMoment>(REMEMBER);
  private readonly stopListening: () => void;
  private commits = 0;

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
    return this.each.get(clientId, () => this.read(clientId));
  }

  async all(): Promise<EveryMoment> {
    return this.everyone.get('everyone', async () => {
      const [readAt, commits] = [this.each.startedReading(), this.commits];
      const everyone = await this.readAll();
      // Unless something was committed meanwhile: then nobody knows of which moment they are.
      if (this.commits === commits) for (const moment of everyone.moments) this.each.put(moment.client.id, moment, readAt);
      return everyone;
    });
  }

  /** As {@link of} and {@link all}, without a wait; `undefined`: nothing is remembered. */
  peek(about: number | 'all'): ClientMoment | EveryMoment | undefined {
    return about === 'all' ? this.everyone.peek('everyone') : this.each.peek(about);
  }

  /** Forgets what is remembered of a client, or of all. */
  forget(clientId?: number): void {
    this.commits += 1;
    this.everyone.forgetAll();
    if (clientId === undefined) this.each.forgetAll();
    else this.each.forget(clientId);
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
    const { dataVersion, rawFloor, coverageMark, zonePending, syncedAt } = state;
    const facts = [dataVersion, rawFloor.getTime(), coverageMark, zonePending, client.updatedAt.getTime(), today];
    return { client, today, syncedAt, key: ['metrics', SERVICE_VERSION, client.id, ...facts].join('|') };
  }
}

function everyoneOf(moments: readonly ClientMoment[]): EveryMoment {
  const synced = moments.map(({ syncedAt }) => syncedAt?.getTime() ?? 0);
  const newest = Math.max(0, ...synced);
  const facts = moments.map(({ key }, i) => `${key}|${synced[i]}`).join('\n');
  const key = `all|${sha256(facts).toString('base64url')}`;
  return { moments, syncedAt: newest === 0 ? null : new Date(newest), key };
}

export function clientIsChanging(clientId: number): UnavailableError {
  return new UnavailableError('client_is_changing', `Client ${clientId} is being changed. Try again in a moment.`);
}
