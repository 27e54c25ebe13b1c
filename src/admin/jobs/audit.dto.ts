import { ApiProperty } from '@nestjs/swagger';
import { IsCalendarDate, MayBeAbsent } from '../../common/index.js';

/** Which days are checked. */
export class AuditQueryDto {
  /**
   * First day, in the client's time zone. Default: the first that raw executions cover.
   * @example '2026-02-01'
   */
  @MayBeAbsent()
  @IsCalendarDate()
  start_date?: string;

  /**
   * Last day, in the client's time zone; it belongs to the range. Default: the last with an execution or a rollup.
   * @example '2026-03-02'
   */
  @MayBeAbsent()
  @IsCalendarDate()
  end_date?: string;
}

/** Rows that were compared. */
export class AuditedRowsDto {
  /** @example 620 */
  daily: number;

  /** @example 96 */
  weekly: number;

  /** @example 42 */
  monthly: number;
}

/** A figure of a rollup that is not what it should be. */
export class DifferingFieldDto {
  /** @example 'failed_executions' */
  field: string;

  /**
   * `null`: the row or the figure is not there.
   * @example '12'
   */
  stored: string | null;

  /** @example '13' */
  recomputed: string | null;
}

/** A rollup row that is not what it should be. */
export class RollupDifferenceDto {
  @ApiProperty({ enum: ['daily', 'weekly', 'monthly'], example: 'daily' })
  period_type: 'daily' | 'weekly' | 'monthly';

  /** @example '2026-03-01' */
  period_start: string;

  /**
   * 0: the whole client.
   * @example 17
   */
  workflow_id: number;

  @ApiProperty({
    description: '`missing`: there should be a row. `unexpected`: there should be none. `different`: a figure differs.',
    enum: ['missing', 'unexpected', 'different'],
    example: 'different',
  })
  kind: 'missing' | 'unexpected' | 'different';

  /** Figures as PostgreSQL writes them, those that differ. */
  fields: DifferingFieldDto[];
}

/** Whether the rollups are what raw executions give. */
export class AuditDto {
  /** @example 7 */
  client_id: number;

  /** @example 'Europe/Berlin' */
  timezone: string;

  /**
   * `null`: nothing is stored.
   * @example '2026-02-01'
   */
  start_date: string | null;

  /** @example '2026-03-02' */
  end_date: string | null;

  /** True when no compared row differs. @example true */
  equal: boolean;

  /** True when every row of the range was compared or is frozen: nothing was dirty. @example true */
  complete: boolean;

  /** @example 30 */
  days_compared: number;

  rows_compared: AuditedRowsDto;

  /** Rows that differ. @example 0 */
  total_differences: number;

  /** The first 200 of them. */
  differences: RollupDifferenceDto[];

  /**
   * Days that are not computed yet, and so were not compared.
   * @example []
   */
  dirty_days: string[];

  /** Weeks and months that hold such a day. @example 0 */
  dirty_periods: number;

  /** Days whose raw executions are partly gone: they keep their rollups. @example 0 */
  frozen_days: number;

  /** Weeks and months that hold such a day. @example 1 */
  frozen_periods: number;

  /** A changed time zone or week start is not applied yet: nothing was compared. @example false */
  configuration_pending: boolean;

  /** Version of the client's data that was looked at. @example 4711 */
  data_version: number;
}
