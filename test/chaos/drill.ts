import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../simulator/index.js';
import { type Baseline, findBaseline } from './baseline.js';
import { type Stage } from './stage.js';
import { type Circumstances } from './syncer.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The weeks after: what is hidden ends, what is missing is given up, what n8n still has is read once more. */
const aftermath = [MINUTE, 20 * MINUTE, 3 * HOUR, 7 * HOUR, DAY, 8 * DAY, 8 * DAY, DAY, 7 * HOUR] as const;
const MOST_MORE_ROUNDS = 10;
/** Rounds in which an open circuit or a long `Retry-After` may still stop a sync. */
const MAY_FAIL_ROUNDS = 4;
/** Until every replica has noticed that its connections are gone. */
const NOTICED_MS = 30;

/** Plays a history and collects it, until n8n and the service have come to rest. */
export class Drill {
  baseline: Baseline | null = null;

  constructor(private readonly stage: Stage) {}

  /** The steps of the plan: time passes, things break, replicas sync and one is killed. */
  async play(): Promise<void> {
    const { plan, random, life, troubles } = this.stage;
    for (let step = 0; step < plan.steps; step += 1) {
      if (step > 0) life.goOn();
      if (random.chance(0.5)) troubles.end();
      if (random.chance(0.5)) troubles.begin();
      const luck = random.next();
      if (step === plan.killAt) await this.killed();
      else if (luck < 0.3) await this.cutOff();
      else if (luck < 0.7) await this.oneSyncs(step);
      else if (luck < 0.82) await this.twoSync();
      else if (luck < 0.92) await this.oneSyncsAnotherRollsUp();
    }
  }

  /** Nothing goes wrong any more, weeks pass, and the client is synced now and then. */
  async comeToRest(): Promise<void> {
    const { instance, random, store, syncer, troubles } = this.stage;
    troubles.end();
    instance.pruning = null;
    this.endSome();
    const rest = async (pause: number, round: number): Promise<void> => {
      instance.clock.advance(pause);
      const problem = await this.oneSync();
      if (problem !== null && round >= MAY_FAIL_ROUNDS) syncer.complaints.push(`with n8n well again, a sync ended as ${problem}`);
    };
    for (const [round, pause] of aftermath.entries()) await rest(pause, round);
    for (let round = 0; round < MOST_MORE_ROUNDS; round += 1) {
      const { missing, details, walking } = await store.unrest();
      if (missing === 0 && details === 0 && !walking) break;
      await rest(7 * HOUR, MAY_FAIL_ROUNDS);
    }
    const [replica] = await this.stage.replicas.some(1, random);
    if (replica !== undefined) await syncer.rollUp(replica);
  }

  /** One more execution than all others, so that a hole at the top is one between neighbours. */
  private endSome(): void {
    const { instance, random } = this.stage;
    instance.settle();
    for (const id of [...instance.database.plans.keys()]) if (random.chance(0.5)) instance.end(String(id), 'success');
    const { id } = instance.addWorkflow({ name: 'Last orders' });
    instance.startExecution({ workflowId: id, durationMs: 5 });
  }

  private async oneSyncs(step: number): Promise<void> {
    const { plan, random, life } = this.stage;
    const surprises = new Random(`chaos ${plan.seed} surprise ${step}`);
    const surprise = {
      nth: 1 + random.below(8),
      action: (): void => {
        life.surprise(surprises);
      },
    };
    await this.oneSync(random.chance(0.35) ? { surprise } : {});
  }

  private async twoSync(): Promise<void> {
    const { random, replicas, syncer } = this.stage;
    const two = await replicas.some(2, random);
    await Promise.all(two.map((replica) => syncer.sync(replica, { contested: true })));
    await this.noticeBaseline();
  }

  private async oneSyncsAnotherRollsUp(): Promise<void> {
    const { random, replicas, syncer } = this.stage;
    const [one, other] = await replicas.some(2, random);
    await Promise.all([one === undefined ? null : syncer.sync(one), other === undefined ? null : syncer.rollUp(other)]);
    await this.noticeBaseline();
  }

  /** The other two go on at once. */
  private async killed(): Promise<void> {
    const { random, replicas, syncer } = this.stage;
    await replicas.all();
    const [victim] = await replicas.some(1, random);
    if (victim !== undefined) await syncer.syncInto(() => replicas.kill(victim), victim);
    await this.oneSync();
  }

  /** The database fails over in the middle of a sync; whoever syncs next finds it well again. */
  private async cutOff(): Promise<void> {
    const { random, replicas, store, syncer } = this.stage;
    const [victim] = await replicas.some(1, random);
    if (victim !== undefined) await syncer.syncInto(() => store.cutConnections(), victim);
    await sleep(NOTICED_MS);
    await this.oneSync();
  }

  private async oneSync(circumstances: Circumstances = {}): Promise<string | null> {
    const { random, replicas, syncer } = this.stage;
    const [replica] = await replicas.some(1, random);
    const problem = replica === undefined ? 'no replica' : await syncer.sync(replica, circumstances);
    await this.noticeBaseline();
    return problem;
  }

  private async noticeBaseline(): Promise<void> {
    if (this.baseline === null && this.stage.syncer.cameThrough) this.baseline = await findBaseline(this.stage);
  }
}
