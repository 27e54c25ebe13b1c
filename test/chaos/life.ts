import { type Random, type SimulatedInstance } from '../../simulator/index.js';
import { startOne } from './executions.js';
import { addWorkflow, type Happening, happeningsOf } from './happenings.js';
import { type Past } from './past.js';
import { type Plan } from './plan.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** More often short than long. */
const pauses = [2 * MINUTE, 10 * MINUTE, 45 * MINUTE, 3 * HOUR, 10 * HOUR] as const;
const MOST_EXECUTIONS = 900;

/** What happens to one n8n in the course of time; the same random numbers give the same life. */
export class Life {
  private readonly happenings: Happening[];

  constructor(
    private readonly instance: SimulatedInstance,
    private readonly past: Past,
    private readonly random: Random,
    plan: Plan,
  ) {
    this.happenings = happeningsOf(plan);
    for (let n = 3 + random.below(3); n > 0; n -= 1) addWorkflow(instance, random);
    this.arrivals(random.chance(0.2) ? 0 : random.below(120), 36 * HOUR);
  }

  /** Time passes, minutes to days, and things happen in it. */
  goOn(): void {
    const { instance, random } = this;
    const pause = Math.round(random.pick(pauses) * (0.5 + random.next() * (random.chance(0.1) ? 8 : 1)));
    const part = Math.ceil(pause / 3);
    const burst = random.chance(0.15) ? 50 : random.chance(0.3) ? 2 : 9;
    this.arrivals(random.below(burst), part);
    if (random.chance(0.6)) this.happen(random);
    this.arrivals(random.below(6), part);
    if (random.chance(0.3)) this.happen(random);
    instance.clock.advance(part);
    instance.settle();
  }

  /** Something that comes between two requests of a sync: no time passes. */
  surprise(random: Random): void {
    if (random.chance(0.6)) for (let n = random.below(8); n > 0; n -= 1) startOne(this.instance, random);
    if (random.chance(0.5)) this.happen(random);
  }

  private happen(random: Random): void {
    random.pick(this.happenings)(this.instance, random, this.past);
  }

  private arrivals(n: number, ms: number): void {
    const { instance, random } = this;
    const room = Math.max(0, MOST_EXECUTIONS - instance.database.executions.lastId);
    const offsets = Array.from({ length: Math.min(n, room) }, () => random.below(ms)).sort((a, b) => a - b);
    const start = instance.clock.now();
    for (const offset of offsets) {
      instance.clock.set(start + offset);
      startOne(instance, random);
    }
    instance.clock.set(start + ms);
  }
}
