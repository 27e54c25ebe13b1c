import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type InstantRange } from '../common/index.js';

/** A stretch of which executions may be missing. */
export interface CoverageGap {
  from: Date;
  to: Date;
  reason: string;
  missingIds: number | null;
  confidence: string;
}

/** How much of a range was seen. */
export interface Coverage {
  /** First time the client was looked at; `null` before its first sync. */
  firstObservedAt: Date | null;
  lastSyncedAt: Date | null;
  gaps: CoverageGap[];
  /** No gap touches the range, and the first backfill has come down to it. */
  complete: boolean;
}

interface StateRow {
  first_observed_at: Date | null;
  executions_synced_at: Date | null;
  watermark: string | null;
}

interface GapRow {
  from_at: Date;
  to_at: Date;
  reason: string;
  missing_ids: string | null;
  confidence: string;
}

/** Says how much of what happened in a range was seen. */
@Injectable()
export class CoverageReadModel {
  /** Reads in the caller's transaction, so that figures and coverage belong together. */
  async coverage(manager: EntityManager, clientId: number, range: InstantRange): Promise<Coverage> {
    const [state] = await manager.query<StateRow[]>(
      'SELECT first_observed_at, executions_synced_at, watermark FROM sync_states WHERE client_id = $1',
      [clientId],
    );
    const gaps = await manager.query<GapRow[]>(
      `SELECT from_at, to_at, reason, missing_ids, confidence FROM coverage_gaps
        WHERE client_id = $1 AND from_at < $3 AND to_at >= $2 ORDER BY from_at, id LIMIT 100`,
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
      })),
      complete: gaps.length === 0 && state?.watermark != null,
    };
  }
}
