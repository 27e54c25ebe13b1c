import { AggregatorService } from '../../src/aggregator/index.js';
import { ClientsService } from '../../src/clients/index.js';
import { DetailWriter } from '../../src/collector/detail-writer.js';
import { DetailsRepository } from '../../src/collector/details.repository.js';
import { ExecutionStore } from '../../src/collector/execution-store.js';
import { PendingChanges, TimeSavedService } from '../../src/collector/index.js';
import { type KnownExecution } from '../../src/collector/known-execution.js';
import { LedgerWriter } from '../../src/collector/ledger-writer.js';
import { emptyCounts, type SyncRun } from '../../src/collector/sync-run.js';
import { WorkflowWriter } from '../../src/collector/workflow-writer.js';
import { WorkflowsRepository } from '../../src/collector/workflows.repository.js';
import { Clock, localDayOf } from '../../src/common/index.js';
import { ClientLock } from '../../src/database/index.js';
import { FilterRulesService } from '../../src/production-filter/index.js';
import { RetentionService } from '../../src/retention/index.js';
import { type World } from './collector.fixture.js';
import { type Act, type Face, type History, type Life, type Round, WORKFLOWS } from './histories.plan.js';

/** Looked at in one act of the details stream. */
const DETAILS = 3;
const never = new AbortController().signal;
const workflowId = (n: number): string => `wf${n}`;

/** Lets a history happen to a client of its own, through the code that the service itself writes with. */
export class Player {
  /** Every zone that the client was ever in. */
  readonly zones: string[];

  private constructor(
    private readonly world: World,
    private readonly history: History,
    readonly clientId: number,
  ) {
    this.zones = [history.zone];
  }

  static async enter(world: World, history: History): Promise<Player> {
    world.clock.set(history.era);
    const { id } = await world.get(ClientsService).create({
      name: `history ${Math.random()}`,
      n8nBaseUrl: 'http://127.0.0.1:9/',
      n8nApiKey: 'key',
      timezone: history.zone,
      weekStartsOn: history.weekStartsOn,
    });
    const ids = Array.from({ length: WORKFLOWS }, (_, n) => workflowId(n));
    await world.get(ClientLock).run(id, (manager) => world.get(WorkflowsRepository).insertPlaceholders(manager, id, ids));
    return new Player(world, history, id);
  }

  /** The sync, the people and two aggregators at once, each in its own order. */
  async play({ after, sync, people, aggregators }: Round): Promise<void> {
    this.world.clock.advance(after);
    const run = await this.newRun();
    const syncing = async (): Promise<void> => {
      await this.world.get(PendingChanges).apply(this.clientId, never);
      await this.inOrder(sync, run);
    };
    await Promise.all([syncing(), this.inOrder(people, run), ...aggregators.map((acts) => this.inOrder(acts, run))]);
  }

  /** One act after the other, nothing beside them. */
  async follow(acts: readonly Act[], after = 60_000): Promise<void> {
    this.world.clock.advance(after);
    await this.inOrder(acts, await this.newRun());
  }

  /** Everything that is still to be done is done. @returns dirty days that are left */
  async drain(): Promise<number> {
    await this.world.get(PendingChanges).applyAll(this.clientId, never, () => Promise.resolve());
    return (await this.world.get(AggregatorService).recomputeAll(this.clientId)).remaining;
  }

  private async inOrder(acts: readonly Act[], run: SyncRun): Promise<void> {
    for (const act of acts) await this.perform(act, run);
  }

  private async perform(act: Act, run: SyncRun): Promise<unknown> {
    const { world, clientId } = this;
    // Two values of one source can never begin in the same millisecond.
    world.clock.advance(1);
    switch (act.act) {
      case 'page':
        return world.get(ExecutionStore).store(
          run,
          world.get<Clock>(Clock),
          act.shown.map(({ life, face }) => this.shown(life, face)),
        );
      case 'vanish':
        return this.vanish(act.lives);
      case 'details':
        return this.details(run, act.message);
      case 'listing':
        return this.list(act);
      case 'rules':
        return world.get(FilterRulesService).put(clientId, act.rules, 'history');
      case 'zone':
        this.zones.push(act.zone);
        return world.get(ClientsService).patch(clientId, { timezone: act.zone });
      case 'weeks':
        return world.get(ClientsService).patch(clientId, { weekStartsOn: act.weekStartsOn });
      case 'byHand':
        return this.setByHand(act);
      case 'apply':
        return world.get(PendingChanges).applyAll(clientId, never, () => Promise.resolve());
      case 'expire':
        return world.get(RetentionService).run({ dryRun: false });
      case 'recompute':
        return world.get(AggregatorService).recompute(clientId, { maxDays: act.maxDays });
      case 'recomputeAll':
        return world.get(AggregatorService).recomputeAll(clientId);
    }
  }

