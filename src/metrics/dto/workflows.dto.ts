import { FiguresDto, ProvenanceDto } from './figures.dto.js';
import { CoverageDto } from './coverage.dto.js';

/** A workflow and its figures over the range. */
export class WorkflowMetricsDto extends FiguresDto {
  /** @example 17 */
  workflow_id: number;

  /** @example 'k3XvT0aYwq9ZbN1c' */
  n8n_workflow_id: string;

  /** @example 'Send invoices' */
  workflow_name: string;

  /** @example true */
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
  /** @example 1 */
  client_id: number;

  /** @example 'Acme GmbH' */
  client_name: string;

  /** @example '2026-02-01' */
  start_date: string;

  /** @example '2026-03-02' */
  end_date: string;

  /** @example 'Europe/Berlin' */
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
