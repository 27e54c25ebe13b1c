/** A stored execution with the verdict of the production filter. */
export class ExecutionDto {
  /** n8n's id of the execution.
   * @example '48213' */
  n8n_execution_id: string;

  /** Which database behind the client's n8n it came from: 1 until the instance is found to have begun its ids anew.
   * @example 1 */
  epoch: number;

  /** Our id of the workflow.
   * @example 17 */
  workflow_id: number;

  /** n8n’s id of the workflow; null when the workflow is not known any more.
   * @example 'k3XvT0aYwq9ZbN1c' */
  n8n_workflow_id: string | null;

  /** Name of the workflow.
   * @example 'Send invoices' */
  workflow_name: string | null;

  /** n8n's status, or `vanished` when an open execution is no longer known to n8n.
   * @example 'error' */
  status: string;

  /** n8n’s mode: how it was started.
   * @example 'webhook' */
  mode: string;

  /** Start.
   * @example '2026-03-02T13:59:21.551Z' */
  started_at: string;

  /** End; null while it is open.
   * @example '2026-03-02T13:59:24.002Z' */
  finished_at: string | null;

  /** When a waiting execution goes on.
   * @example null */
  wait_till: string | null;

  /** Null when the execution is open or its duration is not valid.
   * @example 2451 */
  execution_time_ms: number | null;

  /** Whether it counts as a production execution.
   * @example true */
  is_production: boolean;

  /** The rule that decided.
   * @example 'mode_webhook' */
  filter_reason: string;

  /** Version of the rule set that decided; 0 is the default one.
   * @example 0 */
  rule_version: number;

  /** The execution that this one repeats.
   * @example null */
  retry_of: string | null;

  /** The retry of this one that succeeded.
   * @example '48220' */
  retry_success_id: string | null;

  /** At most 2,000 characters, secrets masked. Null when it did not fail or its detail was not read yet.
   * @example 'Request failed with status code 502' */
  error_message: string | null;

  /** Node that failed.
   * @example 'HTTP Request' */
  error_node: string | null;

  /** Class of the error.
   * @example 'NodeApiError' */
  error_type: string | null;

  /** What in the run's data or error text says that it was a test.
   * @example null */
  test_indicator: string | null;

  /** When the collector first saw it.
   * @example '2026-03-02T14:00:01.902Z' */
  first_seen_at: string;

  /** When what is stored of it last changed.
   * @example '2026-03-02T14:00:01.902Z' */
  last_changed_at: string;
}

/** A page of executions, newest first. */
export class ExecutionsDto {
  /** Executions, newest first. */
  items: ExecutionDto[];

  /** Pass it as `cursor` for the next page; null on the last one.
   * @example null */
  next_cursor: string | null;
}
