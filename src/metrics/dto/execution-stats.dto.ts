/** Executions of one workflow with the same mode, status and verdict. */
export class ExecutionStatDto {
  /** Our id of the workflow.
   * @example 17 */
  workflow_id: number;

  /** n8n’s id of the workflow; null when the workflow is not known any more.
   * @example 'k3XvT0aYwq9ZbN1c' */
  n8n_workflow_id: string | null;

  /** Name of the workflow.
   * @example 'Send invoices' */
  workflow_name: string | null;

  /** n8n’s mode: how they were started.
   * @example 'webhook' */
  mode: string;

  /** n8n's status, or `vanished`: open executions that are no longer known to n8n.
   * @example 'success' */
  status: string;

  /** Whether they count as production executions.
   * @example true */
  is_production: boolean;

  /** How many.
   * @example 1204 */
  executions: number;

  /** How many of them have a valid duration; the figures below are made of those.
   * @example 1204 */
  timed_executions: number;

  /** Sum of the durations in ms.
   * @example 2950804 */
  total_execution_time_ms: number;

  /** Average duration; null when none has one.
   * @example 2.450834 */
  avg_execution_time_seconds: number | null;

  /** Shortest duration.
   * @example 0.118 */
  min_execution_time_seconds: number | null;

  /** Longest duration.
   * @example 31.402 */
  max_execution_time_seconds: number | null;

  /** Start of the oldest one in the range.
   * @example '2026-02-01T00:00:02.911Z' */
  first_started_at: string;

  /** Start of the newest one.
   * @example '2026-03-02T13:59:21.551Z' */
  last_started_at: string;
}

/** A page of such groups, the largest first. */
export class ExecutionStatsDto {
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

  /** Executions in all groups, whatever their status.
   * @example 4211 */
  total_executions: number;

  /** Executions of the smallest groups, when there are more than 5,000 of them: counted in `total_executions`, in no group.
   * @example 0 */
  ungrouped_executions: number;

  /** Groups, the largest first. */
  items: ExecutionStatDto[];

  /** Pass it as `cursor` for the next page; null on the last one.
   * @example null */
  next_cursor: string | null;
}
