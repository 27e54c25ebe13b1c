import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { FromQueryFlag, IsCalendarDate, MayBeAbsent, PageQueryDto } from '../../common/index.js';
import { JOB_STATES, type JobState } from '../../jobs/index.js';

/** Largest value of an `integer` in PostgreSQL. */
const MAX_ID = 2_147_483_647;

/** Path parameter of the operations on one client. */
export class SyncPathDto {
  /**
   * Id of the client.
   * @example 7
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  client_id: number;
}

/** Query of the operations that start a sync. */
export class WaitQueryDto {
  @ApiPropertyOptional({
    description: 'Seconds to wait for the result before answering; 0: do not wait.',
    type: 'integer',
    minimum: 0,
    maximum: 120,
    default: 0,
  })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(120)
  wait = 0;
}

/** Query of the clean-up. */
export class CleanupQueryDto extends WaitQueryDto {
  @ApiPropertyOptional({
    description: "`true`: nothing is removed, the job's result says what would be.",
    type: 'boolean',
    default: false,
  })
  @MayBeAbsent()
  @FromQueryFlag()
  @IsBoolean({ message: 'must be true or false' })
  dry_run = false;
}

/** Query of the history of jobs. */
export class JobRunsQueryDto extends PageQueryDto {
  /**
   * Only jobs of this name.
   * @example 'sync'
   */
  @MayBeAbsent()
  @Matches(/^[a-z-]{1,80}$/, { message: 'must be the name of a job such as sync' })
  name?: string;

  /**
   * Only jobs about this client.
   * @example 7
   */
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  client_id?: number;

  /**
   * Only jobs in this state.
   * @example 'failed'
   */
  @MayBeAbsent()
  @IsIn(JOB_STATES, { message: `must be one of ${JOB_STATES.join(', ')}` })
  state?: JobState;
}

/** Whose kept answers to drop. */
export class RefreshCacheDto {
  /**
   * The client; `null` or left out: all clients.
   * @example 7
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  client_id?: number | null;
}

/** A range of days to compute again. */
export class TriggerAggregationDto {
  /**
   * The client; `null` or left out: all enabled clients.
   * @example 7
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ID)
  client_id?: number | null;

  /**
   * First day, in the time zone of each client.
   * @example '2026-02-01'
   */
  @IsCalendarDate()
  start_date: string;

  /**
   * Last day, in the time zone of each client; it belongs to the range.
   * @example '2026-02-28'
   */
  @IsCalendarDate()
  end_date: string;
}
