import { Injectable } from '@nestjs/common';
import { localDayOf } from '../common/index.js';
import { ClientLock, raiseDataVersion } from '../database/index.js';
import { type FailureDetail } from '../n8n-client/index.js';
import { classify, findTestIndicator } from '../production-filter/index.js';
import { DetailsRepository, type PendingDetail } from './details.repository.js';
import { DirtyDaysRepository } from './dirty-days.repository.js';
import { storableText } from './error-text.js';
import { RulesCache } from './rules-cache.js';
import { isFailure } from './statuses.js';
import { type SyncRun } from './sync-run.js';
import { WorkflowsRepository } from './workflows.repository.js';

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
      const rules = await this.rules.under(manager, state);
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
      const givenUp = await this.details.missed(manager, clientId, detail, reason, giveUp);
      // Kept answers count the failures whose detail is still to come.
      if (givenUp) await raiseDataVersion(manager, clientId);
    });
  }
}
