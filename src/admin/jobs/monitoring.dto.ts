import { ApiProperty } from '@nestjs/swagger';
import { JOB_STATES, type JobState } from '../../jobs/index.js';
import { FRESHNESS_STATUSES, type FreshnessStatus } from '../../scheduler/index.js';

/** The newest run of a schedule. */
export class LastRunDto {
  /** @example 'aggregate-daily.all.2026-03-01' */
  job_id: string;

  /** @example '2026-03-01T02:00:00.012Z' */
  started_at: string;

  /**
   * `null` while it runs.
   * @example 3.4
   */
  duration_seconds: number | null;

  @ApiProperty({ enum: JOB_STATES, example: 'completed' })
  outcome: JobState;

  @ApiProperty({
    description: 'What it did; the fields depend on the job.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { clients: 12, days_recomputed: 12, rows_written: 480 },
  })
  counts: Record<string, unknown> | null;

  /** @example null */
  error: string | null;
}

/** A schedule and how it has been doing. */
export class ScheduleDto {
  /** @example 'aggregate-daily' */
  name: string;

  /** @example 'Brings daily rollups up to date.' */
  description: string;

  /**
   * minute hour day-of-month month day-of-week
   * @example '0 2 * * *'
   */
  cron: string;

  /**
   * IANA time zone the expression is read in.
   * @example 'UTC'
   */
  timezone: string;

  /** `null`: it has not run yet. */
  last_run: LastRunDto | null;

  /** @example '2026-03-02T02:00:00.000Z' */
  next_run_at: string;

  /** @example false */
  running_now: boolean;

  /**
   * Failed runs since the newest one that completed.
   * @example 0
   */
  failures_in_a_row: number;
}

/** Jobs that are not over. */
export class QueueDepthDto {
  /** @example 0 */
  queued: number;

  /** @example 2 */
  running: number;

  /**
   * When the job that has waited longest was enqueued.
   * @example null
   */
  oldest_queued_at: string | null;
}

/** A process that runs jobs. */
export class ReplicaDto {
  /**
   * Host name and process id.
   * @example 'worker-1-4711'
   */
  replica: string;

  /** @example '2026-03-01T09:30:00.040Z' */
  last_started_at: string;

  /**
   * Jobs it started in the last hour.
   * @example 240
   */
  runs: number;
}

/** The scheduler as a whole. */
export class SchedulerStatusDto {
  schedules: ScheduleDto[];
  queue: QueueDepthDto;

  /** Processes that ran a job in the last hour, the most recent first. */
  replicas: ReplicaDto[];
}

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

/** What is stored of one kind of period. */
export class StoredPeriodsDto {
  @ApiProperty({ enum: ['daily', 'weekly', 'monthly'], example: 'daily' })
  period_type: 'daily' | 'weekly' | 'monthly';

  /** @example 5400 */
  rows: number;

  /**
   * Rows with a day whose raw executions are partly gone: they never change again.
   * @example 0
   */
  frozen_rows: number;

  /** @example '2024-03-01' */
  oldest: string | null;

  /** @example '2026-03-01' */
  newest: string | null;
}

/** What the rollups hold, over all clients. */
export class AggregationSummaryDto {
  periods: StoredPeriodsDto[];

  /**
   * Days of clients whose figures are still to be computed again; until then they are served from raw executions.
   * @example 0
   */
  dirty_days: number;

  /** @example null */
  oldest_dirty_day: string | null;

  /** @example '2026-03-01T09:30:02.310Z' */
  last_computed_at: string | null;
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
      '`never` before the first sync, `failing` while the newest attempts fail, else by age: `fresh` up to 1.5 intervals, ' +
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

  /** @example 15 */
  sync_interval_minutes: number;

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