  private async newRun(): Promise<SyncRun> {
    const { world, clientId } = this;
    const { timezone } = await world.get(ClientsService).get(clientId);
    const [floor] = await world.query<{ raw_floor: Date }>('SELECT raw_floor FROM retention_floor');
    return {
      clientId,
      target: await world.get(ClientsService).target(clientId),
      capabilities: {} as SyncRun['capabilities'],
      timezone,
      context: { signal: never, progress: () => Promise.resolve() },
      counts: emptyCounts(),
      startedAt: new Date(world.clock.now()),
      retentionFloor: new Date(0),
      rawFloor: floor?.raw_floor ?? new Date(0),
      knownWorkflows: new Set(Array.from({ length: WORKFLOWS }, (_, n) => workflowId(n))),
      shownOpen: new Set(),
      assertCurrent: () => undefined,
    };
  }

  private life(n: number): Life {
    const life = this.history.lives[n];
    if (life === undefined) throw new Error(`there is no life ${n}`);
    return life;
  }

  /** An execution as n8n shows it. */
  private shown(n: number, face: Face): KnownExecution {
    const life = this.life(n);
    const at = (ms: number): Date => new Date(Date.parse(this.history.era) + ms);
    const over = face === 'over' || face === 'recovered';
    return {
      id: life.id,
      status: over ? life.status : life.openStatus,
      finished: over && life.status === 'success',
      mode: life.mode,
      startedAt: life.hasStart ? at(face === 'open' ? life.firstStartedAt : life.startedAt) : null,
      stoppedAt: over ? at(life.startedAt + life.ms) : null,
      waitTill: null,
      workflowId: workflowId(life.workflow),
      retryOf: life.retryOf,
      retrySuccessId: face === 'recovered' && life.status !== 'success' ? '999' : null,
    };
  }

  private async vanish(lives: readonly number[]): Promise<void> {
    const vanished = lives.map((n) => this.life(n).id);
    const settlement = { stillOpen: [], vanished, giveUpBefore: new Date(0) };
    await this.world.get(LedgerWriter).settle(this.clientId, settlement, new Date(this.world.clock.now()));
  }

  private async details(run: SyncRun, message: string): Promise<void> {
    for (const detail of await this.world.get(DetailsRepository).pending(this.clientId, null, DETAILS)) {
      const life = this.history.lives.findIndex(({ id }) => id === detail.id);
      const execution = { ...this.shown(life, 'over'), status: 'crashed' };
      const found = { execution, message, errorType: null, node: null, customData: null };
      await this.world.get(DetailWriter).store(run, detail, found, new Date(this.world.clock.now()));
    }
  }

  private async list({ workflow, name, tags, minutes }: Extract<Act, { act: 'listing' }>): Promise<void> {
    const { world, clientId } = this;
    const nothing = { timeSavedMode: null, timezone: null, errorWorkflow: null, saveSuccess: null, saveError: null };
    const settings = { timeSavedMinutes: minutes, ...nothing };
    const listed = {
      id: workflowId(workflow),
      name,
      active: true,
      archived: false,
      tags,
      createdAt: null,
      updatedAt: null,
      settings,
    };
    await world.get(ClientLock).run(clientId, async (manager, state) => {
      await world.get(WorkflowWriter).write(manager, state, [listed], new Date(world.clock.now()));
    });
  }

  private async setByHand({ workflow, applyFrom, minutes }: Extract<Act, { act: 'byHand' }>): Promise<void> {
    const { world, clientId } = this;
    const n8nId = workflowId(workflow);
    const known = (await world.get(WorkflowsRepository).byN8nIds(clientId, [n8nId])).get(n8nId);
    if (known === undefined) throw new Error(`workflow ${n8nId} is not stored`);
    const day = applyFrom === null ? null : localDayOf(new Date(Date.parse(this.history.era) + applyFrom), 'UTC');
    await world.get(TimeSavedService).set(clientId, known.id, { minutes, applyFrom: day, author: 'history' });
  }
}
