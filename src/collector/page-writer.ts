import { Injectable, Logger } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { type N8nExecution } from '../n8n-client/index.js';
import { isKnownMode, isKnownStatus } from '../production-filter/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { type ExecutionRow, toExecutionRow } from './execution-row.js';
import { ExecutionsRepository } from './executions.repository.js';
import { PendingRepository } from './pending.repository.js';
import { RulesCache } from './rules-cache.js';
import { isFinal } from './statuses.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** An execution whose status is known. */
export type KnownExecution = N8nExecution & { status: string };

const MAX_WARNED = 200;

/** What writing a page did. */
export interface WrittenPage {
  created: number;
  changed: number;
  unchanged: number;
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
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly pending: PendingRepository,
    private readonly rules: RulesCache,
  ) {}

  /** Call it under the client's lock, with distinct ids and with workflows that are all stored. */
  async write(manager: LockedManager, state: ClientLockState, page: readonly KnownExecution[], now: Date): Promise<WrittenPage> {
    const rows = await this.rowsOf(manager, state, page, now);
    const result = await this.executions.upsertPage(manager, state, rows, now);
    const linked = await this.executions.linkRetries(manager, state, rows, now);
    const touched = [...result.touched, ...linked];
    await this.dirtyDays.markDays(
      manager,
      state.clientId,
      touched.map((at) => localDayOf(at, state.timezone)),
    );
    await this.pending.remove(
      manager,
      state,
      rows.filter((row) => isFinal(row.status)).map((row) => row.id),
    );
    await this.pending.add(
      manager,
      state,
      'open',
      rows.filter((row) => !isFinal(row.status)).map((row) => row.id),
      now,
    );
    if (touched.length > 0) await raiseDataVersion(manager, state.clientId);
    return {
      created: result.created,
      changed: result.changed + linked.length,
      unchanged: Math.max(0, rows.length - result.created - result.changed),
      excluded: excludedOf(rows),
    };
  }

  private async rowsOf(
    manager: LockedManager,
    state: ClientLockState,
    page: readonly KnownExecution[],
    now: Date,
  ): Promise<ExecutionRow[]> {
    const rules = await this.rules.under(manager, state);
    const workflows = await this.workflows.byN8nIds(state.clientId, [...new Set(page.map((row) => row.workflowId))], manager);
    const openIds = page.filter((row) => !isFinal(row.status)).map((row) => row.id);
    const alreadyFinal = await this.executions.finalIds(manager, state, openIds);
    const timeless = page.filter((row) => row.startedAt === null && row.stoppedAt === null).map((row) => row.id);
    const stored = await this.executions.storedStarts(manager, state, timeless);
    const rows: ExecutionRow[] = [];
    for (const execution of page) {
      this.noticeUnknown(execution);
      const workflow = workflows.get(execution.workflowId);
      if (workflow === undefined || alreadyFinal.has(execution.id)) continue;
      rows.push(toExecutionRow(execution, { workflowId: workflow.id, workflow, rules, seenAt: stored.get(execution.id) ?? now }));
    }
    return rows;
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
