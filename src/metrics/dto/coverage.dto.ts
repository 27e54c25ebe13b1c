/** A stretch of time of which executions are missing or may be. */
export class CoverageGapDto {
  /** Begin.
   * @example '2026-02-14T22:10:00.000Z' */
  from: string;

  /** End.
   * @example '2026-02-15T01:40:00.000Z' */
  to: string;

  /** `pruned_before_collection`, `source_unreachable`, `not_saved_by_n8n` or `instance_reset`.
   * @example 'pruned_before_collection' */
  reason: string;

  /** At most so many executions are missing; null when unknown.
   * @example 120 */
  missing_ids: number | null;

  /** `high` or `possible`.
   * @example 'high' */
  confidence: string;
}

/** How much of what happened was seen. */
export class CoverageDto {
  /** When the client was first collected; null when it never was.
   * @example '2026-01-05T09:12:44.031Z' */
  first_observed_at: string | null;

  /** Gaps that touch the range, oldest first. */
  gaps: CoverageGapDto[];

  /** True when the whole range was observed and no gap touches it.
   * @example true */
  complete: boolean;
}
