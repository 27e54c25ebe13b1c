import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min, registerDecorator } from 'class-validator';
import { FromQueryFlag, isLocalDay, IsPlainText, PageQueryDto } from '../../common/index.js';
import { type SortKey, sortKeys } from '../workflow-order.js';

const MAX_INTEGER = 2_147_483_647;

/** A date that exists, within the years that can be counted. */
export function IsLocalDay(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isLocalDay',
      target: target.constructor,
      propertyName: String(property),
      options: { message: 'must be a date that exists, written YYYY-MM-DD, from 1970 to 2999' },
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isLocalDay(value) && value >= '1970' && value < '3000',
      },
    });
  };
}

/** Path of a client. */
export class ClientPathDto {
  /** Id of the client.
   * @example 1 */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_INTEGER)
  id: number;
}

/** Path of an execution of the key's client. */
export class ExecutionPathDto extends ClientPathDto {
  /** n8n's id of the execution.
   * @example '48213' */
  @Matches(/^[\w-]{1,100}$/, { message: 'must be an execution id as n8n gives them' })
  n8n_execution_id: string;
}

/** A range of days in the client's time zone. */
export class RangeQueryDto {
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
}

/** Which series. */
export class HistoricalQueryDto {
  /** Length of the periods.
   * @example 'weekly' */
  @ApiPropertyOptional({ enum: ['daily', 'weekly', 'monthly'], default: 'daily' })
  @IsOptional()
  @IsIn(['daily', 'weekly', 'monthly'])
  period_type: 'daily' | 'weekly' | 'monthly' = 'daily';

  /** First day, inclusive, in the client's zone: the period that holds it is the first. Default: 30 days, 12 weeks or 12 months.
   * @example '2026-02-01' */
  @IsOptional()
  @IsLocalDay()
  start_date?: string;

  /** Last day, inclusive: the period that holds it is the last. Default: today.
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

/** Which page of the workflows, in which order. */
export class WorkflowsQueryDto extends PageQueryDto {
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

  /** What to sort by; workflows without a value come last.
   * @example 'failed_executions' */
  @ApiPropertyOptional({ enum: sortKeys, default: 'total_executions' })
  @IsOptional()
  @IsIn(sortKeys)
  sort: SortKey = 'total_executions';

  /** Default: descending, names ascending.
   * @example 'desc' */
  @IsOptional()
  @IsIn(['asc', 'desc'])
  order?: 'asc' | 'desc';
}

/** Which executions. */
export class ExecutionsQueryDto extends PageQueryDto {
  /** n8n's status, for example success, error, crashed, canceled, running, waiting; or vanished.
   * @example 'error' */
  @IsOptional()
  @IsPlainText(1, 50)
  status?: string;

  /** n8n's mode, for example webhook, trigger, manual.
   * @example 'webhook' */
  @IsOptional()
  @IsPlainText(1, 50)
  mode?: string;

  /** One workflow only.
   * @example 17 */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  workflow_id?: number;

  /** Only production executions, or only the others.
   * @example true */
  @IsOptional()
  @FromQueryFlag()
  @IsBoolean({ message: 'must be true or false' })
  production?: boolean;

  /** The reason of the production filter's verdict.
   * @example 'test_name' */
  @IsOptional()
  @IsPlainText(1, 50)
  reason?: string;

  /** First day, inclusive, in the client's zone.
   * @example '2026-02-01' */
  @IsOptional()
  @IsLocalDay()
  start_date?: string;

  /** Last day, inclusive.
   * @example '2026-03-02' */
  @IsOptional()
  @IsLocalDay()
  end_date?: string;
}
