import { type StoredTimeSaved, type TimeSavedHistory } from '../../collector/index.js';
import { type Plain } from '../../common/index.js';
import { type AppliedTimeSaved } from './time-saved-admin.service.js';
import { type AppliedTimeSavedDto, type TimeSavedDto, type TimeSavedValueDto } from './time-saved.dto.js';

/** Domain to wire. */
export function toTimeSavedDto(clientId: number, { workflow, current, n8nMinutes, page }: TimeSavedHistory): Plain<TimeSavedDto> {
  return {
    client_id: clientId,
    workflow_id: workflow.id,
    n8n_workflow_id: workflow.n8nWorkflowId,
    workflow_name: workflow.name === '' ? null : workflow.name,
    current: current === null ? null : toValueDto(current),
    n8n_minutes: n8nMinutes,
    items: page.items.map(toValueDto),
    next_cursor: page.nextCursor,
  };
}

/** Domain to wire. */
export function toAppliedDto(
  { id, workflow_id }: { id: number; workflow_id: number },
  minutes: number | null,
  { change, frozenDays, frozenBefore, jobId }: AppliedTimeSaved,
): Plain<AppliedTimeSavedDto> {
  return {
    client_id: id,
    workflow_id,
    minutes,
    valid_from: change.validFrom.toISOString(),
    replaced_values: change.replaced.length,
    days_to_recompute: change.days.length,
    days_frozen: frozenDays,
    frozen_before: frozenBefore,
    job_id: jobId,
    job_url: jobId === null ? null : `/api/v1/metrics/admin/jobs/${jobId}`,
  };
}

function toValueDto({ validFrom, source, minutes, author, createdAt }: StoredTimeSaved): Plain<TimeSavedValueDto> {
  return { valid_from: validFrom.toISOString(), source, minutes, author, created_at: createdAt.toISOString() };
}
