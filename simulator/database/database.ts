import { type Random } from '../random.js';
import { type Json, type Outcome } from '../vocabulary.js';
import { ExecutionStore } from './execution-store.js';
import { type Failure, failureAt } from './failures.js';
import { WorkflowBook } from './workflow-book.js';

/** What happens next to an execution that has not ended. */
export interface Plan {
  id: number;
  /** Milliseconds since 1970; Infinity for an execution that never ends by itself. */
  due: number;
  step: 'begin' | 'wait' | 'resume' | 'end';
  durationMs: number;
  outcome: Outcome;
  waitTill: number;
  lastLegMs: number;
}

/** One n8n database: workflows, executions and what is still to happen to them. A reset replaces it as a whole. */
export class Database {
  readonly executions: ExecutionStore;
  readonly workflows: WorkflowBook;
  readonly plans = new Map<number, Plan>();
  readonly customFailures = new Map<number, Failure>();
  /** Rows the API answers as they are, whatever their shape, under the id at which they were added. */
  readonly raw = new Map<number, Json>();
  private readonly rawIds = new Map<string, number>();

  constructor(
    readonly projectId: string,
    random: Random,
    firstId = 1,
    workflows?: WorkflowBook,
  ) {
    this.executions = new ExecutionStore(firstId);
    this.workflows = workflows ?? new WorkflowBook(random);
  }

  setRaw(id: number, row: Json): void {
    this.raw.set(id, row);
    const shown = 'id' in row ? row.id : id;
    if (typeof shown === 'string' || typeof shown === 'number') this.rawIds.set(String(shown), id);
  }

  /** The place in the sequence of an id as the API shows it, live or not. */
  place(shownId: string): number | undefined {
    const raw = this.rawIds.get(shownId);
    if (raw !== undefined) return raw;
    const id = /^\d+$/.test(shownId) ? Number(shownId) : Number.NaN;
    return this.executions.isKnown(id) && !this.raw.has(id) ? id : undefined;
  }

  forgetAbove(lastId: number): void {
    const { executions } = this;
    for (const map of [this.plans, this.customFailures, this.raw]) {
      for (const id of map.keys()) if (id > lastId) map.delete(id);
    }
    for (const [shown, id] of this.rawIds) if (id > lastId) this.rawIds.delete(shown);
    executions.truncate(lastId);
    for (let id = executions.firstId; id <= executions.lastId; id++) {
      if (executions.read(id).retrySuccessId > lastId) executions.change(id, { retrySuccessId: 0 });
    }
  }

  failureOf(id: number): Failure | null {
    const { failure, workflow } = this.executions.read(id);
    const custom = this.customFailures.get(id);
    if (custom !== undefined) return custom;
    return failure === 0 ? null : failureAt(failure, id, this.workflows.at(workflow));
  }
}
