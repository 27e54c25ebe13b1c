import { type Random } from '../../simulator/index.js';
import { Replica } from './replica.js';

interface Place {
  replica: Replica | null;
  /** Resolves when a replica is up in this place. */
  coming: Promise<Replica>;
}

/** The replicas of one service: who is killed comes back in the background, while the others go on. */
export class Replicas {
  private readonly places: Place[] = [];
  private closed = false;

  private constructor(private readonly databaseUrl: string) {}

  static async start(databaseUrl: string, count: number): Promise<Replicas> {
    const replicas = new Replicas(databaseUrl);
    for (let n = 0; n < count; n += 1) replicas.places.push(replicas.open());
    await replicas.all();
    return replicas;
  }

  /** Waits until every replica is up. @throws Error when one does not come up */
  async all(): Promise<void> {
    this.replaceDead();
    await Promise.all(this.places.map((place) => place.coming));
  }

  /** `n` different ones that are up; waits when there are fewer. Which ones depends on `random` and on who is up. */
  async some(n: number, random: Random): Promise<Replica[]> {
    this.replaceDead();
    const first = random.below(this.places.length);
    const order = [...this.places.slice(first), ...this.places.slice(0, first)];
    const up = (): Replica[] => order.flatMap(({ replica }) => (replica?.alive === true ? [replica] : [])).slice(0, n);
    if (up().length < n) await this.all();
    return up();
  }

  /** `kill -9`; a successor is started. */
  async kill(victim: Replica): Promise<void> {
    await victim.kill();
    this.replaceDead();
  }

  /** Ends every process, those that are still coming up too. */
  async close(): Promise<void> {
    this.closed = true;
    const started = await Promise.allSettled(this.places.map((place) => place.coming));
    await Promise.all(started.flatMap((result) => (result.status === 'fulfilled' ? [result.value.kill()] : [])));
  }

  private replaceDead(): void {
    if (this.closed) return;
    for (const [index, { replica }] of this.places.entries()) {
      if (replica?.alive === false) this.places[index] = this.open();
    }
  }

  private open(): Place {
    const place: Place = { replica: null, coming: Replica.start(this.databaseUrl) };
    place.coming.then(
      (replica) => {
        place.replica = replica;
      },
      () => undefined, // whoever needs it next is told
    );
    return place;
  }
}
