import { ApiProperty } from '@nestjs/swagger';
import { FRESHNESS_STATUSES, type FreshnessStatus } from '../../scheduler/index.js';

/** A walk through a client's history that is under way. */
export class BackfillDto {
  /**
   * Lowest n8n execution id stored so far; it ends at what is known or at the oldest that n8n has.
   * @example '481516'
   */
  position: string;

  /** @example 12500 */
  rows: number;

  /** @example '2026-03-01T09:00:00.000Z' */
  started_at: string | null;
}

/** How the executions of one local day were judged. */
export class FilterDayDto {
  /** @example '2026-03-01' */
  day: string;

  @ApiProperty({
    description: 'Production executions by what decided.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { mode_trigger: 140, production_tag: 12 },
  })
  production: Record<string, number>;

  @ApiProperty({
    description: 'The others by what decided.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { manual_mode: 3, test_name: 1 },
  })
  excluded: Record<string, number>;
}

/** A stretch of which executions are missing or may be. */
export class FreshnessGapDto {
  /** @example '2026-02-14T22:10:00.000Z' */
  from: string;

  /**
   * `null` while it goes on.
   * @example '2026-02-15T01:40:00.000Z'
   */
  to: string | null;

  @ApiProperty({
    enum: ['pruned_before_collection', 'source_unreachable', 'not_saved_by_n8n', 'instance_reset'],
    example: 'pruned_before_collection',
  })
  reason: string;

  /**
   * At most so many executions are missing; `null` when unknown.
   * @example 120
   */
  missing_ids: number | null;

  @ApiProperty({ enum: ['high', 'possible'], example: 'possible' })
  confidence: string;

  /**
   * The workflow that is concerned; `null`: any.
   * @example null
   */
  workflow_id: number | null;
}

/** How fresh the data of one client is. */
export class ClientFreshnessDto {
  /** @example 7 */
  client_id: number;

  /** @example 'Acme GmbH' */
  client_name: string;

  /**
   * A disabled client is not collected and grows stale.
   * @example true
   */
  enabled: boolean;

  @ApiProperty({
    description:
      '`failing` while the newest attempts fail, `never` before the first sync, else by age: `fresh` up to 1.5 intervals, ' +
      '`late` up to 4, `stale` beyond.',
    enum: FRESHNESS_STATUSES,
    example: 'fresh',
  })
  status: FreshnessStatus;

  /**
   * Since the last execution sync that came through.
   * @example 312
   */
  age_seconds: number | null;

  /**
   * Minutes between two syncs as chosen: shorter than configured where the instance would forget too much in between.
   * @example 15
   */
  sync_interval_minutes: number;

  /** @example 15 */
  configured_interval_minutes: number;

  /**
   * New executions an hour, smoothed; null before it could be measured.
   * @example 42.5
   */
  arrival_per_hour: number | null;

  /**
   * Hours until the instance stops showing an execution, at the present rate.
   * @example 235.3
   */
  window_hours: number;

  /**
   * Executions that the instance showed when that was last measured.
   * @example 10000
   */
  visible_executions: number | null;

  /**
   * Whether it is known to remove executions.
   * @example true
   */
  instance_prunes: boolean;

  /**
   * What a person should know, for example that even a sync every minute is too slow.
   * @example []
   */
  warnings: string[];

  /**
   * Requests to the instance since the beginning, retries included.
   * @example 5310
   */
  requests_sent: number;

  /** @example 2 */
  last_sync_requests: number | null;

  /**
   * The instance failed again and again and is left alone until then.
   * @example null
   */
  circuit_open_until: string | null;

  /** @example '2026-03-01T09:45:00.000Z' */
  next_sync_at: string;

  /** @example '2026-03-01T09:30:01.000Z' */
  last_workflow_sync_at: string | null;

  /** @example '2026-03-01T09:30:02.000Z' */
  last_execution_sync_at: string | null;

  /** @example '2026-03-01T09:30:03.000Z' */
  last_details_sync_at: string | null;

  /** @example '2026-03-01T09:29:58.120Z' */
  newest_execution_at: string | null;

  /** @example '2026-03-01T09:30:04.000Z' */
  last_aggregation_at: string | null;

  /** @example null */
  last_failure_at: string | null;

  /**
   * What the newest failed attempt of any part said, until it comes through again.
   * @example null
   */
  last_error: string | null;

  /** @example 0 */
  consecutive_failures: number;

  /**
   * Days whose figures are still to be computed again.
   * @example 1
   */
  dirty_days: number;

  /**
   * Failed executions whose error text is not fetched yet.
   * @example 0
   */
  details_pending: number;

  /**
   * Executions that were still open when last seen.
   * @example 2
   */
  pending_open: number;

  /**
   * Execution ids that were missing between their neighbours.
   * @example 0
   */
  pending_missing: number;

  /** @example 0 */
  coverage_gaps: number;

  /** The newest of them, at most ten. */
  latest_gaps: FreshnessGapDto[];

  /**
   * Databases that have answered at the address: 2 after the first re-installation or restored backup.
   * @example 1
   */
  epochs: number;

  /**
   * Rows of n8n's answers that could not be read, since the beginning.
   * @example 0
   */
  set_aside_rows: number;

  /** @example '2026-01-01T00:00:00.000Z' */
  first_observed_at: string | null;

  /** `null`: none is under way. */
  backfill: BackfillDto | null;

  @ApiProperty({
    description: 'Stored executions of the last 30 days by what decided whether they are production.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { mode_trigger: 4210, manual_mode: 37, test_name: 12 },
  })
  filter_statistics: Record<string, number>;

  /** The same by day of the client's time zone, newest first; days without executions are left out. */
  filter_statistics_by_day: FilterDayDto[];
}

/** How fresh the data of all clients is. */
export class DataFreshnessDto {
  clients: ClientFreshnessDto[];

  @ApiProperty({
    description: 'Clients by status.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { fresh: 11, late: 1, stale: 0, never: 0, failing: 0 },
  })
  status_counts: Record<FreshnessStatus, number>;

  /** @example 12 */
  total: number;
}
