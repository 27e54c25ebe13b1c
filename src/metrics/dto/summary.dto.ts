import { CoverageDto } from './coverage.dto.js';
import { ProvenanceDto } from './figures.dto.js';
import { TrendsDto } from './trends.dto.js';

/** A client over a range of days. */
export class SummaryDto extends ProvenanceDto {
  /** Id of the client.
   * @example 1 */
  client_id: number;

  /** Name of the client.
   * @example 'Acme GmbH' */
  client_name: string;

  /** First day of the range, in the client's zone.
   * @example '2026-02-01' */
  start_date: string;

  /** Last day of the range.
   * @example '2026-03-02' */
  end_date: string;

  /** The client's IANA time zone.
   * @example 'Europe/Berlin' */
  timezone: string;

  /** Workflows that exist in n8n.
   * @example 42 */
  total_workflows: number;

  /** Those that are active.
   * @example 31 */
  active_workflows: number;

  /** Against the range of the same length right before this one. */
  trends: TrendsDto;

  /** Start of the newest stored execution, production or not, whatever the range.
   * @example '2026-03-02T13:59:21.551Z' */
  last_activity: string | null;

  /** When executions were last synchronised.
   * @example '2026-03-02T14:00:02.118Z' */
  last_updated: string | null;

  /** How much of the range was seen. */
  coverage: CoverageDto;
}

/** All clients over a range of days. */
export class OverviewDto {
  /** Each client's summary, by name. */
  clients: SummaryDto[];

  /** Clients in the list.
   * @example 3 */
  total_clients: number;

  /** Workflows of all clients that exist in n8n.
   * @example 117 */
  total_workflows: number;

  /** Successful and failed production executions of all clients.
   * @example 88213 */
  total_executions: number;

  /** Percent: 100 * successful / total over all clients together. Null when there was none.
   * @example 97.9142 */
  overall_success_rate: number | null;

  /** Hours saved in all clients. Null when no value is known.
   * @example 1204.5 */
  time_saved_hours: number | null;

  /** When executions of any client were last synchronised.
   * @example '2026-03-02T14:00:02.118Z' */
  last_updated: string | null;
}
