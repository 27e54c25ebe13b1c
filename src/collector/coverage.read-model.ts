import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { dayRange, type InstantRange, localDayOf } from '../common/index.js';

/** A stretch of which executions may be missing. */
export interface CoverageGap {
  from: Date;
  /** `null`: it goes on. */
  to: Date | null;
  reason: string;
  missingIds: number | null;
  confidence: string;
  /** The workflow that is concerned; `null`: any. */
  workflowId: number | null;
}

/** How much of a range was seen. */
export interface Coverage {
  /** First time the client was looked at; `null` before its first sync. */
  firstObservedAt: Date | null;
  lastSyncedAt: Date | null;
  gaps: CoverageGap[];
  /**
   * No gap touches the range, the first backfill is done, and the range begins on or after the local day of the oldest execution
   * that was visible (or of the first look, when that is earlier): what n8n had forgotten before is not known.
   */
  complete: boolean;
}

interface StateRow {
  first_observed_at: Date | null;
  executions_synced_at: Date | null;
  watermark: string | null;
  timezone: string;
  observed_since: Date | null;
}

interface GapRow {
  from_at: Date;
  to_at: Date | null;
  reason: string;
  missing_ids: string | null;
  confidence: string;
  workflow_id: string | null;
}

/** Says how much of what happened in a range was seen. */
@Injectable()
export class CoverageReadModel {
  /** Reads in the caller's transaction, so that figures and coverage belong together. */
  async coverage(manager: EntityManager, clientId: number, range: InstantRange): Promise<Coverage> {
    const [state] = await manager.query<StateRow[]>(
      `SELECT s.first_observed_at, s.executions_synced_at, s.watermark, c.timezone, least(s.first_observed_at,
                (SELECT min(e.started_at) FROM workflow_executions e WHERE e.client_id = c.id),
                (SELECT min(m.period_start)::timestamp AT TIME ZONE c.timezone FROM metrics_aggregations m
                  WHERE m.client_id = c.id AND m.period_type = 'daily' AND m.workflow_id = 0)) AS observed_since
         FROM sync_states s JOIN clients c ON c.id = s.client_id WHERE s.client_id = $1`,
      [clientId],
    );
    const gaps = await manager.query<GapRow[]>(
      `SELECT from_at, to_at, reason, missing_ids, confidence, workflow_id FROM coverage_gaps
        WHERE client_id = $1 AND from_at < $3 AND (to_at >= $2 OR to_at IS NULL) ORDER BY from_at, id LIMIT 100`,
      [clientId, range.start, range.end],
    );
    return {
      firstObservedAt: state?.first_observed_at ?? null,
      lastSyncedAt: state?.executions_synced_at ?? null,
      gaps: gaps.map((gap) => ({
        from: gap.from_at,
        to: gap.to_at,
        reason: gap.reason,
        missingIds: gap.missing_ids === null ? null : Number(gap.missing_ids),
        confidence: gap.confidence,
        workflowId: gap.workflow_id === null ? null : Number(gap.workflow_id),
      })),
      complete: gaps.length === 0 && state?.watermark != null && observes(state, range),
    };
  }
}

function observes({ observed_since: since, timezone }: StateRow, range: InstantRange): boolean {
  return since !== null && range.start >= dayRange(localDayOf(since, timezone), timezone).start;
}
