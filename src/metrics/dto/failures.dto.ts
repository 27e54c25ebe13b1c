/** Failures of one node of one workflow whose texts say the same. */
export class FailureGroupDto {
  /** Tells groups apart; the same workflow, node and message have the same one in every answer.
   * @example 'pJ3kT0aYwq9ZbN1c' */
  fingerprint: string;

  /** Our id of the workflow.
   * @example 17 */
  workflow_id: number;

  /** n8n’s id of the workflow; null when the workflow is not known any more.
   * @example 'k3XvT0aYwq9ZbN1c' */
  n8n_workflow_id: string | null;

  /** Name of the workflow.
   * @example 'Send invoices' */
  workflow_name: string | null;

  /** Node that failed; null when the detail does not say so, or is not there.
   * @example 'HTTP Request' */
  error_node: string | null;

  /** Class of the newest error.
   * @example 'NodeApiError' */
  error_type: string | null;

  /** The texts with `<number>`, `<id>`, `<value>` (in quotes), `<url>`, `<email>` and `<time>` where they differ; null without a text.
   * @example 'Order <number> not found' */
  message: string | null;

  /** The newest of the texts, its first 500 characters.
   * @example 'Order 48213 not found' */
  sample_message: string | null;

  /** Failures in the group.
   * @example 42 */
  count: number;

  /** Percent of all failures of the answer, on every page.
   * @example 12.7273 */
  share: number;

  /** Start of the oldest one in the range.
   * @example '2026-02-11T04:00:02.911Z' */
  first_seen: string;

  /** Start of the newest one.
   * @example '2026-03-02T13:59:21.551Z' */
  last_seen: string;

  /** n8n’s ids of the newest ones, three at most.
   * @example ["48213", "48102"] */
  sample_execution_ids: string[];
}

/** A page of groups, the largest first. */
export class FailuresDto {
  /** Id of the client.
   * @example 1 */
  client_id: number;

  /** Name of the client.
   * @example 'Acme GmbH' */
  client_name: string;

  /** The workflow that was asked for; null for all.
   * @example null */
  workflow_id: number | null;

  /** First day of the range, in the client’s zone.
   * @example '2026-02-01' */
  start_date: string;

  /** Last day of the range.
   * @example '2026-03-02' */
  end_date: string;

  /** The client’s IANA time zone.
   * @example 'Europe/Berlin' */
  timezone: string;

  /** Executions that started earlier are not kept: of such days nothing is counted.
   * @example '2025-12-01T23:00:00.000Z' */
  raw_from: string;

  /** Failures in all groups: status error or crashed.
   * @example 330 */
  total_failures: number;

  /** Those of them whose detail has not been read yet. They are in the group of their workflow without node and message until then.
   * @example 3 */
  details_pending: number;

  /** Those whose detail cannot be had from n8n any more.
   * @example 0 */
  details_unavailable: number;

  /** Failures with the rarest texts, when there would be more than 5,000 groups: counted in `total_failures`, in no group.
   * @example 0 */
  ungrouped_failures: number;

  /** Groups, the largest first. */
  items: FailureGroupDto[];

  /** Pass it as `cursor` for the next page; null on the last one.
   * @example null */
  next_cursor: string | null;
}
