import { CoverageDto } from './coverage.dto.js';
import { ProvenanceDto } from './figures.dto.js';
import { HistoricalTrendsDto } from './trends.dto.js';

/** One day, week or month. */
export class PointDto extends ProvenanceDto {
  /** First day of the period, in the client's zone.
   * @example '2026-02-23' */
  period_start: string;

  /** Last day of the period.
   * @example '2026-03-01' */
  period_end: string;
}

/** A series of periods. */
export class HistoricalDto {
  /** Id of the client.
   * @example 1 */
  client_id: number;

  /** The workflow that was asked for; null for the whole client.
   * @example null */
  workflow_id: number | null;

  /** Length of the periods.
   * @example 'weekly' */
  period_type: 'daily' | 'weekly' | 'monthly';

  /** First day of the range.
   * @example '2025-12-08' */
  start_date: string;

  /** Last day of the range.
   * @example '2026-03-01' */
  end_date: string;

  /** The client's IANA time zone: all dates are days there.
   * @example 'Europe/Berlin' */
  timezone: string;

  /** One point per period, oldest first, empty periods included. */
  metrics_data: PointDto[];

  /** Trends of the series. */
  trends: HistoricalTrendsDto;

  /** How much of the range was seen. */
  coverage: CoverageDto;
}
