import { makeApiKey } from './api-key.js';
import { maxLimit } from './api/paging.js';
import { SimulatedClock } from './clock.js';
import { Database, type Plan } from './database/database.js';
import { type NewExecution, prepareExecution, prepareRaw } from './database/new-execution.js';
import { finish, settle } from './database/life.js';
import { prune, type PruningLimits } from './database/pruning.js';
import { type Loss, lossesOf, type TruthRow, truthRows } from './database/truth.js';
import { type NewWorkflow, type Workflow, type WorkflowChange } from './database/workflow.js';
import { type Dialect, dialects, type SimulatedVersion } from './dialect.js';
import { Faults } from './faults.js';
import { Random } from './random.js';
import { RequestLog } from './request-log.js';
import { type Json, type Outcome } from './vocabulary.js';

export interface InstanceOptions {
  version: SimulatedVersion;
  name?: string;
  seed?: number | string;
  clock?: SimulatedClock;
  apiKey?: string;
  apiKeyExpiresAt?: Date;
  firstId?: number;
  /** Checked every hour of the instance's clock, as n8n does. Left out: nothing is pruned by itself. */
  pruning?: PruningLimits;
  /** Most rows of a page, whatever is asked for; small ones make long walks of short histories. Left out: n8n's 250. */
  pageLimit?: number;
}

const hour = 3_600_000;

/** One n8n: its database, its clock and what goes wrong with it. Driven by tests, served by `startSimulatedN8n`. */
export class SimulatedInstance {
  readonly name: string;
  readonly version: SimulatedVersion;
  readonly dialect: Dialect;
  readonly clock: SimulatedClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly requests = new RequestLog();
  readonly apiKeyExpiresAt: number | null;
  readonly pageLimit: number;
  /** May be replaced: the old key is refused from then on. */
  apiKey: string;
  pruning: PruningLimits | null;
  database: Database;
  private readonly earlier: TruthRow[][] = [];
  private prunedAt: number;

  constructor(options: InstanceOptions) {
    this.version = options.version;
    this.name = options.name ?? `n8n-${options.version}`;
    this.dialect = dialects[options.version];
    this.clock = options.clock ?? SimulatedClock.real();
    this.random = new Random(options.seed ?? this.name);
    this.faults = new Faults(`faults of ${this.name}`);
    this.apiKeyExpiresAt = options.apiKeyExpiresAt?.getTime() ?? null;
    this.apiKey = options.apiKey ?? makeApiKey(this.random, this.clock.now(), this.apiKeyExpiresAt);
    this.pruning = options.pruning ?? null;
    this.pageLimit = Math.min(options.pageLimit ?? maxLimit, maxLimit);
    this.prunedAt = this.clock.now();
    this.database = new Database(this.random.nanoId(), this.random, options.firstId);
  }

  addWorkflow(workflow: NewWorkflow): Workflow {
    return this.database.workflows.add(workflow, this.clock.now());
  }

  updateWorkflow(id: string, change: WorkflowChange): Workflow {
    return this.database.workflows.change(id, change, this.clock.now());
  }

  /** Its executions go with it, as in n8n. */
  deleteWorkflow(id: string): void {
    this.settle();
    const { executions, plans, workflows } = this.database;
    const { index } = workflows.delete(id);
    for (let row = executions.lowestLiveId; row <= executions.lastId; row++) {
      if (executions.workflowOf(row) !== index || !executions.isLive(row)) continue;
      plans.delete(row);
      executions.remove(row, 'deleted', this.clock.now());
    }
  }

  /** Returns the id. It runs until `startedAt` + `durationMs` on the instance's clock; both may lie in the past. */
  startExecution(execution: NewExecution): string {
    this.settle();
    const id = prepareExecution(this.database, execution, this.clock.now());
    this.settle();
    return String(id);
  }

  /** Runs `durationMs`, waits until `waitTill`, then runs `lastLegMs` more. */
  startWaiting(execution: NewExecution & { waitTill: Date | number; lastLegMs?: number }): string {
    return this.startExecution({ durationMs: 50, ...execution });
  }

  /** A new execution of mode `retry`; when it succeeds, the original names it as its `retrySuccessId`. */
  retry(executionId: string, options: Omit<NewExecution, 'workflowId' | 'mode'> = {}): string {
    const original = this.liveId(executionId);
    const workflowId = this.database.workflows.at(this.database.executions.workflowOf(original)).id;
    return this.startExecution({ ...options, workflowId, mode: 'retry', retryOf: executionId });
  }

  cancel(executionId: string): void {
    this.end(executionId, 'canceled');
  }

  /** Ends a running or waiting execution now. */
  end(executionId: string, outcome: Exclude<Outcome, 'never'>): void {
    const id = this.liveId(executionId);
    if (!this.database.plans.has(id)) throw new Error(`execution ${executionId} has ended already`);
    finish(this.database, id, outcome, this.clock.now());
  }

  /** n8n restarts: what was running is crashed, what was waiting goes on waiting. Returns the crashed ids. */
  crashRunning(): string[] {
    this.settle();
    const running = [...this.database.plans.values()].filter(({ step }: Plan) => step !== 'resume');
    for (const { id } of running) finish(this.database, id, 'crashed', this.clock.now());
    return running.map(({ id }) => String(id));
  }

  prune(limits: PruningLimits): number {
    this.settle();
    return prune(this.database, limits, this.clock.now());
  }

  /** The fields of `row` replace those of an ordinary finished execution, whatever their names and types. */
  addRaw(row: Json): string {
    this.settle();
    return String(prepareRaw(this.database, row, this.clock.now()));
  }

  /** Another, empty database behind the same address: ids begin again. */
  reset({ keepWorkflows = false, firstId = 1 }: { keepWorkflows?: boolean; firstId?: number } = {}): void {
    this.earlier.push(this.truth());
    const { projectId, workflows } = this.database;
    this.database = keepWorkflows
      ? new Database(projectId, this.random, firstId, workflows)
      : new Database(this.random.nanoId(), this.random, firstId);
  }

  /** An older backup behind the same address: executions above `lastId` never happened, and their ids come again. */
  restore(lastId: string): void {
    this.earlier.push(this.truth());
    this.database.forgetAbove(Number(lastId));
  }

  truth(): TruthRow[] {
    return [...this.truthRows()];
  }

  truthRows(): Generator<TruthRow> {
    this.settle();
    return truthRows(this.database, this.dialect);
  }

  /** The truth of the databases before each `reset` or `restore`, as it was then. */
  earlierTruths(): readonly (readonly TruthRow[])[] {
    return this.earlier;
  }

  losses(): Loss[] {
    this.settle();
    return lossesOf(this.database);
  }

  /** Brings the database up to the clock; every other method and every request does so first. */
  settle(): void {
    const now = this.clock.now();
    if (this.database.plans.size > 0) settle(this.database, now, this.dialect.startedAtRewrittenOnResume);
    if (this.pruning === null || now - this.prunedAt < hour) return;
    this.prunedAt = now;
    prune(this.database, this.pruning, now);
  }

  private liveId(executionId: string): number {
    this.settle();
    const id = this.database.place(executionId);
    if (id === undefined || !this.database.executions.isLive(id)) throw new Error(`no execution ${executionId}`);
    return id;
  }
}
