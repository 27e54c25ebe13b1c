import { Injectable } from '@nestjs/common';
import { AggregationReadModel, firstLiveDay } from '../../aggregator/index.js';
import { AuditService } from '../../auth/index.js';
import { type HandValue, type TimeSavedChange, TimeSavedService } from '../../collector/index.js';
import { type LocalDay, localDayOf } from '../../common/index.js';
import { JobsService } from '../../jobs/index.js';
import { JOB } from '../../scheduler/index.js';

/** A value as set, and what becomes of the figures. */
export interface AppliedTimeSaved {
  change: TimeSavedChange;
  /** Days with successes that keep their figures, because their executions are gone. */
  frozenDays: number;
  /** Days before it cannot be computed again. */
  frozenBefore: LocalDay;
  /** Computes the figures again; `null`: there is nothing to compute. */
  jobId: string | null;
}

/** Replaced values that an audit event lists. */
const LISTED = 100;

/** What an administrator does with time saved: setting it by hand, with the figures brought up to date and the write remembered. */
@Injectable()
export class TimeSavedAdminService {
  constructor(
    private readonly timeSaved: TimeSavedService,
    private readonly rollups: AggregationReadModel,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws NotFoundError `client_not_found`, `workflow_not_found`; InvalidInputError `invalid_request` */
  async set(clientId: number, workflowId: number, value: HandValue): Promise<AppliedTimeSaved> {
    const change = await this.timeSaved.set(clientId, workflowId, value);
    const job = change.days.length === 0 ? null : await this.jobs.enqueue({ name: JOB.aggregate, clientId });
    const applied = { change, jobId: job?.jobId ?? null, ...(await this.frozen(clientId, workflowId, change)) };
    await this.audit.record(value.author, 'time-saved.put', `client:${clientId}`, details(workflowId, value, applied));
    return applied;
  }

  private async frozen(
    clientId: number,
    workflowId: number,
    { changed, rawFloor, timezone }: TimeSavedChange,
  ): Promise<Pick<AppliedTimeSaved, 'frozenDays' | 'frozenBefore'>> {
    const frozenBefore = firstLiveDay(timezone, rawFloor);
    const ranges = changed.map(({ from, to }) => ({
      from: localDayOf(from, timezone),
      to: to === null ? frozenBefore : localDayOf(new Date(to.getTime() - 1), timezone),
    }));
    const frozenDays = await this.rollups.countDaysWithSuccesses(clientId, { workflowId, before: frozenBefore, ranges });
    return { frozenDays, frozenBefore };
  }
}

function details(
  workflowId: number,
  { minutes, applyFrom }: HandValue,
  { change, frozenDays, jobId }: AppliedTimeSaved,
): Record<string, unknown> {
  return {
    workflow_id: workflowId,
    minutes,
    apply_from: applyFrom,
    valid_from: change.validFrom,
    replaced: change.replaced.slice(0, LISTED).map(({ minutes: before, validFrom, author }) => ({
      minutes: before,
      valid_from: validFrom,
      author,
    })),
    replaced_values: change.replaced.length,
    days_to_recompute: change.days.length,
    days_frozen: frozenDays,
    job_id: jobId,
  };
}
