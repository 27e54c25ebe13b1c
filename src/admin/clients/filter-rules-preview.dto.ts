import { IsCalendarDate, MayBeAbsent } from '../../common/index.js';
import { FilterRulesDto } from './filter-rules.dto.js';

/** Which stored executions candidate rules are tried on. */
export class PreviewQueryDto {
  /**
   * First day, in the client's time zone. Default: 30 days up to `end_date`.
   * @example '2026-02-01'
   */
  @MayBeAbsent()
  @IsCalendarDate()
  start_date?: string;

  /**
   * Last day, in the client's time zone; it belongs to the range. Default: today.
   * @example '2026-03-02'
   */
  @MayBeAbsent()
  @IsCalendarDate()
  end_date?: string;
}

/** Figures of the previewed executions by one set of verdicts. */
export class PreviewTotalsDto {
  /** Production executions that succeeded or failed. @example 41200 */
  total_executions: number;

  /** @example 40788 */
  successful_executions: number;

  /** @example 412 */
  failed_executions: number;

  /** @example 3 */
  canceled_executions: number;

  /** @example 1 */
  open_executions: number;

  /** Not production, whatever their status. @example 2310 */
  excluded_executions: number;

  /**
   * Percent; `null` when there is no total.
   * @example 99
   */
  success_rate: number | null;
}

/** Executions that would get another verdict or another reason. */
export class ReasonChangeDto {
  /** @example 'mode_webhook' */
  from_reason: string;

  /** @example true */
  from_production: boolean;

  /** @example 'custom_exclude' */
  to_reason: string;

  /** @example false */
  to_production: boolean;

  /** @example 1200 */
  executions: number;
}

/** What would change for one workflow. */
export class WorkflowEffectDto {
  /** @example 17 */
  workflow_id: number;

  /**
   * As it is now; `null` when it is not known.
   * @example 'Order sync test'
   */
  workflow_name: string | null;

  /** @example 1200 */
  total_before: number;

  /** @example 0 */
  total_after: number;

  /** Executions that would become production. @example 0 */
  moved_in: number;

  /** Executions that would cease to be production. @example 1200 */
  moved_out: number;

  /** Executions that stay what they are, for another reason. @example 0 */
  reason_changed: number;
}

/** One execution that would move. */
export class MovedExecutionDto {
  /** @example '48213' */
  n8n_execution_id: string;

  /** @example 17 */
  workflow_id: number;

  /** @example 'Order sync test' */
  workflow_name: string | null;

  /** @example '2026-03-02T13:59:21.551Z' */
  started_at: string;

  /** @example 'webhook' */
  mode: string;

  /** @example 'success' */
  status: string;

  /** @example 2451 */
  execution_time_ms: number | null;

  /** @example 'mode_webhook' */
  from_reason: string;

  /** @example 'custom_exclude' */
  to_reason: string;
}

/** The newest executions that would move, at most 20 each way. */
export class PreviewSamplesDto {
  moved_in: MovedExecutionDto[];
  moved_out: MovedExecutionDto[];
}

/** What candidate rules would do. Nothing is changed by it. */
export class RulePreviewDto {
  /** @example 7 */
  client_id: number;

  /** @example 'Europe/Berlin' */
  timezone: string;

  /** @example '2026-02-01' */
  start_date: string;

  /** @example '2026-03-02' */
  end_date: string;

  /**
   * First day whose executions are kept.
   * @example '2025-12-02'
   */
  raw_covers_from: string;

  /**
   * False when the range begins before `raw_covers_from`: executions of the days before it are not kept, and their figures would stay.
   * @example true
   */
  range_covered: boolean;

  /** The candidate, every key filled in. */
  rules: FilterRulesDto;

  /**
   * What the candidate does, in the order in which its rules are tried.
   * @example ["The first rule that matches decides.", "Manual executions are not production (exclude_manual)."]
   */
  explanation: string[];

  /**
   * Version of the rules in force, which the candidate is compared with.
   * @example 3
   */
  current_version: number;

  /**
   * False while stored executions still carry verdicts of an older version or of an older workflow name: `before` is what is stored.
   * @example true
   */
  stored_verdicts_current: boolean;

  /** Stored executions of the range. @example 43514 */
  executions: number;

  /** By the stored verdicts. */
  before: PreviewTotalsDto;

  /** By the candidate. */
  after: PreviewTotalsDto;

  /** Executions, whatever their status, that would become production. @example 0 */
  moved_in: number;

  /** Executions, whatever their status, that would cease to be production. @example 1200 */
  moved_out: number;

  /** Executions that stay what they are, for another reason. @example 37 */
  reason_changed: number;

  /** Changes by old and new reason, most executions first, at most 200. */
  reasons: ReasonChangeDto[];

  /** Workflows with any change, most moved executions first, at most 200. */
  workflows: WorkflowEffectDto[];

  /** How many workflows have any change. @example 4 */
  changed_workflows: number;

  samples: PreviewSamplesDto;
}
