import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { FromQueryFlag, MayBeAbsent, PageQueryDto } from '../../common/index.js';
import { IsLocalDay } from './query.dto.js';

/** Which executions are counted. */
class RawQueryDto extends PageQueryDto {
  /** First day, inclusive, in the client's zone. Default: 30 days up to `end_date`.
   * @example '2026-02-01' */
  @IsOptional()
  @IsLocalDay()
  start_date?: string;

  /** Last day, inclusive. Default: today.
   * @example '2026-03-02' */
  @IsOptional()
  @IsLocalDay()
  end_date?: string;

  /** One workflow only.
   * @example 17 */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  workflow_id?: number;
}

/** Which failures. */
export class FailuresQueryDto extends RawQueryDto {
  @ApiPropertyOptional({
    description: '`true`: failures of production executions, as all figures count them; `false`: of the others.',
    type: 'boolean',
    default: true,
  })
  @MayBeAbsent()
  @FromQueryFlag()
  @IsBoolean({ message: 'must be true or false' })
  production = true;
}

/** Which executions. */
export class ExecutionStatsQueryDto extends RawQueryDto {
  /** Only production executions, or only the others.
   * @example true */
  @MayBeAbsent()
  @FromQueryFlag()
  @IsBoolean({ message: 'must be true or false' })
  production?: boolean;
}
