import { Injectable } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { type ClientLockState, type LockedManager, raiseDataVersion } from '../database/index.js';
import { type N8nExecution } from '../n8n-client/index.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { type ExecutionRow, toExecutionRow } from './execution-row.js';
import { ExecutionsRepository } from './executions.repository.js';
import { PendingRepository } from './pending.repository.js';
import { RulesCache } from './rules-cache.js';
import { isFinal } from './statuses.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** An execution whose status is known. */
export type KnownExecution = N8nExecution & { status: string };

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
      const workflow = workflows.get(execution.workflowId);
      if (workflow === undefined || alreadyFinal.has(execution.id)) continue;
      rows.push(toExecutionRow(execution, { workflowId: workflow.id, workflow, rules, seenAt: stored.get(execution.id) ?? now }));
    }
    return rows;
  }
}

function excludedOf(rows: readonly ExecutionRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) if (!row.isProduction) counts[row.filterReason] = (counts[row.filterReason] ?? 0) + 1;
  return counts;
}
