import { type Mode, modes, type Removal, removals, type Status, statuses } from '../vocabulary.js';

/** Times are milliseconds since 1970; NaN stands for null, 0 for no related execution or no failure. */
export interface StoredExecution {
  workflow: number;
  status: Status;
  mode: Mode;
  createdAt: number;
  startedAt: number;
  stoppedAt: number;
  waitTill: number;
  retryOf: number;
  retrySuccessId: number;
  failure: number;
}

const initialRows = 1024;

/**
 * Executions in typed columns, about 60 bytes a row, so that a million of them fit beside others. Ids are one
 * sequence without holes here; a removed row keeps its columns for the truth and for insights.
 */
export class ExecutionStore {
  private columns = allocate(initialRows);
  private size = 0;
  private lowest: number;

  constructor(readonly firstId = 1) {
    this.lowest = firstId;
  }

  get lastId(): number {
    return this.firstId + this.size - 1;
  }

  /** No id below this has a row. */
  get lowestLiveId(): number {
    while (this.lowest <= this.lastId && !this.isLive(this.lowest)) this.lowest++;
    return this.lowest;
  }

  append(row: StoredExecution): number {
    if (this.size === this.columns.workflow.length) this.columns = enlarge(this.columns);
    this.size++;
    this.change(this.lastId, row);
    return this.lastId;
  }

  change(id: number, values: Partial<StoredExecution>): void {
    const at = this.slot(id);
    const { columns } = this;
    if (values.status !== undefined) columns.status[at] = statuses.indexOf(values.status);
    if (values.mode !== undefined) columns.mode[at] = modes.indexOf(values.mode);
    for (const name of numericColumns) {
      const value = values[name];
      if (value !== undefined) columns[name][at] = value;
    }
  }

  read(id: number): StoredExecution {
    const at = this.slot(id);
    const row = { status: this.statusOf(id), mode: modes[this.columns.mode[at] ?? 0] ?? 'cli' } as StoredExecution;
    for (const name of numericColumns) row[name] = this.columns[name][at] ?? 0;
    return row;
  }

  isKnown(id: number): boolean {
    return id >= this.firstId && id <= this.lastId;
  }

  isLive(id: number): boolean {
    return this.isKnown(id) && this.columns.removal[id - this.firstId] === 0;
  }

  statusOf(id: number): Status {
    return statuses[this.columns.status[id - this.firstId] ?? 0] ?? 'unknown';
  }

  workflowOf(id: number): number {
    return this.columns.workflow[id - this.firstId] ?? 0;
  }

  startedAt(id: number): number {
    return this.columns.startedAt[id - this.firstId] ?? Number.NaN;
  }

  stoppedAt(id: number): number {
    return this.columns.stoppedAt[id - this.firstId] ?? Number.NaN;
  }

  remove(id: number, reason: Removal, at: number): void {
    const slot = this.slot(id);
    this.columns.removal[slot] = removals.indexOf(reason) + 1;
    this.columns.removedAt[slot] = at;
  }

  removalOf(id: number): { reason: Removal; at: number } | null {
    const at = this.slot(id);
    const reason = removals[(this.columns.removal[at] ?? 0) - 1];
    return reason === undefined ? null : { reason, at: this.columns.removedAt[at] ?? 0 };
  }

  /** Forgets every id above `lastId`: the sequence continues from there, as after a restored backup. */
  truncate(lastId: number): void {
    const kept = Math.max(0, Math.min(this.size, lastId - this.firstId + 1));
    this.columns.removal.fill(0, kept, this.size);
    this.size = kept;
    this.lowest = this.firstId;
  }

  private slot(id: number): number {
    if (!this.isKnown(id)) throw new Error(`no execution ${id}`);
    return id - this.firstId;
  }
}

const numericColumns = [
  'workflow',
  'createdAt',
  'startedAt',
  'stoppedAt',
  'waitTill',
  'retryOf',
  'retrySuccessId',
  'failure',
] as const;

function allocate(rows: number) {
  return {
    workflow: new Uint32Array(rows),
    status: new Uint8Array(rows),
    mode: new Uint8Array(rows),
    createdAt: new Float64Array(rows),
    startedAt: new Float64Array(rows),
    stoppedAt: new Float64Array(rows),
    waitTill: new Float64Array(rows),
    retryOf: new Float64Array(rows),
    retrySuccessId: new Float64Array(rows),
    failure: new Uint8Array(rows),
    removal: new Uint8Array(rows),
    removedAt: new Float64Array(rows),
  };
}

type Columns = ReturnType<typeof allocate>;

function enlarge(columns: Columns): Columns {
  const larger = allocate(columns.workflow.length * 2);
  for (const name of Object.keys(columns) as (keyof Columns)[]) larger[name].set(columns[name]);
  return larger;
}
