import { Injectable, Logger } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { type ClientLockState, type LockedManager } from '../database/index.js';
import { isKnownMode, isKnownStatus } from '../production-filter/index.js';
import { agreements, contradictions } from './contradictions.js';
import { ContradictionError } from './sync-errors.js';
import { CoverageGapsRepository } from './coverage-gaps.repository.js';
import { type ExecutionRow, toExecutionRow } from './execution-row.js';
import { ExecutionsRepository } from './executions.repository.js';
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
    private readonly workflows: WorkflowsRepository,
    private readonly effects: PageEffectsRepository,
    private readonly gaps: CoverageGapsRepository,
    private readonly rules: RulesCache,
  ) {}

  /**
   * Call it under the client's lock, with distinct ids and with workflows that are all stored.
   * @param untouched no id of the page can be stored yet as final, so that nothing has to be compared
   * @throws ContradictionError when a stored id has come back as another execution; nothing was written then
   */
  async write(
    manager: LockedManager,
    state: ClientLockState,
    page: readonly KnownExecution[],
    now: Date,
    untouched = false,
  ): Promise<WrittenPage> {
    const { rows, agrees } = await this.rowsOf(manager, state, page, now, untouched);
    const result = await this.executions.upsertPage(manager, state, rows, now);
    // Where nothing is stored yet, originals come after their retries, and n8n's list names the retry that succeeded.
    const linked = untouched ? [] : await this.executions.linkRetries(manager, state, rows, now);
    const touched = [...result.touched, ...linked];
    const final = rows.filter((row) => isFinal(row.status)).map((row) => row.id);
    const open = rows.filter((row) => !isFinal(row.status)).map((row) => row.id);
    const days = touched.map((at) => localDayOf(at, state.timezone));
    await this.effects.apply(manager, state, { final, open, days }, now);
    if (result.created > 0 && !untouched) await this.gaps.found(manager, state, [...final, ...open]);
    return {
      created: result.created,
      changed: result.changed + linked.length,
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
    untouched: boolean,
  ): Promise<{ rows: ExecutionRow[]; agrees: boolean }> {
    const rules = await this.rules.under(manager, state);
    const workflows = await this.workflows.byN8nIds(state.clientId, [...new Set(page.map((row) => row.workflowId))], manager);
    const compared = untouched ? page.filter((row) => !isFinal(row.status) || isTimeless(row)) : page;
    const stored = await this.executions.stored(
      manager,
      state,
      compared.map((row) => row.id),
    );
    const odd = contradictions(page, stored);
    if (odd.length > 0) throw new ContradictionError(state.clientId, odd);
    const rows: ExecutionRow[] = [];
    for (const execution of page) {
      this.noticeUnknown(execution);
      const workflow = workflows.get(execution.workflowId);
      const known = stored.get(execution.id);
      if (workflow === undefined || (known?.isFinal === true && !isFinal(execution.status))) continue;
      const seenAt = known?.startedAt ?? now;
      rows.push(toExecutionRow(execution, { workflowId: workflow.id, workflow, rules, seenAt }));
    }
    return { rows, agrees: agreements(page, stored).length > 0 };
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

function isTimeless(row: KnownExecution): boolean {
  return row.startedAt === null && row.stoppedAt === null;
}
