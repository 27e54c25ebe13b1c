import { type Loss, type SimulatedInstance, type TruthRow } from '../../simulator/index.js';
import { isUnreadable } from './executions.js';
import { keyOf, type Sightings } from './sightings.js';

/** An execution that happened and of which n8n has nothing any more. */
export interface Gone {
  key: string;
  id: string;
  /** When it was created and when it started (else created again), ms. */
  times: readonly [number, number];
  reason: Loss['reason'] | 'replaced';
  /** The first and the last database that had it, by number from 0: a restored backup has what came before. */
  first: number;
  last: number;
}

type Known = Pick<TruthRow, 'id' | 'createdAt' | 'startedAt'> & { reason: Gone['reason'] };

/** Everything that ever happened on an instance, over all the databases it has had. */
export class Past {
  private readonly earlierLosses: Loss[][] = [];

  constructor(
    private readonly instance: SimulatedInstance,
    private readonly sightings: Sightings,
  ) {}

  /** How often the database was replaced. */
  get replacements(): number {
    return this.earlierLosses.length;
  }

  /** `change` puts another database in place; ids up to `kept` are the same executions in it. */
  replacedBy(kept: number, change: () => void): void {
    this.earlierLosses.push(this.instance.losses());
    change();
    this.sightings.replaced(kept);
  }

  /** What n8n has now and shows in a way that can be read. */
  live(): TruthRow[] {
    return this.instance.truth().filter((row) => row.gone === null && !isUnreadable(row));
  }

  /** What it had and has no more, each once. */
  gone(): Gone[] {
    const live = new Set(this.live().map(keyOf));
    const gone = new Map<string, Gone>();
    for (let database = 0; database <= this.replacements; database += 1) {
      for (const row of this.knownTo(database)) {
        const key = keyOf(row);
        if (live.has(key)) continue;
        const times = [Date.parse(row.createdAt), Date.parse(row.startedAt ?? row.createdAt)] as const;
        const first = gone.get(key)?.first ?? database;
        gone.set(key, { key, id: row.id, times, reason: row.reason, first, last: database });
      }
    }
    return [...gone.values()];
  }

  /** All that one database knew at its end, what it never saved among it. */
  private knownTo(database: number): Known[] {
    const truth = this.instance.earlierTruths()[database] ?? this.instance.truth();
    const losses = this.earlierLosses[database] ?? this.instance.losses();
    const rows = truth
      .filter((row) => !isUnreadable(row))
      .map((row) => ({ ...row, reason: row.gone?.reason ?? 'replaced' }) as const);
    return [...rows, ...losses.filter(({ reason }) => reason === 'unsaved')];
  }
}
