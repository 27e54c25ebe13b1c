import { quotient } from '../../aggregator/index.js';
import { type Client } from '../../clients/index.js';
import { type ExecutionTotals, type MovedExecution, type RulePreview } from '../../collector/index.js';
import { type Page, type Plain } from '../../common/index.js';
import { describeRules, type RuleSet, type StoredRuleSet } from '../../production-filter/index.js';
import { type AppliedRules } from './filter-rules-admin.service.js';
import { type MovedExecutionDto, type PreviewTotalsDto, type RulePreviewDto } from './filter-rules-preview.dto.js';
import {
  type FilterRulesDto,
  type QuietHoursDto,
  type RuleSetDto,
  type RuleSetVersionsDto,
  type StoredRuleSetDto,
} from './filter-rules.dto.js';

/** Rows of the lists of a preview that may be long. */
const LISTED = 200;

/** Domain to wire. */
export function toVersionsDto(clientId: number, page: Page<StoredRuleSet>): Plain<RuleSetVersionsDto> {
  return { client_id: clientId, items: page.items.map(toRuleSetDto), next_cursor: page.nextCursor };
}

/** Domain to wire. */
export function toRuleSetDto({ clientId, version, rules, author, createdAt }: StoredRuleSet): Plain<RuleSetDto> {
  return {
    client_id: clientId,
    version,
    rules: toRulesDto(rules),
    explanation: describeRules(rules),
    author,
    created_at: version === 0 ? null : createdAt.toISOString(),
  };
}

/** Domain to wire. */
export function toStoredRuleSetDto({ stored, jobId }: AppliedRules): Plain<StoredRuleSetDto> {
  return { ...toRuleSetDto(stored), job_id: jobId, job_url: `/api/v1/metrics/admin/jobs/${jobId}` };
}

/** Domain to wire. */
export function toPreviewDto(client: Client, candidate: RuleSet, preview: RulePreview): Plain<RulePreviewDto> {
  const { effect, samples, range, rawCoversFrom } = preview;
  return {
    client_id: client.id,
    timezone: client.timezone,
    start_date: range.startDate,
    end_date: range.endDate,
    raw_covers_from: rawCoversFrom,
    range_covered: range.startDate >= rawCoversFrom,
    rules: toRulesDto(candidate),
    explanation: describeRules(candidate),
    current_version: preview.currentVersion,
    stored_verdicts_current: preview.verdictsCurrent,
    executions: effect.executions,
    before: toTotalsDto(effect.before),
    after: toTotalsDto(effect.after),
    moved_in: effect.movedIn,
    moved_out: effect.movedOut,
    reason_changed: effect.reasonChanged,
    reasons: effect.reasons.slice(0, LISTED).map((change) => ({
      from_reason: change.fromReason,
      from_production: change.fromProduction,
      to_reason: change.toReason,
      to_production: change.toProduction,
      executions: change.executions,
    })),
    workflows: effect.workflows.slice(0, LISTED).map((workflow) => ({
      workflow_id: workflow.workflowId,
      workflow_name: workflow.name,
      total_before: workflow.totalBefore,
      total_after: workflow.totalAfter,
      moved_in: workflow.movedIn,
      moved_out: workflow.movedOut,
      reason_changed: workflow.reasonChanged,
    })),
    changed_workflows: effect.workflows.length,
    samples: { moved_in: samples.in.map(toMovedDto), moved_out: samples.out.map(toMovedDto) },
  };
}

function toTotalsDto(totals: ExecutionTotals): Plain<PreviewTotalsDto> {
  return {
    total_executions: totals.total,
    successful_executions: totals.successful,
    failed_executions: totals.failed,
    canceled_executions: totals.canceled,
    open_executions: totals.open,
    excluded_executions: totals.excluded,
    success_rate: quotient(100 * totals.successful, totals.total, 4),
  };
}

function toMovedDto(moved: MovedExecution): Plain<MovedExecutionDto> {
  return {
    n8n_execution_id: moved.n8nExecutionId,
    workflow_id: moved.workflowId,
    workflow_name: moved.workflowName,
    started_at: moved.startedAt.toISOString(),
    mode: moved.mode,
    status: moved.status,
    execution_time_ms: moved.executionTimeMs,
    from_reason: moved.fromReason,
    to_reason: moved.toReason,
  };
}

/** The same, as far as the wire is concerned: only the lists lose their `readonly`. */
function toRulesDto(rules: RuleSet): Plain<FilterRulesDto> {
  return {
    ...rules,
    exclude_workflow_patterns: [...rules.exclude_workflow_patterns],
    include_workflow_patterns: [...rules.include_workflow_patterns],
    test_words: [...rules.test_words],
    production_words: [...rules.production_words],
    test_tags: [...rules.test_tags],
    production_tags: [...rules.production_tags],
    quiet_hours: rules.quiet_hours.map((stretch): Plain<QuietHoursDto> => ({ ...stretch, days: [...stretch.days] })),
  };
}
