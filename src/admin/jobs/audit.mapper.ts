import { type RollupAudit, type RollupDifference } from '../../aggregator/index.js';
import { type AuditDto, type RollupDifferenceDto } from './audit.dto.js';

/** Domain to wire. */
export function toAuditDto(clientId: number, audit: RollupAudit): AuditDto {
  return {
    client_id: clientId,
    timezone: audit.timezone,
    start_date: audit.range?.from ?? null,
    end_date: audit.range?.to ?? null,
    equal: audit.differences === 0,
    complete: audit.dirtyDays.length === 0 && audit.dirtyPeriods === 0,
    days_compared: audit.daysCompared,
    rows_compared: audit.rowsCompared,
    total_differences: audit.differences,
    differences: audit.listed.map(toDifferenceDto),
    dirty_days: audit.dirtyDays,
    dirty_periods: audit.dirtyPeriods,
    frozen_days: audit.frozenDays,
    frozen_periods: audit.frozenPeriods,
    configuration_pending: audit.configurationPending,
    data_version: audit.dataVersion,
  };
}

function toDifferenceDto({ periodType, start, workflowId, stored, recomputed }: RollupDifference): RollupDifferenceDto {
  const names = Object.keys(recomputed ?? stored ?? {}).sort();
  return {
    period_type: periodType,
    period_start: start,
    workflow_id: workflowId,
    kind: stored === null ? 'missing' : recomputed === null ? 'unexpected' : 'different',
    fields: names
      .map((field) => ({ field, stored: stored?.[field] ?? null, recomputed: recomputed?.[field] ?? null }))
      .filter((values) => values.stored !== values.recomputed),
  };
}
