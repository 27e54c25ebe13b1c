import { Injectable } from '@nestjs/common';
import { Clock, localDayOf } from '../common/index.js';
import { ClientLock, raiseDataVersion } from '../database/index.js';
import { type FailureDetail, N8nClient, N8nError } from '../n8n-client/index.js';
import { classify, findTestIndicator } from '../production-filter/index.js';
import { DetailsRepository, type PendingDetail } from './details.repository.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { storableText } from './error-text.js';
import { RulesCache } from './rules-cache.js';
import { isFailure } from './statuses.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowsRepository } from './workflows.repository.js';

const BATCH = 50;
const SLICE_MS = 60_000;

/** These speak about the instance or the budget, not about one payload: the stream stops and goes on in a later sync. */
const STOPS: ReadonlySet<string> = new Set([
  'budget_exhausted',
  'circuit_open',
  'rate_limited',
  'aborted',
  'bad_key',
  'forbidden',
  'refused',
  'dns',
]);

/**
 * Fetches why executions failed: newest first, one at a time, within half of the request budget. Resumable, because each row
 * says for itself that its detail is pending.
 */
@Injectable()
export class DetailsSync {
  constructor(
    private readonly n8n: N8nClient,
    private readonly details: DetailsRepository,
    private readonly writer: DetailWriter,
  ) {}

  /** @returns whether failures are left for a later sync */
  async sync(run: SyncRun, clock: Clock): Promise<boolean> {
    const until = clock.now().getTime() + SLICE_MS;
    let before: Date | null = null;
    for (;;) {
      const batch: PendingDetail[] = await this.details.pending(run.clientId, before, BATCH);
      if (batch.length === 0) return before !== null && (await this.details.countPending(run.clientId)) > 0;
      for (const detail of batch) {
        if (clock.now().getTime() >= until || run.context.signal.aborted) return true;
        if (!(await this.fetchOne(run, detail, clock))) return true;
        before = detail.startedAt;
      }
      await run.context.progress({ phase: 'details', fetched: run.counts.details_fetched });
    }
  }

  /** @returns false when the stream has to stop for now */
  private async fetchOne(run: SyncRun, detail: PendingDetail, clock: Clock): Promise<boolean> {
    try {
      const found = await this.n8n.getFailureDetail(run.target, detail.id, run.context.signal);
      if (found === null) await this.writer.missed(run.clientId, detail, 'not_found', true);
      else await this.writer.store(run, detail, found, clock.now());
      run.counts.details_fetched += 1;
      return true;
    } catch (error) {
      if (!(error instanceof N8nError)) throw error;
      if (STOPS.has(error.code)) return false;
      run.counts.details_failed += 1;
      await this.writer.missed(run.clientId, detail, error.code, error.code === 'too_large');
      return true;
    }
  }
}

/** Stores one detail under the lock, with the verdict that its text leads to. */
@Injectable()
export class DetailWriter {
  constructor(
    private readonly lock: ClientLock,
    private readonly details: DetailsRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly dirtyDays: DirtyDaysRepository,
    private readonly rules: RulesCache,
  ) {}

  /** The exact status (old versions' lists cannot tell error from crashed), the texts, and the verdict with the test indicator. */
  async store(run: SyncRun, detail: PendingDetail, found: FailureDetail, now: Date): Promise<void> {
    await this.lock.run(run.clientId, async (manager, state) => {
      const rules = await this.rules.under(state);
      const workflow = (await this.workflows.byIds(manager, run.clientId, [detail.workflowId])).get(detail.workflowId);
      const testIndicator = findTestIndicator({ message: found.message, customData: found.customData }, rules);
      const known = found.execution.status;
      const status = known !== null && isFailure(known) ? known : detail.status;
      const facts = { mode: detail.mode, status, startedAt: detail.startedAt, durationMs: detail.executionTimeMs, testIndicator };
      const verdict = classify(facts, workflow, rules);
      const update = {
        status,
        isProduction: verdict.production,
        filterReason: verdict.reason,
        ruleVersion: state.ruleVersion,
        message: storableText(found.message),
        node: storableText(found.node),
        type: storableText(found.errorType),
        testIndicator,
      };
      const moved = await this.details.store(manager, state, detail, update, now);
      if (moved) await this.dirtyDays.markDays(manager, run.clientId, [localDayOf(detail.startedAt, state.timezone)]);
      await raiseDataVersion(manager, run.clientId);
    });
  }

  /** The detail could not be had. */
  async missed(clientId: number, detail: PendingDetail, reason: string, giveUp: boolean): Promise<void> {
    await this.lock.run(clientId, async (manager) => {
      await this.details.missed(manager, clientId, detail, reason, giveUp);
    });
  }
}
