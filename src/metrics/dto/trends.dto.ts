import { type PeriodTrends, type SeriesTrend, type SeriesTrends, type TrendDirection } from '../../aggregator/index.js';

/** A period against the one before it. Null without a baseline or with one of zero. */
export class TrendsDto implements PeriodTrends {
  /** Change of the executions in percent.
   * @example 12.5 */
  execution_trend: number | null;

  /** Change of the success rate in percentage points.
   * @example -0.41 */
  success_rate_trend: number | null;

  /** Change of the average duration in percent; positive means faster.
   * @example 3.2 */
  performance_trend: number | null;

  /** Change of the hours saved in percent.
   * @example 11.9 */
  time_saved_trend: number | null;
}

/** Where one measure is going over a series. */
export class SeriesTrendDto implements SeriesTrend {
  /** Change per period, by least squares.
   * @example 14.25 */
  slope: number | null;

  /** `flat`: within the noise of the series; `insufficient_data`: fewer than 4 periods with a value.
   * @example 'up' */
  direction: TrendDirection;
}

/** The direction of each measure over the complete periods of a series. */
export class SeriesTrendsDto implements SeriesTrends {
  /** Executions per period. */
  executions: SeriesTrendDto;

  /** Percentage points per period. */
  success_rate: SeriesTrendDto;

  /** Seconds per period; up means faster. */
  performance: SeriesTrendDto;

  /** Hours per period. */
  time_saved: SeriesTrendDto;
}

/** Trends of a series: the last complete period against the one before it, and the direction of the whole. */
export class HistoricalTrendsDto extends TrendsDto {
  /** First day of the last complete period of the series, which the trends above speak of; null when there is none.
   * @example '2026-02-23' */
  period_start: string | null;

  /** Slopes and directions over the complete periods of the series. */
  series: SeriesTrendsDto;
}
