import { Injectable, Logger } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { type ClientLockState, type LockedManager } from '../database/index.js';
import { isKnownMode, isKnownStatus } from '../production-filter/index.js';
import { agreements, contradictions } from './contradictions.js';
import { ContradictionError } from './sync-errors.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { type ExecutionRow, toExecutionRow } from './execution-row.js';
import { ExecutionRowsRepository } from './execution-rows.repository.js';
import { ExecutionsRepository, type Place } from './executions.repository.js';
import { type KnownExecution } from './known-execution.js';
import { PageEffectsRepository } from './page-effects.repository.js';
import { RulesCache } from './rules-cache.js';
import { isFinal } from './statuses.js';
import { WorkflowsRepository } from './workflows.repository.js';

const MAX_WARNED = 200;

/** What writing a page did. */
export interface WrittenPage {
  created: number;
  changed: number;
  unchanged: number;
  /** Some id was stored as final before, and n8n shows it just so: it is still the same database. */
  agrees: boolean;
  /** Non-production among the rows, by reason. */
  excluded: Record<string, number>;
}

/** Writes a page of executions with everything that has to happen in the same transaction: verdicts, retries, dirty days, ledger. */
@Injectable()
export class PageWriter {
  private readonly logger = new Logger(PageWriter.name);
  private readonly warned = new Set<string>();

  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly rows: ExecutionRowsRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly effects: PageEffectsRepository,
    private readonly gaps: CoverageGapsRepository,
    private readonly rules: RulesCache,
  ) {}

  /**
   * Call it under the client's lock, with distinct ids and with workflows that are all stored.
   * @param mayBeStored the only ids that are expected to be stored already; left out: any
   * @throws ContradictionError when a stored id has come back as another execution, AlreadyStoredError when others were stored too;
   *   nothing was written then
   */
  async write(
    manager: LockedManager,
    state: ClientLockState,
    page: readonly KnownExecution[],
    now: Date,
    mayBeStored?: ReadonlySet<string>,
  ): Promise<WrittenPage> {
    const { rows, moved, agrees } = await this.rowsOf(manager, state, page, now, mayBeStored);
    await this.executions.removeMoved(manager, state, moved);
    const isNew = mayBeStored !== undefined && state.epochs.length === 0 && !rows.some((row) => mayBeStored.has(row.id));
    const result = await this.rows[isNew ? 'insert' : 'upsert'](manager, state, rows, now);
    // Where nothing is stored yet, originals come after their retries, and n8n's list names the retry that succeeded.
    const linked = mayBeStored === undefined ? await this.executions.linkRetries(manager, state, rows, now) : [];
    const touched = [...result.touched, ...moved.map(({ startedAt }) => startedAt), ...linked];
    const final = rows.filter((row) => isFinal(row.status)).map((row) => row.id);
    const open = rows.filter((row) => !isFinal(row.status)).map((row) => row.id);
    const days = touched.map((at) => localDayOf(at, state.timezone));
    await this.effects.apply(manager, state, { final, open, days }, now);
    const created = result.created - moved.length;
    if (created > 0 && mayBeStored === undefined) await this.gaps.found(manager, state, [...final, ...open]);
    return {
      created,
      changed: result.changed + moved.length + linked.length,
      unchanged: Math.max(0, rows.length - result.created - result.changed),
      agrees,
      excluded: excludedOf(rows),
    };
  }

  private async rowsOf(
    manager: LockedManager,
    state: ClientLockState,
    page: readonly KnownExecution[],
    now: Date,
    mayBeStored: ReadonlySet<string> | undefined,
  ): Promise<{ rows: ExecutionRow[]; moved: Place[]; agrees: boolean }> {
    const rules = await this.rules.under(manager, state);
    const workflows = await this.workflows.byN8nIds(state.clientId, [...new Set(page.map((row) => row.workflowId))], manager);
    const ids = page.map((row) => row.id).filter((id) => mayBeStored?.has(id) !== false);
    const stored = await this.executions.stored(manager, state, ids);
    const odd = contradictions(page, stored);
    if (odd.length > 0) throw new ContradictionError(state.clientId, odd);
    const rows: ExecutionRow[] = [];
    const moved: Place[] = [];
    for (const execution of page) {
      this.noticeUnknown(execution);
      const workflow = workflows.get(execution.workflowId);
      const known = stored.get(execution.id);
      if (workflow === undefined || (known?.isFinal === true && !isFinal(execution.status))) continue;
      const seenAt = known?.startedAt ?? now;
      const row = toExecutionRow(execution, { workflowId: workflow.id, workflow, rules, seenAt });
      rows.push(row);
      // Whatever moved, also one that had ended: it must not stand at its old start as well.
      if (known !== undefined && known.startedAt.getTime() !== row.startedAt.getTime())
        moved.push({ id: row.id, startedAt: known.startedAt });
    }
    return { rows, moved, agrees: agreements(page, stored).length > 0 };
  }

  /** n8n's vocabulary may grow: what is not known is kept as it came, counts as open or as production, and is said once. */
  private noticeUnknown({ status, mode }: KnownExecution): void {
    const unknown = [...(isKnownStatus(status) ? [] : [`status ${status}`]), ...(isKnownMode(mode) ? [] : [`mode ${mode}`])];
    for (const value of unknown) {
      if (this.warned.has(value) || this.warned.size >= MAX_WARNED) continue;
      this.warned.add(value);
      this.logger.warn(`n8n answered an execution with the unknown ${value.slice(0, 100)}; it is stored as it came`);
    }
  }
}

function excludedOf(rows: readonly ExecutionRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) if (!row.isProduction) counts[row.filterReason] = (counts[row.filterReason] ?? 0) + 1;
  return counts;
}
