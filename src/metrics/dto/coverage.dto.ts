/** A stretch of time of which executions are missing or may be. */
export class CoverageGapDto {
  /** Begin.
   * @example '2026-02-14T22:10:00.000Z' */
  from: string;

  /** End; null while it goes on.
   * @example '2026-02-15T01:40:00.000Z' */
  to: string | null;

  /** `pruned_before_collection`: gone from n8n before it could be collected. `source_unreachable`: the same, after an outage.
   * `not_saved_by_n8n`: a workflow's settings keep n8n from saving its executions. `instance_reset`: another database took the place
   * of the one before.
   * @example 'pruned_before_collection' */
  reason: string;

  /** At most so many executions are missing; null when unknown.
   * @example 120 */
  missing_ids: number | null;

  /** `high`: ids of this instance are used up by saved executions only. `possible`: the ids may as well have belonged to executions that n8n does not save.
   * @example 'possible' */
  confidence: string;

  /** The workflow that is concerned; null: any.
   * @example null */
  workflow_id: number | null;
}

/** How much of what happened was seen. */
export class CoverageDto {
  /** When the client was first collected; null when it never was.
   * @example '2026-01-05T09:12:44.031Z' */
  first_observed_at: string | null;

  /** Gaps that touch the range, oldest first. */
  gaps: CoverageGapDto[];

  /** True when no gap touches the range and it does not begin before the oldest execution that was visible.
   * @example true */
  complete: boolean;
}
