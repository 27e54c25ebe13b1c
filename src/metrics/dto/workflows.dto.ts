import { FiguresDto, ProvenanceDto } from './figures.dto.js';
import { CoverageDto } from './coverage.dto.js';

/** A workflow and its figures over the range. */
export class WorkflowMetricsDto extends FiguresDto {
  /** Our id of the workflow.
   * @example 17 */
  workflow_id: number;

  /** n8n’s id of the workflow.
   * @example 'k3XvT0aYwq9ZbN1c' */
  n8n_workflow_id: string;

  /** Name of the workflow.
   * @example 'Send invoices' */
  workflow_name: string;

  /** Whether it is active in n8n.
   * @example true */
  active: boolean;

  /** True when the workflow no longer exists in n8n; it is listed because it ran in the range.
   * @example false */
  deleted: boolean;

  /** Names of its tags.
   * @example ["production", "billing"] */
  tags: string[];

  /** Start of its newest stored execution, production or not, whatever the range.
   * @example '2026-03-02T13:59:21.551Z' */
  last_execution: string | null;
}

/** A page of workflows, and the figures of the whole client. */
export class WorkflowsDto {
  /** Id of the client.
   * @example 1 */
  client_id: number;

  /** Name of the client.
   * @example 'Acme GmbH' */
  client_name: string;

  /** First day of the range, in the client’s zone.
   * @example '2026-02-01' */
  start_date: string;

  /** Last day of the range.
   * @example '2026-03-02' */
  end_date: string;

  /** The client’s IANA time zone.
   * @example 'Europe/Berlin' */
  timezone: string;

  /** Workflows that exist, and deleted ones that ran in the range. */
  workflows: WorkflowMetricsDto[];

  /** Figures over all workflows, not only those of this page. */
  summary: ProvenanceDto;

  /** How much of the range was seen. */
  coverage: CoverageDto;

  /** Pass it as `cursor` for the next page; null on the last one.
   * @example null */
  next_cursor: string | null;
}
