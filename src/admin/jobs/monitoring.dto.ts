import { ApiProperty } from '@nestjs/swagger';
import { JOB_STATES, type JobState } from '../../jobs/index.js';

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

/** The cache of answers. Counts are those of the process that answered, since it started. */
export class CacheStatusDto {
  /** Where replicas find answers: in Redis, or each in its own memory.
   * @example 'redis' */
  backend: 'memory' | 'redis';

  /** False while Redis cannot be reached: answers are kept in memory and computed by every process for itself.
   * @example true */
  up: boolean;

  /** Why it cannot be reached.
   * @example null */
  error: string | null;

  /** Answers that are kept; null when Redis cannot be asked.
   * @example 412 */
  keys: number | null;

  /** @example 18213 */
  hits: number;

  /** @example 702 */
  misses: number;

  /** Reads and writes of Redis that failed.
   * @example 0 */
  errors: number;

  /** Percent: 100 * hits / (hits + misses). Null before the first question.
   * @example 96.2886 */
  hit_rate: number | null;
}
