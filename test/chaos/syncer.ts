import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, type SimulatedInstance } from '../../simulator/index.js';
import { type Command, type Ended, type Replica, type ReplicaError } from './replica.js';
import { type Sightings, type Watch } from './sightings.js';
import { type Troubles } from './troubles.js';

const MAX_SLICES = 20;
const LATEST_MS = 150;
/** From the arrival of a request to the end of what is done with its answer, on most machines. */
const SETTLED_MS = 15;

/** What happens to one sync. */
export interface Circumstances {
  /** Another sync of the same client runs beside it, which may take over. */
  contested?: boolean;
  /** Happens on the side of n8n when the n-th request has arrived. */
  surprise?: { nth: number; action: () => void };
}

/** Lets replicas sync the client of one instance, sees what they could see, and collects what must never happen. */
export class Syncer {
  readonly complaints: string[] = [];
  /** Whether any sync came through so far. */
  cameThrough = false;
  /** How many requests the recent syncs made: a strike must not come too late. */
  private usualRequests = 30;

  constructor(
    private readonly instance: SimulatedInstance,
    private readonly clientId: number,
    private readonly sightings: Sightings,
    private readonly troubles: Troubles,
    private readonly random: Random,
  ) {}

  /** Syncs until the walk is done. @returns `null` when it came through, else why not */
  async sync(replica: Replica, { contested = false, surprise }: Circumstances = {}): Promise<string | null> {
    const full = this.random.chance(0.3);
    for (let slice = 0; slice < MAX_SLICES; slice += 1) {
      const withdraw = this.prepare(surprise);
      const ended = await this.syncOnce(replica, full);
      withdraw();
      if (ended.kind !== 'done')
        return this.judge(ended, (error) => isN8ns(error) || (contested && error.name === 'SyncSupersededError'));
      if (!hasMore(ended)) return null;
    }
    this.complaints.push(`a walk did not end in ${MAX_SLICES} syncs`);
    return 'no end';
  }

  /** Begins a sync, and `strike` hits it: when a request has arrived, or after a while; at rest when the sync was too fast. */
  async syncInto(strike: () => Promise<void>, replica: Replica): Promise<void> {
    const { instance, random } = this;
    let struck: Promise<void> | null = null;
    const delay = random.below(SETTLED_MS);
    const onRequest = (): void => {
      struck = sleep(delay).then(strike);
    };
    const byRequest = random.chance(0.7);
    const withdraw = instance.requests.when(byRequest ? 1 + random.below(this.usualRequests) : Infinity, onRequest);
    if (!byRequest) struck = sleep(random.below(LATEST_MS)).then(strike);
    const ended = await this.syncOnce(replica, false);
    withdraw();
    await (struck ?? strike());
    // Whatever the stricken one says: its successors are judged.
    if (ended.kind === 'stuck') this.judge(ended, () => false);
  }

  async rollUp(replica: Replica): Promise<void> {
    const ended = await this.ask(replica, { name: 'rollup', clientId: this.clientId });
    if (ended.kind !== 'done') this.complaints.push(`a rollup ended as ${describe(ended)}`);
  }

  private prepare(surprise: Circumstances['surprise']): () => void {
    if (surprise === undefined) return () => undefined;
    return this.instance.requests.when(surprise.nth, () => {
      this.sightings.note();
      surprise.action();
      this.sightings.note();
    });
  }

  private async syncOnce(replica: Replica, full: boolean): Promise<Ended> {
    const watch: Watch = this.sightings.open();
    const before = this.instance.requests.total;
    const ended = await this.ask(replica, { name: 'sync', clientId: this.clientId, full });
    this.usualRequests = Math.ceil((this.usualRequests + this.instance.requests.total - before) / 2);
    const cameThrough = ended.kind === 'done' && !hasMore(ended);
    this.cameThrough ||= cameThrough;
    this.sightings.close(watch, cameThrough && !this.troubles.lying);
    return ended;
  }

  /** A strike cuts the connections that other replicas keep as well, and the next to use one may come before its end was noticed: like a job, tries once more. */
  private async ask(replica: Replica, command: Command): Promise<Ended> {
    const ended = await replica.ask(command, this.instance.clock.now());
    return ended.kind === 'failed' && isCut(ended.error) ? replica.ask(command, this.instance.clock.now()) : ended;
  }

  /** What is not expected is a defect. */
  private judge(ended: Ended, isExpected: (error: ReplicaError) => boolean): string {
    const text = describe(ended);
    if (ended.kind !== 'failed' || !isExpected(ended.error)) this.complaints.push(`a sync ended as ${text}`);
    return text;
  }
}

function hasMore({ result }: Extract<Ended, { kind: 'done' }>): boolean {
  return (result as { more: boolean }).more;
}

/** n8n's faults may make a sync fail; a sync that takes too long is aborted, and that is none of them. */
function isN8ns({ name, code }: ReplicaError): boolean {
  return name === 'N8nError' && code !== 'aborted';
}

function isCut({ message }: ReplicaError): boolean {
  return /terminating connection due to administrator command|Connection terminated/.test(message);
}

function describe(ended: Ended): string {
  if (ended.kind !== 'failed') return ended.kind;
  const { name, code, message, stack } = ended.error;
  return name === 'N8nError' ? `${name} ${code ?? ''}: ${message}` : stack;
}
