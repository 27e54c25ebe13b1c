import { ApiProperty } from '@nestjs/swagger';
import { JOB_STATES, type JobState } from '../../jobs/index.js';

/** A background job. */
export class JobDto {
  /** @example 'sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10' */
  job_id: string;

  /**
   * What it does: `sync`, `collect`, `aggregate`, `aggregate-daily`, `aggregate-weekly`, `aggregate-monthly`, `cleanup`, `cleanup-dry-run`,
   * `refresh-cache`, `apply-configuration`, `erase-client`.
   * @example 'sync'
   */
  name: string;

  /**
   * The client it is about; `null`: all.
   * @example 7
   */
  client_id: number | null;

  @ApiProperty({ description: '`queued` also while it waits for its next attempt.', enum: JOB_STATES, example: 'completed' })
  state: JobState;

  @ApiProperty({
    description: 'How far the running or last attempt came; its fields depend on the job.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { executions_seen: 500 },
  })
  progress: Record<string, unknown> | null;

  @ApiProperty({
    description: 'What it did, as counts, once it is completed; the fields depend on the job.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { executions_new: 482, executions_changed: 3, days_recomputed: 1 },
  })
  result: Record<string, unknown> | null;

  /**
   * Why the newest failed attempt failed.
   * @example null
   */
  error: string | null;

  /** @example '2026-03-01T09:30:00.000Z' */
  created_at: string;

  /**
   * Of the newest attempt.
   * @example '2026-03-01T09:30:00.040Z'
   */
  started_at: string | null;

  /** @example '2026-03-01T09:30:02.310Z' */
  finished_at: string | null;
}

/** A background job in the history. */
export class JobRunDto extends JobDto {
  /**
   * The occasion of a scheduled job: a day (`2026-03-01`), an hour or a minute.
   * @example '2026-03-01T10-15Z'
   */
  slot: string | null;

  /**
   * How often it was started: retries, and runs taken over from a process that died.
   * @example 1
   */
  attempts: number;

  /**
   * The process that ran the newest attempt.
   * @example 'worker-1-4711'
   */
  replica: string | null;
}

/** One page of the history, newest first. */
export class JobRunPageDto {
  items: JobRunDto[];

  /**
   * Give it as `cursor` to get the next page; `null` on the last one.
   * @example 'eyJpZCI6NTB9'
   */
  next_cursor: string | null;
}

/** A job that was asked for. */
export class RequestedJobDto extends JobDto {
  /**
   * True when a job that was queued or running already does what was asked for.
   * @example false
   */
  joined: boolean;

  /**
   * Where to look for its state; also in the `Location` header.
   * @example '/api/v1/metrics/admin/jobs/sync.7.0f3c9a52-6f0a-4c3e-9d55-6f2b7b1f9a10'
   */
  status_url: string;
}

/** The jobs of all clients. */
export class RequestedJobsDto {
  /** One for each enabled client, by client. */
  jobs: RequestedJobDto[];

  /**
   * How many clients there are.
   * @example 12
   */
  total: number;

  /**
   * How many of them are over.
   * @example 0
   */
  finished: number;
}
